/** Rule: an error line that does not say which of a million things it is about. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders, isFunctionLike } from "../../engine/search.ts";
import type { Call, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { keywordOf, unpacksArguments } from "../../syntax/calls.ts";

const LEVELS: ReadonlySet<string> = new Set(["error", "critical", "exception"]);
const LOGGING = /^logging\.(?:Logger\.|LoggerAdapter\.)?(\w+)$/;

/** Parameters that name one thing among many. */
const NAMES_ONE = /^(?:\w+_)?(?:id|pk|uuid|guid|email|username|url|path|filename|file_name|slug|sku)$/;

/** What handlers call the exception. */
const ERROR_NAMES = /^(?:e|ex|err|error|exc|exception)$/;

export default defineRule({
  id: "contextless-error-log",
  title: "Error logged without what it is about",
  section: "debugging",
  level: "differentiator",
  severity: "hint",
  confidence: "medium",
  cwe: [778],
  equivalents: {},
  guide: "debugging#logging-for-debugging",
  messages: {
    constant:
      "The same words for every case. Which one failed is in `{{name}}`, and not in the log: pass it, or put it into `extra`.",
  },
  docs: {
    why: "At night the line “payment failed” stands four hundred times in the log. The traceback shows where, and the same where for each of them; only the order's number would tell which customer to call, and whether it is one order retried or four hundred of them.",
    bad: `import logging

logger = logging.getLogger(__name__)


def charge(order_id: int, gateway) -> None:
    try:
        gateway.charge(order_id)
    except gateway.Declined:
        logger.exception("payment failed")
`,
    good: `import logging

logger = logging.getLogger(__name__)


def charge(order_id: int, gateway) -> None:
    try:
        gateway.charge(order_id)
    except gateway.Declined:
        logger.exception("payment of order %s failed", order_id)
`,
    whenFine:
      "Where the logger has the context bound already (structlog's `bind`, a LoggerAdapter, a filter with context variables), or the id is a secret of its own.",
    references: [
      "https://docs.python.org/3/howto/logging-cookbook.html#adding-contextual-information-to-your-logging-output",
    ],
  },
  contexts: { offIn: ["test", "notebook", "script"] },
  fix: "none",
  calls: LEVELS,
  on: {
    Call(call, ctx) {
      const [message] = call.args;
      if (message === undefined || keywordOf(call, "extra") !== undefined || unpacksArguments(call)) return;
      if (!call.args.every(namesNothing)) return;
      const level = LOGGING.exec(ctx.model.callee(call) ?? "")?.[1];
      if (level === undefined || !LEVELS.has(level)) return;
      const holder = ctx.model.enclosingFunction(call);
      const name = holder === undefined ? undefined : subjectOf(holder);
      if (holder === undefined || name === undefined || !isInHandler(call, holder)) return;
      if (ctx.model.importsPackage("contextvars") || ctx.model.importsPackage("structlog")) return;
      if (mentions(call, name, ctx)) return;
      ctx.report(call.func, "constant", { data: { name } });
    },
  },
});

/** True for fixed words, and for words and the error: what both say is the same for every case. */
function namesNothing(value: Expr): boolean {
  if (value.kind === "JoinedStr") return value.values.every(namesNothing);
  if (value.kind === "FormattedValue") return namesNothing(value.value);
  if (value.kind === "Name") return ERROR_NAMES.test(value.id);
  return value.kind === "Constant" && value.type === "str";
}

/** The parameter that says which thing the function works on. */
function subjectOf({ args }: FunctionNode): string | undefined {
  return [...args.posonlyargs, ...args.args, ...args.kwonlyargs].find(({ arg }) => NAMES_ONE.test(arg))?.arg;
}

function isInHandler(call: Call, holder: FunctionNode): boolean {
  for (const at of holders(call)) {
    if (at === holder || isFunctionLike(at)) return false;
    if (at.kind === "ExceptHandler") return true;
  }
  return false;
}

/** True where the handler around names the thing elsewhere: in another line, or in what it raises. */
function mentions(call: Call, name: string, ctx: RuleContext<"constant">): boolean {
  let handler: Node = call;
  for (const at of holders(call)) {
    handler = at;
    if (at.kind === "ExceptHandler") break;
  }
  return new RegExp(`\\b${name}\\b`).test(ctx.text(handler));
}
