/** Rule: untrusted data decides which file is touched. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "path-traversal",
  title: "Untrusted data in a file path",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [22],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#path-traversal",
  messages: {
    flow: "{{Source}} decides which file {{sink}} touches: `../../etc/passwd` leaves the folder that you meant. Resolve the path and check that it is inside.",
  },
  docs: {
    why: "Joining a folder and a name does not keep the result inside the folder: `..` climbs out, and an absolute name replaces the folder altogether. Removing `..` from the text is undone by `....//`. Only the resolved path tells where it leads.",
    bad: `from pathlib import Path

from flask import Flask, request

app = Flask(__name__)

REPORTS = Path("/srv/reports")


@app.get("/reports")
def report():
    path = REPORTS / request.args["name"]
    return {"text": path.read_text(encoding="utf-8")}
`,
    good: `from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)

REPORTS = Path("/srv/reports")


@app.get("/reports")
def report():
    path = (REPORTS / request.args["name"]).resolve()
    if not path.is_relative_to(REPORTS):
        abort(404)
    return {"text": path.read_text(encoding="utf-8")}
`,
    whenFine:
      "A name that you made yourself (a UUID, a number), one of a list, or one that passed `secure_filename` for a flat folder.",
    references: [
      "https://docs.python.org/3/library/pathlib.html#pathlib.PurePath.is_relative_to",
      "https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["path"], severities: { web: "error", remote: "warning" } },
});
