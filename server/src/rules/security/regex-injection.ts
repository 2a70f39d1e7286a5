/** Rule: untrusted text is compiled as a regular expression. */

import { wrapPiece } from "../../engine/flow-edits.ts";
import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "regex-injection",
  title: "Untrusted regular expression",
  section: "security",
  level: "differentiator",
  severity: "error",
  confidence: "medium",
  cwe: [1333, 730],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#input-validation",
  messages: {
    flow: "{{Source}} becomes the pattern of {{sink}}: `(a+)+$` and a line of `a` keep the process busy for hours. Match it as plain text with `re.escape`.",
  },
  docs: {
    why: "Python's `re` backtracks: a short pattern can take longer than the universe on a short text, and holds the interpreter's lock while it does. One request stops a worker. Users who search for text want it found, not interpreted.",
    bad: `import re

from flask import Flask, request

app = Flask(__name__)
NAMES = ["anna", "ben", "carla"]


@app.get("/search")
def search():
    pattern = re.compile(request.args["q"])
    return {"names": [name for name in NAMES if pattern.search(name)]}
`,
    good: `import re

from flask import Flask, request

app = Flask(__name__)
NAMES = ["anna", "ben", "carla"]


@app.get("/search")
def search():
    pattern = re.compile(re.escape(request.args["q"]))
    return {"names": [name for name in NAMES if pattern.search(name)]}
`,
    whenFine:
      "With a linear engine (`re2`), or where only administrators write patterns and a timeout bounds the match.",
    references: [
      "https://docs.python.org/3/library/re.html#re.escape",
      "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["regex"],
    severities: { web: "error" },
    fix: wrapPiece({ keyword: "pattern", module: "re", name: "escape", title: "Match it as plain text" }),
  },
});
