/** Rule: one database session or connection used by several tasks at once. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, find } from "../../engine/search.ts";
import type { Call, Expr, Name, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"shared">;

const SESSIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.ext.asyncio.AsyncSession",
  "sqlmodel.ext.asyncio.session.AsyncSession",
  "sqlalchemy.ext.asyncio.AsyncConnection",
  "asyncpg.Connection",
  "asyncpg.connection.Connection",
  "psycopg.AsyncConnection",
  "psycopg.AsyncCursor",
]);
const STARTS =
  /^asyncio\.(?:gather|create_task|ensure_future|wait|as_completed)$|(?:^|\.)(?:create_task|start_soon)$/;

export default defineRule({
  id: "session-shared-between-tasks",
  title: "One session for several tasks",
  section: "async",
  level: "senior",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [362],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "async#async-database",
  messages: {
    shared:
      "`{{session}}` is used by several tasks at the same time, and it is one connection with one transaction: they get each other's results, or an error. Give each task a session of its own.",
  },
  docs: {
    why: 'A session holds one connection and one transaction, and a connection answers one query at a time. Two tasks that use it at once mix up their results, or one gets "another operation is in progress", and a rollback of one takes the other\'s work with it. Open a session inside each coroutine; the pool behind them is what is made for sharing.',
    bad: `import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def counts(session: AsyncSession) -> list[object]:
    return await asyncio.gather(
        session.execute(text("SELECT count(*) FROM orders")),
        session.execute(text("SELECT count(*) FROM customers")),
    )
`,
    good: `import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


async def count(sessions: async_sessionmaker[AsyncSession], query: str) -> object:
    async with sessions() as session:
        return await session.scalar(text(query))


async def counts(sessions: async_sessionmaker[AsyncSession]) -> list[object]:
    return await asyncio.gather(
        count(sessions, "SELECT count(*) FROM orders"),
        count(sessions, "SELECT count(*) FROM customers"),
    )
`,
    whenFine: "Where a lock lets only one of the tasks use it at a time.",
    references: [
      "https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (!STARTS.test(ctx.model.callee(node) ?? lastName(node.func))) return;
      const session = sharedIn(node, ctx);
      if (session === undefined || isLocked(node, ctx)) return;
      ctx.report(node.func, "shared", { data: { session } });
    },
  },
});

/** The session that more than one of the coroutines gets. */
function sharedIn(call: Call, ctx: Context): string | undefined {
  const counts = new Map<string, number>();
  for (const arg of call.args) {
    const each = arg.kind === "Starred" ? repeated(arg.value) : arg;
    // A comprehension makes a task for each element; a loop around a single start does as well.
    const weight = arg.kind === "Starred" || isInLoop(call) ? 2 : 1;
    for (const name of each === undefined ? [] : sessionsIn(each, ctx))
      counts.set(name, (counts.get(name) ?? 0) + weight);
  }
  return [...counts].find(([, count]) => count > 1)?.[0];
}

function repeated(node: Expr): Expr | undefined {
  return node.kind === "ListComp" || node.kind === "GeneratorExp" || node.kind === "SetComp"
    ? node.elt
    : undefined;
}

function isInLoop(call: Call): boolean {
  if (/gather$|wait$/.test(lastName(call.func))) return false;
  for (let at: Node | null = call.parent; at !== null; at = at.parent) {
    if (at.kind === "For" || at.kind === "AsyncFor" || at.kind === "ListComp") return true;
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
  }
  return false;
}

/** The sessions that a coroutine call uses: what it is called on, and what it is given. */
function sessionsIn(node: Expr, ctx: Context): ReadonlySet<string> {
  const names = new Set<string>();
  find(node, (at) => {
    if (at.kind === "Name" && isSession(at, ctx)) names.add(at.id);
    return false;
  });
  return names;
}

function isSession(name: Name, ctx: Context): boolean {
  if (!SESSIONS.has(ctx.model.typeOf(name) ?? "")) return false;
  // One that the coroutine itself makes is its own.
  return ctx.model.resolve(name)?.scope.kind === "function";
}

function isLocked(call: Call, ctx: Context): boolean {
  const fn = ctx.model.enclosingFunction(call);
  return fn !== undefined && contains(fn, (at) => at.kind === "Name" && /lock|semaphore/i.test(at.id));
}
