/** Rule: a secret on a command line, where every user of the machine can read it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { credentialKind } from "../../models/credentials.ts";
import type { Call, Expr, List, Tuple } from "../../syntax/ast.ts";
import { lastName, lastParts, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"argument">;

const STARTS: ReadonlySet<string> = new Set([
  "subprocess.run",
  "subprocess.Popen",
  "subprocess.call",
  "subprocess.check_call",
  "subprocess.check_output",
  "asyncio.create_subprocess_exec",
  "os.execv",
  "os.execvp",
  "os.spawnv",
]);

/** Options that take a secret: `--password`, `--db-password=`, `--token=`. */
const OPTION = /^--?(?:[a-z]+-)*(?:password|passwd|passphrase|token|secret|secret-key|api-key|access-key)=?$/;

export default defineRule({
  id: "secret-in-process-arguments",
  title: "Secret on a command line",
  section: "secrets",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  cwe: [214],
  equivalents: {},
  guide: "automation#external-commands",
  messages: {
    argument:
      "Every user of the machine can read a command line while it runs (`ps`), and process accounting and crash reports keep it. Pass {{name}} in the environment, on standard input, or in a file that only you can read.",
  },
  docs: {
    why: "The arguments of a process are no private matter: `ps` shows them to everybody who is logged in, monitoring agents send them to their servers, and an exception raised by `subprocess` prints the whole command into the log. A password there is in three places that nobody thought to protect.",
    bad: `import subprocess


def dump(database: str, password: str) -> None:
    subprocess.run(["mysqldump", "--user=shop", f"--password={password}", database], check=True, timeout=600)
`,
    good: `import os
import subprocess


def dump(database: str, password: str) -> None:
    env = {**os.environ, "MYSQL_PWD": password}
    subprocess.run(["mysqldump", "--user=shop", database], check=True, env=env, timeout=600)
`,
    whenFine:
      "On a machine that runs nothing else, for a command that offers no other way. Say so in a suppression.",
    references: ["https://cwe.mitre.org/data/definitions/214.html"],
  },
  contexts: { offIn: ["test"] },
  fix: "none",
  calls: lastParts(STARTS),
  on: {
    Call(call, ctx) {
      if (!STARTS.has(ctx.model.callee(call) ?? "")) return;
      const args = argumentsOf(call);
      for (const [index, arg] of args.entries()) {
        const name = secretIn(arg, args[index - 1], ctx);
        if (name !== undefined) ctx.report(arg, "argument", { data: { name } });
      }
    },
  },
});

function argumentsOf(call: Call): readonly Expr[] {
  const list = call.args.find((arg): arg is List | Tuple => arg.kind === "List" || arg.kind === "Tuple");
  return list?.elts ?? call.args;
}

/** What the argument tells the world, or undefined. */
function secretIn(arg: Expr, before: Expr | undefined, ctx: Context): string | undefined {
  const option = literalString(before);
  // What follows the option; a flag of that name takes the text that comes next, or asks for it.
  if (option !== undefined && OPTION.test(option) && !isPlain(arg)) return `\`${ctx.text(arg)}\``;
  if (arg.kind === "JoinedStr") return secretInText(arg.values, ctx);
  if (arg.kind === "BinOp" && arg.op === "Add" && OPTION.test(literalString(arg.left) ?? ""))
    return `\`${ctx.text(arg.right)}\``;
  return undefined;
}

/** `f"--password={password}"`, `f"{user}:{password}"`. */
function secretInText(values: readonly Expr[], ctx: Context): string | undefined {
  for (const [index, value] of values.entries()) {
    if (value.kind !== "FormattedValue") continue;
    const name = lastName(value.value);
    const option = literalString(values[index - 1]);
    if (option !== undefined && OPTION.test(option)) return `\`${ctx.text(value.value)}\``;
    const kind = credentialKind(name);
    if (kind === "password" || kind === "signing-key") return `\`${ctx.text(value.value)}\``;
  }
  return undefined;
}

/** A literal, or something that says it is a file. */
function isPlain(arg: Expr): boolean {
  return arg.kind === "Constant" || /file|path|fd|env|name/i.test(lastName(arg));
}
