/** Rule: an unexpected error that is logged, while the traceback that would explain it is thrown away. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders, isFunctionLike } from "../../engine/search.ts";
import type { Call, ExceptHandler, Node } from "../../syntax/ast.ts";
import { keywordOf, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

const LEVELS: ReadonlySet<string> = new Set(["error", "critical", "fatal"]);
const LOGGING = /^logging\.(?:Logger\.|LoggerAdapter\.)?(\w+)$/;

/** Types that take every ordinary error: what arrives was not foreseen. */
const ANY_ERROR: ReadonlySet<string> = new Set(["builtins.Exception", "builtins.BaseException"]);

/** Calls that keep the traceback in another way. */
const KEEPS_TRACEBACK =
  /^(?:traceback\.\w+|sys\.exc_info|(?:sentry_sdk|rollbar|bugsnag|honeybadger|newrelic)\.[\w.]+|logging\.(?:Logger\.)?exception)$/;

export default defineRule({
  id: "exception-logged-without-traceback",
  title: "Unexpected error logged without its traceback",
  section: "debugging",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [778],
  equivalents: { ruff: ["TRY400"] },
  guide: "debugging#reading-tracebacks",
  messages: {
    lost: "Whatever went wrong, the log says only that it did: the traceback is lost here. Write `{{logger}}.exception(…)`, or pass `exc_info=True`.",
  },
  docs: {
    why: "A handler for any error meets errors that nobody foresaw: a KeyError out of a library, a None in the wrong place. `str(error)` says `'price'` and nothing else. With the traceback you see the line; without it you add a log line, release, and wait until it happens again.",
    bad: `import logging

logger = logging.getLogger(__name__)


def import_order(row, store):
    try:
        store.save(row)
    except Exception as error:
        logger.error("order not imported: %s", error)
`,
    good: `import logging

logger = logging.getLogger(__name__)


def import_order(row, store):
    try:
        store.save(row)
    except Exception:
        logger.exception("order not imported")
`,
    whenFine:
      "Where a handler names the one error that it expects, the message says it all. A handler that raises again leaves the traceback to whoever catches it. Neither is reported.",
    references: ["https://docs.python.org/3/library/logging.html#logging.Logger.exception"],
  },
  contexts: { offIn: ["test", "notebook", "script"] },
  fix: "unsafe",
  calls: LEVELS,
  on: {
    Call(call, ctx) {
      const level = LOGGING.exec(ctx.model.callee(call) ?? "")?.[1];
      if (level === undefined || !LEVELS.has(level) || call.func.kind !== "Attribute") return;
      if (keywordOf(call, "exc_info") !== undefined || unpacksArguments(call)) return;
      const handler = handlerAround(call);
      if (handler === undefined || !takesUnforeseen(handler, ctx) || keepsTraceback(handler, ctx)) return;
      const { func } = call;
      ctx.report(func, "lost", {
        data: { logger: ctx.text(func.value) },
        fix(edits) {
          if (level !== "error") return null;
          const { end } = spanOf(func);
          edits.replace({ start: end - level.length, end }, "exception");
          return "Log the traceback too";
        },
      });
    },
  },
});

/** The handler in whose body a node runs, within one function. */
function handlerAround(node: Node): ExceptHandler | undefined {
  for (const at of holders(node)) {
    if (at.kind === "ExceptHandler") return at;
    if (isFunctionLike(at) || at.kind === "ClassDef") return undefined;
  }
  return undefined;
}

function takesUnforeseen({ type }: ExceptHandler, { model }: RuleContext): boolean {
  if (type === null) return true;
  const types = type.kind === "Tuple" ? type.elts : [type];
  return types.some((one) => ANY_ERROR.has(model.qualifiedName(one) ?? ""));
}

/** True where the handler raises, logs the traceback elsewhere, or hands the exception to somebody else whole. */
function keepsTraceback(handler: ExceptHandler, { model }: RuleContext): boolean {
  return contains(handler.body, (node) => {
    if (node.kind === "Raise") return true;
    if (node.kind !== "Call") return false;
    if (keywordOf(node, "exc_info") !== undefined || KEEPS_TRACEBACK.test(model.callee(node) ?? ""))
      return true;
    return isHandedOn(node, handler, model.callee(node));
  });
}

/** `report(error)`: an own function that gets the exception itself may keep its traceback. */
function isHandedOn(call: Call, { name }: ExceptHandler, callee: string | undefined): boolean {
  if (name === null || callee === undefined || /^(?:builtins|logging)\./.test(callee)) {
    return name !== null && callee === undefined && passes(call, name);
  }
  return passes(call, name);
}

function passes(call: Call, name: string): boolean {
  return [...call.args, ...call.keywords.map(({ value }) => value)].some(
    (value) => value.kind === "Name" && value.id === name,
  );
}
