/** Rule: a program that failed and tells its caller that all went well. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import type { Call, ExceptHandler, Expr, Try } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"exit" | "ends">;

const EXITS: ReadonlySet<string> = new Set(["sys.exit", "builtins.exit", "builtins.quit", "os._exit"]);

/** What a user or a pipe does, not what went wrong. */
const NO_FAILURE =
  /KeyboardInterrupt|SystemExit|GeneratorExit|BrokenPipe|EOFError|StopIteration|Exit\b|Abort|Cancel|Interrupt|Stop|Quit|Done|Finished|NoChange|UpToDate|AlreadyExists|FileExists/;

export default defineRule({
  id: "failure-exits-zero",
  title: "Failure that exits with 0",
  section: "automation",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [392],
  equivalents: {},
  guide: "automation#small-scripts",
  messages: {
    exit: "The program failed and exits with 0, which means success: no scheduler retries it and nobody is told. Use `sys.exit(1)`.",
    ends: "Whatever fails is printed, and the program ends with 0: no scheduler retries it and nobody is told. Let the error out, or end with `sys.exit(1)`.",
  },
  docs: {
    why: "Cron, CI, Kubernetes and shell scripts look at one number. With 0 the pipeline goes on with yesterday's file, the alert stays quiet, and the failure is found at the end of the month, when somebody misses a report.",
    bad: `import sys


def main() -> None:
    try:
        export()
    except OSError as error:
        print(f"export failed: {error}", file=sys.stderr)
        sys.exit(0)


def export() -> None:
    raise OSError("disk full")
`,
    good: `import sys


def main() -> None:
    try:
        export()
    except OSError as error:
        print(f"export failed: {error}", file=sys.stderr)
        sys.exit(1)


def export() -> None:
    raise OSError("disk full")
`,
    whenFine:
      "Ending on Ctrl-C, on a closed pipe, or when there was nothing to do is no failure, and not reported. Where a step may fail, say so in a suppression.",
    references: ["https://docs.python.org/3/library/sys.html#sys.exit"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "unsafe",
  on: {
    ExceptHandler(handler, ctx) {
      if (handler.type === null || NO_FAILURE.test(ctx.text(handler.type))) return;
      const exit = lastExit(handler, ctx);
      if (exit !== undefined) {
        if (endsWithSuccess(exit, ctx)) report(exit, ctx);
      } else if (isOutermost(handler, ctx)) ctx.report(handler.type, "ends");
    },
  },
});

function report(exit: Call, ctx: Context): void {
  ctx.report(exit, "exit", {
    fix(edits) {
      const { end } = spanOf(exit);
      edits.replace({ start: spanOf(exit.func).end, end }, "(1)");
      return "Exit with 1";
    },
  });
}

/** The exit that a handler's block ends with. */
function lastExit(handler: ExceptHandler, ctx: Context): Call | undefined {
  const last = handler.body.at(-1);
  if (last?.kind !== "Expr" || last.value.kind !== "Call") return undefined;
  return EXITS.has(ctx.model.callee(last.value) ?? "") ? last.value : undefined;
}

function endsWithSuccess(exit: Call, ctx: Context): boolean {
  const [status] = exit.args;
  if (exit.keywords.length > 0) return false;
  if (status === undefined) return true;
  const value = ctx.model.constant(status);
  return value?.type === "None" || (value?.type === "int" && Number(value.value) === 0);
}

/** `try: main() except Exception as error: print(error)` as all that the program does. */
function isOutermost(handler: ExceptHandler, ctx: Context): boolean {
  const whole = handler.parent;
  if (whole?.kind !== "Try" || whole.orelse.length > 0 || !takesAnything(handler.type, ctx)) return false;
  if (!isInEntryGuard(whole) || !runsMain(whole)) return false;
  const onlyTells = handler.body.every(({ kind }) => kind === "Expr");
  return onlyTells && !contains(handler.body, (node) => node.kind === "Call" && leaves(node, ctx));
}

function takesAnything(type: Expr | null, ctx: Context): boolean {
  return type !== null && ctx.model.qualifiedName(type) === "builtins.Exception";
}

/** The last statement below `if __name__ == "__main__":`. */
function isInEntryGuard(whole: Try): boolean {
  const guard = whole.parent;
  if (guard?.kind !== "If" || guard.parent?.kind !== "Module" || guard.body.at(-1) !== whole) return false;
  return (
    guard.test.kind === "Compare" && guard.test.left.kind === "Name" && guard.test.left.id === "__name__"
  );
}

function runsMain({ body }: Try): boolean {
  return contains(body, ({ kind }) => kind === "Call");
}

/** True for a call that may end the program by itself. */
function leaves(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call) ?? "";
  return !/^(?:builtins\.print|logging\.|traceback\.)/.test(callee);
}
