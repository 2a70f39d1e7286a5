/** Rule: a coroutine that is created and never run. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find, holders } from "../../engine/search.ts";
import { COROUTINE_FUNCTIONS } from "../../models/blocking.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";

/** Decorators that leave a coroutine function one. */
const TRANSPARENT =
  /^(?:builtins\.(?:staticmethod|classmethod)|abc\.abstractmethod|functools\.wraps|typing(?:_extensions)?\.(?:override|final|no_type_check))$/;

type MessageId = "dropped" | "tested" | "used";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "coroutine-not-awaited",
  title: "Coroutine is not awaited",
  section: "async",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [252],
  equivalents: {},
  guide: "debugging#async-debugging",
  messages: {
    dropped: "`{{name}}` is a coroutine function: without `await`, nothing of it runs.",
    tested:
      "`{{name}}` is a coroutine function: without `await`, this tests a coroutine object, which is always true.",
    used: "`{{name}}` is a coroutine function: without `await`, this is a coroutine object and not its result.",
  },
  docs: {
    why: "Calling a coroutine function only creates a coroutine. Without `await` its body never starts: the mail is not sent, the row is not saved, and the only sign is a RuntimeWarning when the object is collected, in a log that nobody reads. In an `if` it is worse: the object is true, so every permission check passes.",
    bad: `async def save(order):
    await order.store()


async def handle(order):
    save(order)
    return "saved"
`,
    good: `async def save(order):
    await order.store()


async def handle(order):
    await save(order)
    return "saved"
`,
    whenFine:
      "A coroutine may be created here and awaited elsewhere: passed to `gather` or `create_task`, returned, or collected in a list. Those are not reported.",
    references: ["https://docs.python.org/3/library/asyncio-dev.html#detect-never-awaited-coroutines"],
  },
  fix: "unsafe",
  on: {
    Call(call, ctx) {
      const messageId = misuseOf(call);
      if (messageId === undefined || !isCoroutineCall(call, ctx) || isExpected(call, ctx)) return;
      ctx.report(call, messageId, {
        data: { name: ctx.text(call.func) },
        fix(edits) {
          if (!runsInCoroutine(call, ctx)) return null;
          if (call.parent?.kind === "Expr") {
            edits.insertBefore(call, "await ");
          } else {
            edits.insertBefore(call, "(await ");
            edits.insertAfter(call, ")");
          }
          return "Await it";
        },
      });
    },
  },
});

/** How the coroutine object is used although it is of no use; undefined where it may reach an `await`. */
function misuseOf(call: Call): MessageId | undefined {
  const { parent } = call;
  switch (parent?.kind) {
    case "Expr":
      return "dropped";
    case "If":
    case "While":
    case "IfExp":
    case "Assert":
      return parent.test === call ? "tested" : undefined;
    case "UnaryOp":
      return parent.op === "Not" ? "tested" : "used";
    case "BoolOp":
      return isTested(parent) ? "tested" : undefined;
    case "Compare":
      return parent.ops.some((op) => op === "Is" || op === "IsNot") ? undefined : "used";
    case "BinOp":
    case "FormattedValue":
    case "Subscript":
      return "value" in parent && parent.value !== call ? undefined : "used";
    case "Attribute":
      return COROUTINE_METHODS.has(parent.attr) ? undefined : "used";
    default:
      return undefined;
  }
}

/** What a coroutine object itself has. */
const COROUTINE_METHODS = new Set([
  "send",
  "throw",
  "close",
  "cr_frame",
  "cr_running",
  "cr_code",
  "cr_await",
  "__await__",
]);

function isTested(node: Node): boolean {
  const { parent } = node;
  if (parent?.kind === "BoolOp") return isTested(parent);
  if (parent?.kind === "UnaryOp") return parent.op === "Not";
  if (parent?.kind !== "If" && parent?.kind !== "While" && parent?.kind !== "IfExp") return false;
  return parent.test === node;
}

function isCoroutineCall(call: Call, ctx: Context): boolean {
  if (COROUTINE_FUNCTIONS.has(ctx.model.callee(call) ?? "")) return true;
  const definition = ctx.model.definitionOf(call.func);
  return definition?.kind === "AsyncFunctionDef" && isPlainCoroutine(definition, call, ctx);
}

/** True for an `async def` that its decorators leave alone, and that is no generator. */
function isPlainCoroutine(definition: FunctionNode, call: Call, ctx: Context): boolean {
  const transparent = definition.decorator_list.every((decorator) =>
    TRANSPARENT.test(ctx.model.qualifiedName(decorator.kind === "Call" ? decorator.func : decorator) ?? ""),
  );
  if (!transparent || find(definition, (node) => node.kind === "Yield") !== undefined) return false;
  // Two definitions (`if sys.platform …`) may differ in kind.
  if (call.func.kind !== "Name") return true;
  return ctx.model.resolve(call.func)?.definitions.length === 1;
}

/** True where a test looks at what happens: `with pytest.warns(RuntimeWarning):`. */
function isExpected(call: Call, ctx: Context): boolean {
  for (const at of holders(call)) {
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
    if (at.kind !== "With" && at.kind !== "AsyncWith") continue;
    if (at.items.some((item) => /warn|raises/i.test(ctx.text(item.context_expr)))) return true;
  }
  return false;
}

function runsInCoroutine(call: Call, ctx: Context): boolean {
  const holder = ctx.model.enclosingFunction(call);
  if (holder?.kind !== "AsyncFunctionDef") return false;
  for (const at of holders(call)) {
    if (at === holder) return true;
    if (at.kind === "Lambda" || at.kind === "comprehension" || at.kind === "GeneratorExp") return false;
  }
  return false;
}
