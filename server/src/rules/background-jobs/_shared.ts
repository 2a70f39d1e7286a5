/** What the rules on background jobs share: what a call enqueues, and who runs a function. */

import type { RuleContext } from "../../engine/rule.ts";
import { type Enqueue, enqueueOf, TASKS } from "../../frameworks/tasks.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";

const ENQUEUES: ReadonlySet<string> = new Set([
  "delay",
  "adelay",
  "apply_async",
  "send",
  "enqueue",
  "enqueue_job",
]);

/** What a call puts into a queue, or undefined. */
export function enqueued(call: Call, ctx: RuleContext<never>): Enqueue | undefined {
  if (call.func.kind !== "Attribute" || !ENQUEUES.has(call.func.attr)) return undefined;
  const tasks = ctx.projectFact(TASKS);
  return enqueueOf(call, ctx.model, tasks.isTask);
}

/** The calls of a function's own code, in document order. */
export function callsIn(root: Node): readonly Call[] {
  const calls: Call[] = [];
  walk(root, (node) => {
    if (node !== root && /^(?:FunctionDef|AsyncFunctionDef|ClassDef|Lambda)$/.test(node.kind)) return false;
    if (node.kind === "Call") calls.push(node);
    return true;
  });
  return calls;
}

/** The first call of a function that waits for another system, with its name. */
export function outsideCall(fn: FunctionNode, ctx: RuleContext<never>): Call | undefined {
  return callsIn(fn).find((call) => {
    const waitsFor = BLOCKING_CALLS.get(ctx.model.callee(call) ?? "")?.waitsFor;
    return waitsFor === "network" || waitsFor === "process";
  });
}
