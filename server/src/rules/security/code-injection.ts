/** Rule: untrusted data is evaluated as Python code. */

import { defineRule, type FixBuilder } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";

export default defineRule({
  id: "code-injection",
  title: "Untrusted data is run as Python",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [95],
  equivalents: { ruff: ["S307", "S102"], bandit: ["B307", "B102"], pylint: ["W0122", "W0123"] },
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#unsafe-deserialization",
  messages: {
    flow: "{{Source}} is run as Python by {{sink}}: the sender's code runs in this process. Read data with `json.loads` or `ast.literal_eval`, and choose functions from a dict.",
  },
  docs: {
    why: "There is no safe subset of Python that `eval` could be held to: emptying `__builtins__` is undone with a walk over object attributes. What arrives is code of the sender, with your database connection and your secrets in reach.",
    bad: `from flask import Flask, request

app = Flask(__name__)


@app.get("/total")
def total():
    return {"total": eval(request.args["formula"])}
`,
    good: `import ast

from flask import Flask, request

app = Flask(__name__)


@app.get("/total")
def total():
    return {"total": ast.literal_eval(request.args["value"])}
`,
    whenFine:
      "A tool whose purpose is to run its user's code, such as a console or a notebook server. Then access to it is access to the machine, and has to be guarded as such.",
    references: [
      "https://docs.python.org/3/library/ast.html#ast.literal_eval",
      "https://docs.python.org/3/library/functions.html#eval",
    ],
  },
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["code"],
    severities: { web: "error", remote: "warning", local: "warning" },
    fix: literalOnly,
  },
});

/** `eval(text)` of one text: where a literal is all that is wanted, `literal_eval` reads just that. */
function literalOnly({ node, sink }: Hit): FixBuilder | undefined {
  const isPlain = node.kind === "Call" && node.args.length === 1 && node.keywords.length === 0;
  if (!isPlain || sink.name !== "builtins.eval" || node.func.kind !== "Name") return undefined;
  const { func } = node;
  return (edits) => {
    edits.replace(func, edits.ensureImport("ast", "literal_eval"));
    return "Read literals only, with ast.literal_eval";
  };
}
