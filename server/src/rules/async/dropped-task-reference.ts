/** Rule: a task that nobody holds. */

import { localUses } from "../../engine/local-names.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { contains, holders, statementOf } from "../../engine/search.ts";
import { indentOf, newlineOf, replaceByLines } from "../../engine/statement-edits.ts";
import type { Call, Stmt } from "../../syntax/ast.ts";
import { isTrue, keywordOf } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

/** Functions whose task is kept alive by nobody but the caller. */
const CREATORS =
  /^asyncio\.(?:create_task|ensure_future|(?:\w+\.)*(?:AbstractEventLoop|BaseEventLoop)\.create_task)$/;

const NAMES: ReadonlySet<string> = new Set(["create_task", "ensure_future", "gather"]);

/** Functions that end something: what its tasks still have to say is of no interest. */
const ENDING =
  /close|stop|shut_?down|clean_?up|cancel|__aexit__|disconnect|terminate|tear_?down|drain|kill|exit/i;

type MessageId = "dropped" | "unread" | "uninspected";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "dropped-task-reference",
  title: "Task that nobody holds",
  section: "async",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [404],
  equivalents: { ruff: ["RUF006"] },
  guide: "async#task-groups",
  messages: {
    dropped:
      "Nobody holds this task: it may be garbage-collected half way, and its exception is lost. Use a `TaskGroup`, or keep it in a set.",
    unread:
      "`{{name}}` is not used: when the function returns, nobody holds the task. It may be garbage-collected half way, and its exception is lost.",
    uninspected:
      "With `return_exceptions=True`, errors come back as results, and nobody looks at these. Check them, or leave it out.",
  },
  docs: {
    why: "The event loop keeps weak references to tasks. One that only the loop knows can be collected while it waits, which happens under memory pressure and never on a laptop: a mail in a hundred is not sent. Its exception is shown when it is collected, if at all, long after the request has answered 200.",
    bad: `import asyncio


async def notify(user):
    await user.send("welcome")


async def register(user):
    asyncio.create_task(notify(user))
`,
    good: `import asyncio


async def notify(user):
    await user.send("welcome")


async def register(user):
    async with asyncio.TaskGroup() as group:
        group.create_task(notify(user))
`,
    whenFine:
      "Tasks of a `TaskGroup`, and tasks that are stored, returned or awaited, are held. Work that must not be lost belongs into a queue, not into a task.",
    references: [
      "https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task",
      "https://docs.python.org/3/library/asyncio-task.html#task-groups",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      if (name === undefined) return;
      if (name === "asyncio.gather") checkGather(call, ctx);
      if (!CREATORS.test(name)) return;
      const { parent } = call;
      if (parent?.kind === "Expr") {
        ctx.report(call, "dropped", { fix: keepInSet(call, parent, ctx) });
        return;
      }
      if (parent?.kind !== "Assign" || parent.targets.length !== 1) return;
      const [target] = parent.targets;
      const uses = target?.kind === "Name" ? localUses(target, ctx.model) : undefined;
      if (target?.kind !== "Name" || uses === undefined || uses.reads.length > 0 || uses.definitions > 1)
        return;
      ctx.report(call, "unread", { data: { name: target.id } });
    },
  },
});

function checkGather(call: Call, ctx: Context): void {
  if (!isTrue(keywordOf(call, "return_exceptions")?.value)) return;
  if (call.parent?.kind !== "Await" || call.parent.parent?.kind !== "Expr") return;
  const holder = ctx.model.enclosingFunction(call);
  if (holder === undefined || ENDING.test(holder.name) || isEnding(call)) return;
  if (contains(holder, (node) => node.kind === "Attribute" && /^a?(?:cancel|close)$/.test(node.attr))) return;
  ctx.report(call, "uninspected", { severity: "information", confidence: "medium" });
}

/** True in a handler or `finally`: the error that counts is known already. */
function isEnding(call: Call): boolean {
  let below: ReturnType<typeof statementOf> = statementOf(call);
  for (const at of holders(call)) {
    if (at.kind === "ExceptHandler") return true;
    if (at.kind === "Try" && at.finalbody.some((statement) => statement === below)) return true;
    if ("unit" in at) below = at;
  }
  return false;
}

const SET = "background_tasks";

/** Keeps the task in a set of the module, from which it takes itself when it is done. */
function keepInSet(call: Call, statement: Stmt, ctx: Context): FixBuilder {
  return (edits) => {
    const holder = ctx.model.enclosingFunction(call);
    if (holder === undefined) return null;
    const taken = ctx.model.scopeOf(holder.body[0] ?? holder).bindings;
    const task = ["task", "background_task"].find((name) => !taken.has(name));
    const top = topStatement(holder, ctx);
    if (task === undefined || top === undefined || taken.has(SET)) return null;
    const known = ctx.model.scopeOf(ctx.model.module).bindings.has(SET);
    if (!known && indentOf(edits.source, top) === null) return null;
    const written = replaceByLines(edits, statement, [
      `${task} = ${ctx.text(call)}`,
      `${SET}.add(${task})`,
      `${task}.add_done_callback(${SET}.discard)`,
    ]);
    if (!written) return null;
    if (!known) {
      const newline = newlineOf(edits.source);
      // The unit of a statement starts at its decorators.
      const start = top.unit?.start ?? spanOf(top).start;
      edits.insertBefore({ start, end: start }, `${SET} = set()${newline}${newline}${newline}`);
    }
    return "Keep the task in a set until it is done";
  };
}

/** The statement of the module that a function stands in. */
function topStatement(node: Stmt, ctx: Context): Stmt | undefined {
  if (node.parent === ctx.model.module) return node;
  for (const at of holders(node)) {
    if (at.parent === ctx.model.module && "unit" in at) return at;
  }
  return undefined;
}
