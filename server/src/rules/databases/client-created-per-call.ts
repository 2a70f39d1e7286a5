/** Rule: a client with a connection pool of its own, built for every request. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { runsInEveryCall } from "../../engine/search.ts";
import { routesOf } from "../../frameworks/routes.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";

type Context = RuleContext<"inHandler">;

/** Constructors of clients that are made to be shared, with what each one opens. */
const CLIENTS: Readonly<Record<string, string>> = {
  "sqlalchemy.create_engine": "a database pool",
  "sqlalchemy.engine.create_engine": "a database pool",
  "sqlalchemy.ext.asyncio.create_async_engine": "a database pool",
  "sqlmodel.create_engine": "a database pool",
  "pymongo.MongoClient": "a connection pool and its monitors",
  "pymongo.AsyncMongoClient": "a connection pool and its monitors",
  "motor.motor_asyncio.AsyncIOMotorClient": "a connection pool and its monitors",
  "redis.Redis": "a connection pool",
  "redis.StrictRedis": "a connection pool",
  "redis.from_url": "a connection pool",
  "redis.asyncio.Redis": "a connection pool",
  "redis.asyncio.from_url": "a connection pool",
  "elasticsearch.Elasticsearch": "a connection pool",
  "elasticsearch.AsyncElasticsearch": "a connection pool",
  "opensearchpy.OpenSearch": "a connection pool",
  "httpx.Client": "a connection pool and a TLS context",
  "httpx.AsyncClient": "a connection pool and a TLS context",
  "httpx2.Client": "a connection pool and a TLS context",
  "httpx2.AsyncClient": "a connection pool and a TLS context",
  "aiohttp.ClientSession": "a connection pool",
  "boto3.client": "a session that parses its service description anew",
  "boto3.resource": "a session that parses its service description anew",
};

export default defineRule({
  id: "client-created-per-call",
  title: "Client built for every request",
  section: "databases",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [1072],
  equivalents: {},
  contexts: { offIn: ["test", "notebook", "script"] },
  guide: "performance#connection-reuse",
  messages: {
    inHandler:
      "`{{client}}` opens {{opens}} for each request and throws it away after. Build it once, at start-up, and hand it to the handlers.",
  },
  docs: {
    why: "A client of this kind keeps connections open so that the next call finds one ready. Built inside a handler it never does: each request pays for a DNS lookup, a TCP and a TLS handshake and a login, which often takes longer than the query. Under load the server runs out of ports, and the database out of connections.",
    bad: `import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates/{currency}")
async def rate(currency: str) -> dict[str, float]:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://rates.example.com/v1/{currency}")
    response.raise_for_status()
    return response.json()
`,
    good: `from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with httpx.AsyncClient(base_url="https://rates.example.com") as client:
        app.state.rates = client
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/rates/{currency}")
async def rate(currency: str, request: Request) -> dict[str, float]:
    response = await request.app.state.rates.get(f"/v1/{currency}")
    response.raise_for_status()
    return response.json()
`,
    whenFine:
      "Where the client belongs to the caller, with credentials that only this request has, or where the route is called a few times a day. Say so in a suppression.",
    references: [
      "https://www.python-httpx.org/advanced/clients/",
      "https://docs.sqlalchemy.org/en/20/core/connections.html#basic-usage",
      "https://fastapi.tiangolo.com/advanced/events/",
    ],
  },
  fix: "none",
  calls: lastParts(Object.keys(CLIENTS)),
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      const opens = callee === undefined ? undefined : CLIENTS[callee];
      const handler = opens === undefined ? undefined : ctx.model.enclosingFunction(node);
      if (opens === undefined || handler === undefined || !runsInEveryCall(node, handler)) return;
      if (dependsOnCaller(node, handler, ctx) || routesOf(handler, ctx.model).length === 0) return;
      ctx.report(node.func, "inHandler", { data: { client: callee as string, opens } });
    },
  },
});

/** True where the arguments use parameters of the handler: such a client is made for this request. */
function dependsOnCaller(call: Call, handler: FunctionNode, ctx: Context): boolean {
  const { posonlyargs, args, kwonlyargs } = handler.args;
  const names = [...posonlyargs, ...args, ...kwonlyargs].map((parameter) => parameter.arg);
  const passed = [...call.args, ...call.keywords].map((argument) => ctx.text(argument)).join(" ");
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(passed));
}
