/** Rule: untrusted data becomes part of a shell command, or names the program. */

import { toArgumentList } from "../../engine/command-edits.ts";
import { sinkText, wrapPiece } from "../../engine/flow-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Hit } from "../../flow/program.ts";
import { composedText } from "../../semantic/composed.ts";

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
    option:
      "{{Source}} is an argument of a program that has dangerous options: a value that begins with a dash is one. Write `--` before it.",
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
  fix: "unsafe",
  on: {},
  taint: {
    risks: ["command", "argument"],
    severities: { web: "error", remote: "warning", local: "warning" },
    messageOf: ({ risk }) => (risk === "argument" ? "option" : "flow"),
    judge: ({ risk, taint }) => (risk === "argument" && taint.kind !== "web" ? null : undefined),
    fix: withoutShell,
  },
});

/** A list of arguments where the text is plain words, else the value quoted for the shell. */
function withoutShell(hit: Hit, ctx: RuleContext): FixBuilder | undefined {
  if (hit.risk === "argument") return undefined;
  const found = sinkText(hit, ctx, hit.sink.args[0]?.at ?? 0, hit.sink.args[0]?.name);
  if (found === null) return undefined;
  const parts = composedText(found.source, ctx.model);
  // A whole command is no word, and quoting it would only break it.
  if (parts === undefined) return undefined;
  const quote = wrapPiece({ ...QUOTE, keyword: hit.sink.args[0]?.name ?? "" })(hit, ctx);
  return (edits) => {
    const { call, argument, source } = found;
    const asList =
      argument === source && call !== null ? toArgumentList(edits, call, argument, parts, ctx) : null;
    return asList ?? quote?.(edits) ?? null;
  };
}

const QUOTE = { module: "shlex", name: "quote", title: "Quote the value for the shell" };
