/** Rule: an async handler talks to the database with an API that blocks. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import type { AsyncFunctionDef, Call, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"session" | "django">;

/** Methods of a session that ask the database. */
const ASKS = /^(?:execute|scalars?|query|get|get_one|commit|flush|refresh|exec|merge|rollback)$/;
const SESSIONS = /^(?:sqlalchemy\.orm\.(?:session\.)?Session|sqlmodel\.(?:orm\.session\.)?Session)$/;
/** Steps of Django's query sets that run the query. */
const RUNS =
  /^(?:get|first|last|count|exists|create|bulk_create|get_or_create|update_or_create|update|delete|aggregate|in_bulk|earliest|latest)$/;

export default defineRule({
  id: "sync-orm-in-async-endpoint",
  title: "Blocking ORM in an async endpoint",
  section: "async",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [1322],
  equivalents: {},
  contexts: { offIn: ["test"] },
  supersedes: ["blocking-call-in-async", "blocking-call-reached-from-async"],
  guide: "async#blocking-calls",
  messages: {
    session:
      "`{{endpoint}}` is async and waits for the database with a `Session` that blocks: every other request of this process waits too. Use an `AsyncSession`, or declare the endpoint with `def`.",
    django:
      "`{{endpoint}}` is async and runs a query that blocks; Django refuses it with `SynchronousOnlyOperation`. Await `{{async}}`.",
  },
  docs: {
    why: "An async endpoint runs on the event loop, and a query of a synchronous session holds the loop until the database has answered. FastAPI runs `def` endpoints in threads, so there the plain version is the faster one. Django raises an error, but only once the line is reached.",
    bad: `from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.db import get_session

app = FastAPI()


@app.get("/orders/count")
async def count_orders(session: Session = Depends(get_session)) -> int:
    return session.execute(text("SELECT count(*) FROM orders")).scalar_one()
`,
    good: `from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shop.db import get_session

app = FastAPI()


@app.get("/orders/count")
async def count_orders(session: AsyncSession = Depends(get_session)) -> int:
    return (await session.execute(text("SELECT count(*) FROM orders"))).scalar_one()
`,
    whenFine: "In a `def` endpoint, and inside `run_in_threadpool`, `asyncio.to_thread` or `sync_to_async`.",
    references: [
      "https://fastapi.tiangolo.com/async/",
      "https://docs.djangoproject.com/en/stable/topics/async/",
    ],
  },
  fix: "none",
  on: {
    AsyncFunctionDef(node, ctx) {
      const found = firstQuery(node, ctx);
      const endpoint = found === undefined ? undefined : handlingOf(node, ctx)?.endpoints[0];
      if (found === undefined || endpoint === undefined) return;
      const { call, kind } = found;
      ctx.report(call, kind, {
        data: { endpoint: endpointLabel(endpoint), async: `a${lastName(call.func)}(…)` },
      });
    },
  },
});

/** The first query of a coroutine that blocks; the others go without saying. */
function firstQuery(
  node: AsyncFunctionDef,
  ctx: Context,
): { readonly call: Call; readonly kind: "session" | "django" } | undefined {
  let found: { readonly call: Call; readonly kind: "session" | "django" } | undefined;
  visit(node.body, (at) => {
    if (
      found !== undefined ||
      at.kind === "FunctionDef" ||
      at.kind === "AsyncFunctionDef" ||
      at.kind === "Lambda"
    )
      return false;
    if (at.kind !== "Call" || at.func.kind !== "Attribute" || isAwaited(at)) return undefined;
    const { attr, value } = at.func;
    if (ASKS.test(attr) && SESSIONS.test(ctx.model.typeOf(value) ?? ""))
      found = { call: at, kind: "session" };
    else if (RUNS.test(attr) && isDjangoQuery(value, ctx)) found = { call: at, kind: "django" };
    return undefined;
  });
  return found;
}

/** Awaited itself, or handed to something that is. */
function isAwaited(call: Node): boolean {
  return call.parent?.kind === "Await";
}

/** `Order.objects`, with any steps between, in a module that knows Django. */
function isDjangoQuery(node: Node, ctx: Context): boolean {
  if (!ctx.model.importsPackage("django")) return false;
  for (
    let at: Node = node;
    at.kind === "Call" || at.kind === "Attribute";
    at = at.kind === "Call" ? at.func : at.value
  ) {
    if (at.kind === "Attribute" && at.attr === "objects") return true;
  }
  return false;
}
