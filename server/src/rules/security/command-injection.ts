/** Rule: untrusted data becomes part of a shell command, or names the program. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "command-injection",
  title: "Untrusted data in a shell command",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [78],
  equivalents: { ruff: ["S602", "S603", "S604", "S605"], bandit: ["B602", "B603", "B604", "B605"] },
  retires: {},
  supersedes: ["shell-enabled-subprocess"],
  contexts: { offIn: ["test"] },
  guide: "security#command-injection",
  messages: {
    flow: "{{Source}} becomes part of the command in {{sink}}: a `;` or `$(…)` in it runs a program of the sender's choice. Pass a list of arguments and no shell.",
  },
  docs: {
    why: "A shell reads its text twice: first for what to run, then for what to run it on. Whoever controls a part of the text controls both, with the rights of your service. A list of arguments goes to the program as it is, and no shell looks at it.",
    bad: `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/lookup")
def lookup():
    host = request.args["host"]
    return {"answer": subprocess.check_output("dig +short " + host, shell=True, text=True, encoding="utf-8")}
`,
    good: `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/lookup")
def lookup():
    host = request.args["host"]
    answer = subprocess.check_output(["dig", "+short", "--", host], text=True, encoding="utf-8", timeout=5)
    return {"answer": answer}
`,
    whenFine:
      "Where a shell is needed, `shlex.quote` makes a value one word of a POSIX shell. A choice among constants of your own needs nothing.",
    references: [
      "https://docs.python.org/3/library/subprocess.html#security-considerations",
      "https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["command"], severities: { web: "error", remote: "warning", local: "warning" } },
});
