/** Rule: an archive decides where its files are written. */

import { appendArgument } from "../../engine/call-edits.ts";
import type { FixBuilder } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "archive-path-traversal",
  title: "Archive unpacked outside its folder",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [22],
  equivalents: { ruff: ["S202"], bandit: ["B202"] },
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#path-traversal",
  messages: {
    flow: '{{Source}} decides {{sink}}: a member called `../../app/main.py` is written there. Extract with `filter="data"`.',
    member:
      "{{Source}} decides which file {{sink}} touches: a member called `../../app/main.py` is written there. Check that the resolved path stays inside the folder.",
  },
  docs: {
    why: "An archive is a list of names and contents, and the names are the sender's. Before Python 3.14 `tarfile` believes them, links and device files included, unless a filter is given. Writing the members by hand, name by name, has the same flaw in every version.",
    bad: `import tarfile

from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024


@app.post("/import")
def load():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall("/srv/import")
    return {"state": "done"}
`,
    good: `import tarfile

from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024


@app.post("/import")
def load():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall("/srv/import", filter="data")
    return {"state": "done"}
`,
    whenFine: "`ZipFile.extractall` cleans the names itself. An archive of your own build needs no check.",
    references: [
      "https://docs.python.org/3/library/tarfile.html#extraction-filters",
      "https://peps.python.org/pep-0706/",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["archive", "path"],
    severities: { web: "warning", remote: "warning", archive: "warning" },
    messageOf: ({ risk }) => (risk === "path" ? "member" : "flow"),
    judge: ({ risk, taint }) => (risk === "path" && taint.kind !== "archive" ? null : undefined),
    fix: addFilter,
  },
});

function addFilter({ node, risk }: Hit): FixBuilder | undefined {
  if (risk !== "archive" || node.kind !== "Call") return undefined;
  return (edits) => (appendArgument(edits, node, 'filter="data"') ? 'Extract with filter="data"' : null);
}
