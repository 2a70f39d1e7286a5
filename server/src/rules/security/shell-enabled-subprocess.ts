/** Rule: a command that a shell reads, put together from values that may hold the shell's own characters. */

import { toArgumentList } from "../../engine/command-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import { composedText, isNumber, type TextPart } from "../../semantic/composed.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isTrue, keywordOf, lastParts, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"composedCommand" | "opaqueCommand" | "wildcardCommand" | "constantCommand">;

/** Calls that always start a shell, with the name of the command's parameter. */
const ALWAYS_SHELL: Readonly<Record<string, string>> = {
  "os.system": "command",
  "os.popen": "cmd",
  "subprocess.getoutput": "cmd",
  "subprocess.getstatusoutput": "cmd",
  "asyncio.create_subprocess_shell": "cmd",
  "asyncio.subprocess.create_subprocess_shell": "cmd",
};
const SHELL_ON_DEMAND: ReadonlySet<string> = new Set([
  "subprocess.run",
  "subprocess.call",
  "subprocess.check_call",
  "subprocess.check_output",
  "subprocess.Popen",
]);
const NAMES = lastParts([...Object.keys(ALWAYS_SHELL), ...SHELL_ON_DEMAND]);

/** Calls whose result is one word to a shell, or a whole line that is quoted already. */
const QUOTING: ReadonlySet<string> = new Set([
  "shlex.quote",
  "shlex.join",
  "pipes.quote",
  "subprocess.list2cmdline",
]);
/** Names of the interpreter's own, which no caller chooses. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  "sys.executable",
  "os.getpid",
  "os.sep",
  "os.devnull",
  "sys.platform",
]);

export default defineRule({
  id: "shell-enabled-subprocess",
  title: "Command built for a shell",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [78],
  equivalents: { ruff: ["S602", "S605", "S609"], bandit: ["B602", "B605", "B609"] },
  contexts: { offIn: ["test", "script"] },
  guide: "security#command-injection",
  messages: {
    composedCommand:
      "A shell reads this text as a program, whatever `{{value}}` holds: a space splits it, a `;` starts the next command. Pass a list of arguments and leave the shell out.",
    opaqueCommand:
      "A shell reads whatever this holds as a program. Pass a list of arguments and leave the shell out, unless the text is your own.",
    wildcardCommand:
      "The shell expands `*` to file names, and `{{program}}` takes a file called `--some-option` for an option. Write `./*`, or list the files in Python.",
    constantCommand:
      "This command needs no shell if it is written as a list of arguments; then nobody can later add a value that the shell would read.",
  },
  docs: {
    why: "With `shell=True`, and always with `os.system`, the text is a program for `/bin/sh`. A value in the middle of it is not an argument but source code: a file called `x; curl … | sh`, a customer called `O'Brien`. It works in every test with tame names. An argument list goes to the program as it is, each element one argument, and there is no shell to misread it.",
    bad: `import subprocess


def archive(folder: str, target: str) -> None:
    subprocess.run(f"tar czf {target} {folder}", shell=True, check=True)
`,
    good: `import subprocess


def archive(folder: str, target: str) -> None:
    subprocess.run(["tar", "czf", target, "--", folder], check=True)
`,
    whenFine:
      "A constant command with pipes or globs holds nothing to inject; it is a hint at most. Where a shell is unavoidable, put every value through `shlex.quote`. Build scripts are not looked at.",
    references: [
      "https://docs.python.org/3/library/subprocess.html#security-considerations",
      "https://docs.python.org/3/library/shlex.html#shlex.quote",
    ],
  },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(node, ctx) {
      const command = shellCommand(node, ctx);
      if (command === undefined || command.kind === "List" || command.kind === "Tuple") return;
      const source = command.kind === "Name" ? (assignedValue(command, ctx.model) ?? command) : command;
      const parts = composedText(source, ctx.model);
      const value = parts?.find((part) => part.kind === "value" && !isHarmless(part, ctx));
      if (value?.kind === "value") {
        ctx.report(command, "composedCommand", {
          data: { value: ctx.text(value.node) },
          fix: (edits) =>
            parts && source === command ? toArgumentList(edits, node, command, parts, ctx) : null,
        });
      } else if (parts === undefined) {
        if (!isQuoted(source, ctx)) ctx.report(command, "opaqueCommand", { severity: "information" });
      } else {
        reportConstant(command, parts, ctx);
      }
    },
  },
});

/** The command of a call that starts a shell, or undefined for any other call. */
function shellCommand(call: Call, ctx: Context): Expr | undefined {
  const callee = ctx.model.callee(call);
  if (callee === undefined) return undefined;
  const parameter = ALWAYS_SHELL[callee];
  if (parameter !== undefined) return argumentOf(call, parameter, 0);
  if (!SHELL_ON_DEMAND.has(callee) || !isTrue(keywordOf(call, "shell")?.value)) return undefined;
  return argumentOf(call, "args", 0);
}

function isHarmless(part: TextPart, ctx: Context): boolean {
  if (part.kind === "text" || part.numeric || isNumber(part.node, ctx.model)) return true;
  return isQuoted(part.node, ctx) || OWN_NAMES.has(ctx.model.qualifiedName(part.node) ?? "");
}

/** True for a quoted word, and for a name that was given one. */
function isQuoted(node: Expr, ctx: Context): boolean {
  const value = node.kind === "Name" ? (assignedValue(node, ctx.model) ?? node) : node;
  if (value.kind !== "Call") return false;
  if (QUOTING.has(ctx.model.callee(value) ?? "")) return true;
  if (
    value.func.kind === "Attribute" &&
    value.func.attr === "replace" &&
    literalString(value.args[0]) === "'"
  )
    return true;
  // `" ".join(shlex.quote(word) for word in words)`
  const [joined] = value.args;
  if (value.func.kind !== "Attribute" || value.func.attr !== "join") return false;
  if (joined?.kind === "Call")
    return ctx.model.callee(joined) === "builtins.map" && /quote/.test(ctx.text(joined));
  return (joined?.kind === "GeneratorExp" || joined?.kind === "ListComp") && isQuoted(joined.elt, ctx);
}

function reportConstant(command: Expr, parts: readonly TextPart[], ctx: Context): void {
  const text = parts.map((part) => (part.kind === "text" ? part.text : "0")).join("");
  const wildcard = /\b(tar|chown|chmod|rsync)\s(?:[^|;&]*\s)?\*(?:\s|$)/.exec(text);
  if (wildcard !== null) ctx.report(command, "wildcardCommand", { data: { program: wildcard[1] as string } });
  else if (!/[|&;<>*?$`~\n]/.test(text)) ctx.report(command, "constantCommand", { severity: "hint" });
}
