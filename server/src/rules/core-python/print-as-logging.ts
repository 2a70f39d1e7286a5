/** Rule: `print` where a service or library should log. */

import { defineModuleFact } from "../../engine/facts.ts";
import { loggerExpression } from "../../engine/logger-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { holders, visit } from "../../engine/search.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { keywordOf, lastParts, pythonString, unpacksArguments } from "../../syntax/calls.ts";
import { lazyMessage } from "./_shared.ts";

const PRINTERS = new Set(["builtins.print", "pprint.pprint", "pprint.pp"]);

/** Packages that make a command-line or terminal program: its output is its product. */
const TERMINAL = [
  "argparse",
  "optparse",
  "getopt",
  "click",
  "typer",
  "fire",
  "docopt",
  "cmd",
  "curses",
  "readline",
  "rich",
  "getpass",
  "pdb",
  "code",
  "doctest",
  "unittest",
];

/** Files whose output is for a person at a terminal. */
const TERMINAL_FILE =
  /(?:^|\/)(?:__main__|cli|cmdline|console|command|commands|manage|setup|conftest|noxfile|tasks|fabfile|main)\.py$|\/(?:commands|management|cli|examples?|docs?|tools|demo\w*|benchmarks?|distutils)\//;

/** Functions that say by their name that they print. */
const PRINTING =
  /print|usage|help|main|dump|show|display|banner|report|prompt|demo|verbose|debug|describe|summar|pprint|cli|interact|echo|write|output|test/i;

export default defineRule({
  id: "print-as-logging",
  title: "print in service or library code",
  section: "core-python",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [778],
  equivalents: { ruff: ["T201", "T203"] },
  guide: "core-python#logging-basics",
  messages: {
    print:
      "`{{name}}` has no level, no time and no origin, and nobody can turn it off. Use the module's logger.",
  },
  docs: {
    why: "In a service, standard output is a stream that somebody reads after the incident. A line without time, level and module name cannot be filtered, searched or switched on for an hour; in a library it lands in the middle of the program of somebody who did not ask for it. A logger costs one line per module.",
    bad: `def refund(payment):
    print("refunding", payment.id)
    payment.refund()
`,
    good: `import logging

logger = logging.getLogger(__name__)


def refund(payment):
    logger.info("refunding %s", payment.id)
    payment.refund()
`,
    whenFine:
      "The output of a command-line tool is its product. Modules that use argparse, click or typer, have an entry guard, or print to a stream that they name (`file=`), are not reported.",
    references: ["https://docs.python.org/3/howto/logging.html#when-to-use-logging"],
  },
  contexts: { offIn: ["test", "notebook", "script"] },
  fix: "unsafe",
  calls: lastParts(PRINTERS),
  on: {
    Call(call, ctx) {
      if (call.func.kind !== "Name" && call.func.kind !== "Attribute") return;
      if (!PRINTERS.has(ctx.model.callee(call) ?? "") || keywordOf(call, "file") !== undefined) return;
      if (TERMINAL_FILE.test(ctx.file.path) || ctx.moduleFact(isTerminalProgram)) return;
      const holder = ctx.model.enclosingFunction(call);
      if (holder === undefined || PRINTING.test(holder.name) || isAskedFor(call, ctx)) return;
      if (countPrints(holder) > MANY) return;
      ctx.report(call, "print", { data: { name: ctx.text(call.func) }, fix: logInstead(call, ctx) });
    },
  },
});

const isTerminalProgram = defineModuleFact({
  id: "print-as-logging:is-terminal-program",
  compute: (model) =>
    TERMINAL.some((name) => model.importsPackage(name)) ||
    /\bsys\.argv\b|__name__\s*==\s*["']__main__|\binput\(/.test(model.tree.text),
});

/** True below `if verbose:` and the like: whoever called wanted to see it. */
function isAskedFor(call: Call, ctx: RuleContext): boolean {
  for (const at of holders(call)) {
    if (
      at.kind === "If" &&
      /verbose|debug|quiet|silent|trace|echo|disp|isatty|dry_?run|print/i.test(ctx.text(at.test))
    ) {
      return true;
    }
  }
  return false;
}

/** A function that prints more often than this is about printing. */
const MANY = 2;

function countPrints(holder: FunctionNode): number {
  let prints = 0;
  visit(holder.body, (node) => {
    if (node.kind === "Call" && node.func.kind === "Name" && node.func.id === "print") prints += 1;
    return true;
  });
  return prints;
}

function logInstead(call: Call, ctx: RuleContext): FixBuilder {
  return (edits) => {
    if (call.parent?.kind !== "Expr" || call.keywords.length > 0 || unpacksArguments(call)) return null;
    if (call.args.length === 0) return null;
    const parts = call.args.map((arg) => lazyMessage(arg) ?? { format: "%s", args: [arg] });
    const args = parts.flatMap((part) => part.args).map((arg) => ctx.text(arg));
    const format = parts.map((part) => part.format).join(" ");
    const text = args.length === 0 ? format.replaceAll("%%", "%") : format;
    edits.replace(
      call,
      `${loggerExpression(ctx.model, edits)}.info(${[pythonString(text), ...args].join(", ")})`,
    );
    return "Log it instead";
  };
}
