/** Rule: a new exception raised in a handler, without saying where it comes from. */

import { defineRule } from "../../engine/rule.ts";
import { find, holders, isFunctionLike } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ExceptHandler, Expr, Node, Raise } from "../../syntax/ast.ts";
import { readsError } from "./_shared.ts";

/** Raised to steer, not to report: their traceback is never shown. */
const CONTROL_FLOW =
  /^(?:builtins\.(?:SystemExit|StopIteration|StopAsyncIteration|KeyboardInterrupt|GeneratorExit)|(?:typer|click)\.(?:.+\.)?(?:Exit|Abort))$/;

export default defineRule({
  id: "lost-exception-cause",
  title: "New exception without its cause",
  section: "core-python",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [755],
  equivalents: { ruff: ["B904"], pylint: ["W0707"], flake8: ["B904"] },
  guide: "core-python#exceptions",
  messages: {
    noCause:
      "The new exception does not say what caused it: the traceback reads as if this handler had failed. Write `raise … from {{name}}`, or `from None` to hide the cause on purpose.",
  },
  docs: {
    why: "Without `from`, the traceback says “During handling of the above exception, another exception occurred”, which is what it says when a handler has a bug. `from err` says “was the direct cause”, and sets `__cause__`, which error trackers group by and callers can look at. `from None` says that the cause is of no interest.",
    bad: `class ConfigError(Exception):
    pass


def port(settings):
    try:
        return int(settings["port"])
    except ValueError:
        raise ConfigError("port is not a number")
`,
    good: `class ConfigError(Exception):
    pass


def port(settings):
    try:
        return int(settings["port"])
    except ValueError as err:
        raise ConfigError("port is not a number") from err
`,
    whenFine:
      "Exceptions that steer instead of report (`SystemExit`, `StopIteration`) need no cause. Write `from None` where the cause would only confuse.",
    references: ["https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement"],
  },
  fix: "unsafe",
  on: {
    Raise(node, ctx) {
      if (node.exc === null || node.cause !== null) return;
      const handler = handlerOf(node);
      if (handler === undefined || !isNewException(node.exc, handler, ctx.model)) return;
      ctx.report(node, "noCause", {
        data: { name: handler.name ?? "err" },
        fix(edits) {
          if (node.exc === null || handler.type === null) return null;
          const name = handler.name ?? freeName(handler);
          if (handler.name === null) edits.insertAfter(handler.type, ` as ${name}`);
          edits.insertAfter(node.exc, ` from ${name}`);
          return `Raise it from \`${name}\``;
        },
      });
    },
  },
});

/** The handler that a statement runs in, unless another `try` inside it takes the exception first. */
function handlerOf(node: Raise): ExceptHandler | undefined {
  let below: Node = node;
  for (const at of holders(node)) {
    if (at.kind === "ExceptHandler") return at;
    if (isFunctionLike(at) || at.kind === "ClassDef") return undefined;
    if ((at.kind === "Try" || at.kind === "TryStar") && at.handlers.length > 0) {
      if (at.body.some((statement) => statement === below)) return undefined;
    }
    below = at;
  }
  return undefined;
}

/** True for a class, or a call of one: raising a variable may raise the same exception again. */
function isNewException(exc: Expr, handler: ExceptHandler, model: SemanticModel): boolean {
  const raised = exc.kind === "Call" ? exc.func : exc;
  const name = model.qualifiedName(raised);
  if (name !== undefined && CONTROL_FLOW.test(name)) return false;
  if (raised.kind !== "Name" && raised.kind !== "Attribute") return false;
  const last = raised.kind === "Name" ? raised.id : raised.attr;
  if (!/^_*[A-Z]/.test(last) || /^[A-Z_]+$/.test(last)) return false;
  if (handler.name === null) return true;
  // `raise err.__class__(…)` and `raise type(err)(…)` do not get here; `raise Wrapper(err)` does.
  return find(raised, (node) => node.kind === "Name" && node.id === handler.name) === undefined;
}

/** A name for the exception that the handler's body does not use. */
function freeName(handler: ExceptHandler): string {
  return ["err", "error", "exc"].find((name) => !readsError({ ...handler, name })) ?? "cause";
}
