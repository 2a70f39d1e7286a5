/** Rule: untrusted data names what is imported or called. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "unsafe-reflection",
  title: "Untrusted name of a function or module",
  section: "security",
  level: "senior",
  severity: "error",
  confidence: "medium",
  cwe: [470],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#input-validation",
  messages: {
    flow: "{{Source}} names {{sink}}: the sender picks any function or module that can be reached, not only those that you thought of. Look the name up in a mapping of your own.",
  },
  docs: {
    why: "`getattr(module, name)()` and `import_module(name)` reach everything, also what was never meant for clients: `os.system` hangs off many a module. A prefix does not help much, because attributes of attributes lead on. A dictionary of what may be asked for is shorter and lists itself.",
    bad: `from flask import Flask, request

from shop import reports

app = Flask(__name__)


@app.get("/report")
def report():
    build = getattr(reports, request.args["kind"])
    return {"rows": build()}
`,
    good: `from flask import Flask, abort, request

from shop import reports

app = Flask(__name__)

BUILDERS = {"daily": reports.daily, "weekly": reports.weekly}


@app.get("/report")
def report():
    build = BUILDERS.get(request.args["kind"])
    if build is None:
        abort(404)
    return {"rows": build()}
`,
    whenFine:
      "A name that was checked against a list, an enumeration, or a registry that holds nothing but what clients may ask for.",
    references: [
      "https://docs.python.org/3/library/importlib.html#importlib.import_module",
      "https://cwe.mitre.org/data/definitions/470.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["reflection"], severities: { web: "error", remote: "warning", local: "information" } },
});
