/** Rule: a log message that is built before anybody knows whether it is wanted. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders } from "../../engine/search.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { pythonString } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";
import { type LazyMessage, lazyMessage } from "./_shared.ts";

/** Position of the message, by the method's name. */
const METHODS: Readonly<Record<string, number>> = {
  debug: 0,
  info: 0,
  warning: 0,
  warn: 0,
  error: 0,
  critical: 0,
  exception: 0,
  log: 1,
};

const METHOD_NAMES: ReadonlySet<string> = new Set(Object.keys(METHODS));

const LOGGING = /^logging\.(?:Logger\.|LoggerAdapter\.)?(\w+)$/;

export default defineRule({
  id: "eager-log-formatting",
  title: "Log message built before the level is checked",
  section: "core-python",
  level: "must-have",
  severity: "hint",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["G001", "G002", "G003", "G004"], pylint: ["W1201", "W1202", "W1203"] },
  guide: "core-python#logging-basics",
  messages: {
    eager:
      "The message is built even where {{level}} is switched off, and each value makes a new group in an error tracker. Pass the values as arguments.",
  },
  docs: {
    why: '`logging` builds the text only when a handler wants the record, if you let it: `logger.info("%s done", name)`. An f-string is built first and thrown away. In a hot loop at debug level that is most of the cost, and error trackers, which group by the constant message, see a new error for every order number.',
    bad: `import logging

logger = logging.getLogger(__name__)


def ship(order):
    logger.info(f"shipping order {order.id} to {order.city!r}")
`,
    good: `import logging

logger = logging.getLogger(__name__)


def ship(order):
    logger.info("shipping order %s to %r", order.id, order.city)
`,
    whenFine:
      "Below an `if logger.isEnabledFor(...)` the message is wanted anyway. structlog and loguru take values as keywords and are not reported.",
    references: ["https://docs.python.org/3/howto/logging.html#optimization"],
  },
  fix: "safe",
  calls: METHOD_NAMES,
  on: {
    Call(call, ctx) {
      if (call.args.length === 0) return;
      const method = LOGGING.exec(ctx.model.callee(call) ?? "")?.[1];
      const position = method === undefined ? undefined : METHODS[method];
      const message = position === undefined ? undefined : call.args[position];
      if (method === undefined || message === undefined || position === undefined) return;
      if (!isBuilt(message, ctx) || isGuarded(call)) return;
      ctx.report(message, "eager", {
        data: { level: method === "log" ? "the level" : `\`${method}\`` },
        fix(edits) {
          const lazy = call.args.length === position + 1 ? lazyMessage(message) : undefined;
          if (lazy === undefined || !isOneLine(message, edits.source)) return null;
          edits.replace(message, written(lazy, ctx));
          return "Pass the values as arguments";
        },
      });
    },
  },
});

/** True where values go into the text, here and now. */
function isBuilt(message: Expr, ctx: RuleContext): boolean {
  switch (message.kind) {
    case "JoinedStr":
      return message.values.some((value) => value.kind === "FormattedValue");
    case "BinOp":
      if (message.op === "Mod") return isText(message.left);
      return message.op === "Add" && contains(message, isText) && ctx.model.constant(message) === undefined;
    case "Call":
      return (
        message.func.kind === "Attribute" && message.func.attr === "format" && isText(message.func.value)
      );
    default:
      return false;
  }
}

function isText(node: { readonly kind: string; readonly type?: unknown }): boolean {
  return node.kind === "JoinedStr" || (node.kind === "Constant" && node.type === "str");
}

function isGuarded(call: Call): boolean {
  for (const at of holders(call)) {
    if (
      at.kind === "If" &&
      contains(at.test, (node) => node.kind === "Attribute" && /^isEnabledFor$/.test(node.attr))
    ) {
      return true;
    }
  }
  return false;
}

/** Over several lines, there may be comments between the parts, and a layout that somebody chose. */
function isOneLine(message: Expr, source: string): boolean {
  const { start, end } = spanOf(message);
  return !source.slice(start, end).includes("\n");
}

function written({ format, args }: LazyMessage, ctx: RuleContext): string {
  // `*`, `:=` and a generator need brackets of their own as an argument.
  const values = args.map((arg) => {
    const bare = arg.kind !== "NamedExpr" && arg.kind !== "GeneratorExp" && arg.kind !== "Yield";
    return bare ? ctx.text(arg) : `(${ctx.text(arg)})`;
  });
  // Without arguments `logging` does not look at `%`.
  const text = args.length === 0 ? format.replaceAll("%%", "%") : format;
  return [pythonString(text), ...values].join(", ");
}
