/** Rule: a handler that catches the request to stop, and goes on. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders } from "../../engine/search.ts";
import type { ExceptHandler, Expr, Try } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"swallowed">;

export default defineRule({
  id: "cancellation-swallowed",
  title: "Cancellation swallowed",
  section: "async",
  level: "senior",
  severity: "warning",
  confidence: "high",
  cwe: [390],
  equivalents: { flake8: ["ASYNC103"] },
  contexts: { offIn: ["test"] },
  guide: "async#timeouts-and-cancellation",
  messages: {
    swallowed:
      "This catches `CancelledError` as well and goes on: timeouts, task groups and the shutdown wait for a task that does not stop. Raise it again.",
  },
  docs: {
    why: "Asyncio stops a task by raising CancelledError where it waits. Code that catches it and goes on has not been stopped: a timeout that has passed does not end it, a task group waits for it, and the server hangs at shutdown until it is killed. Clean up, and raise it again.",
    bad: `import asyncio


async def consume(queue: asyncio.Queue[str]) -> None:
    while True:
        try:
            print(await queue.get())
        except asyncio.CancelledError:
            print("cancelled")
`,
    good: `import asyncio


async def consume(queue: asyncio.Queue[str]) -> None:
    while True:
        try:
            print(await queue.get())
        except asyncio.CancelledError:
            print("cancelled")
            raise
`,
    whenFine: "Where the code waits for a task that it has cancelled itself.",
    references: ["https://docs.python.org/3/library/asyncio-task.html#task-cancellation"],
  },
  fix: "none",
  on: {
    Try(node, ctx) {
      const fn = ctx.model.enclosingFunction(node);
      if (fn?.kind !== "AsyncFunctionDef" || !awaits(node)) return;
      const handler = node.handlers.find((it) => catches(it.type, ctx));
      if (handler === undefined || goesAway(handler, node) || isOwnCancel(node)) return;
      // An earlier handler may have let it through.
      const before = node.handlers.slice(0, node.handlers.indexOf(handler));
      if (before.some((it) => catchesCancellation(it.type, ctx))) return;
      ctx.report(handler.type ?? handler, "swallowed");
    },
  },
});

function awaits(node: Try): boolean {
  return contains(
    node.body,
    (at) => at.kind === "Await" || at.kind === "AsyncFor" || at.kind === "AsyncWith",
  );
}

function catches(type: Expr | null, ctx: Context): boolean {
  if (type === null) return true;
  if (type.kind === "Tuple") return type.elts.some((element) => catches(element, ctx));
  return ctx.model.qualifiedName(type) === "builtins.BaseException" || catchesCancellation(type, ctx);
}

function catchesCancellation(type: Expr | null, ctx: Context): boolean {
  if (type === null) return false;
  if (type.kind === "Tuple") return type.elts.some((element) => catchesCancellation(element, ctx));
  return /^(?:asyncio|concurrent\.futures)\.(?:\w+\.)*CancelledError$/.test(
    ctx.model.qualifiedName(type) ?? "",
  );
}

/** True where the handler raises, or ends the function: in a loop it goes on otherwise. */
function goesAway(handler: ExceptHandler, node: Try): boolean {
  if (contains(handler.body, (at) => at.kind === "Raise")) return true;
  if (!contains(handler.body, (at) => at.kind === "Return" || at.kind === "Break")) return !isInLoop(node);
  return true;
}

function isInLoop(node: Try): boolean {
  for (const holder of holders(node)) {
    if (holder.kind === "While" || holder.kind === "For" || holder.kind === "AsyncFor") return true;
    if (holder.kind === "AsyncFunctionDef" || holder.kind === "FunctionDef") return false;
  }
  return false;
}

/** `task.cancel()` before the wait for it. */
function isOwnCancel(node: Try): boolean {
  const fn = [...holders(node)].find((holder) => holder.kind === "AsyncFunctionDef");
  return fn !== undefined && contains(fn, (at) => at.kind === "Call" && lastName(at.func) === "cancel");
}
