/** Rule: the client chooses how many rows an answer has, without a maximum. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import { readsRequest } from "../../frameworks/web/client-input.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import { isWrite } from "../../frameworks/web/query.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { ClassDef, Expr, FunctionNode, Name, Node } from "../../syntax/ast.ts";
import { isNone, keywordOf, lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"noMaximum" | "paginator">;

/** What parameters of that kind are called. */
const SIZE =
  /^(?:limit|page_?size|per_?page|size|count|page_?limit|max_?results|items_per_page|rows|top|n|num|first)$/i;

export default defineRule({
  id: "unbounded-page-size",
  title: "Page size without a maximum",
  section: "apis",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#pagination",
  messages: {
    noMaximum:
      "`{{endpoint}}` lets the client choose `{{name}}` freely: one request for ten million rows fills the memory of a worker. Set a maximum.",
    paginator:
      "`{{name}}` takes its page size from the client (`page_size_query_param`) and has no `max_page_size`: one request may ask for everything.",
  },
  docs: {
    why: "A default for the page size protects nobody who asks for more. `?limit=10000000` makes the database read, the ORM build and the serializer copy all rows in one worker, and a handful of such requests takes the service down, on purpose or by a client's mistake.",
    bad: `from fastapi import FastAPI

from shop.orders import find_orders

app = FastAPI()


@app.get("/orders")
def list_orders(limit: int = 50) -> list[dict]:
    return find_orders(limit=limit)
`,
    good: `from typing import Annotated

from fastapi import FastAPI, Query

from shop.orders import find_orders

app = FastAPI()


@app.get("/orders")
def list_orders(limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[dict]:
    return find_orders(limit=limit)
`,
    whenFine: "Where the value is clamped (`min(limit, 200)`) or checked in a helper, it has a maximum.",
    references: [
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
      "https://www.django-rest-framework.org/api-guide/pagination/",
    ],
    frameworks: {
      FastAPI: "`limit: Annotated[int, Query(ge=1, le=200)] = 50`",
      "Django REST framework": "Set `max_page_size` beside `page_size_query_param`.",
      Flask: '`min(request.args.get("per_page", 50, type=int), 200)`, or `max_per_page=` of `paginate`.',
    },
  },
  fix: "none",
  on: {
    FunctionDef: check,
    AsyncFunctionDef: check,
    ClassDef: checkPaginator,
  },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  const [endpoint] = handling?.endpoints ?? [];
  if (endpoint === undefined || isWrite(endpoint)) return;
  const declared = new Set(
    endpoint.parameters.filter((one) => one.from === "query" && one.bounded !== true).map(({ name }) => name),
  );
  const use = find(
    node.body,
    (at): at is Name => at.kind === "Name" && isSizeOfQuery(at) && isOfClient(at, declared, ctx),
  );
  if (use === undefined || isLimited(use.id, node) || isLimitedBelow(use, ctx)) return;
  ctx.report(use, "noMaximum", { data: { endpoint: endpointLabel(endpoint), name: use.id } });
}

/** A name that becomes the limit of a query: `.limit(n)`, `limit=n`, `per_page=n`, `[:n]`. */
function isSizeOfQuery(node: Name): boolean {
  if (!SIZE.test(node.id) || node.ctx !== "Load") return false;
  const { parent } = node;
  if (parent?.kind === "Call")
    return parent.args[0] === node && /^(?:limit|fetchmany|top)$/.test(lastName(parent.func));
  if (parent?.kind === "keyword") {
    const call = parent.parent;
    return (
      /^(?:limit|per_page|page_size|size|first)$/.test(parent.arg ?? "") &&
      call?.kind === "Call" &&
      keywordOf(call, "max_per_page") === undefined
    );
  }
  return parent?.kind === "Slice" && parent.upper === node;
}

function isOfClient(node: Name, declared: ReadonlySet<string>, ctx: Context): boolean {
  if (declared.has(node.id)) return true;
  const value = assignedValue(node, ctx.model);
  return value !== undefined && readsRequest(value) && !isClamped(value);
}

function isClamped(value: Expr): boolean {
  return (
    find(
      value,
      (at) => at.kind === "Call" && /^(?:min|clamp|bounded|limit_\w+|clip)$/.test(lastName(at.func)),
    ) !== undefined
  );
}

/** True where the function compares the value with something, clamps it, or sets it anew. */
function isLimited(name: string, fn: FunctionNode): boolean {
  const mentions = (root: Node) => find(root, (at) => at.kind === "Name" && at.id === name) !== undefined;
  return (
    find(fn.body, (at) => {
      if (at.kind === "Compare") return /^(?:Lt|LtE|Gt|GtE)$/.test(at.ops[0] ?? "") && mentions(at);
      if (at.kind !== "Call") return false;
      return (
        /^(?:min|clamp|clip|validate\w*|check\w*|normali[sz]e\w*)$/.test(lastName(at.func)) &&
        at.args.some(mentions)
      );
    }) !== undefined
  );
}

/** True where the helper that gets the value compares it itself. */
function isLimitedBelow({ parent }: Name, ctx: Context): boolean {
  const call = parent?.kind === "keyword" ? parent.parent : parent;
  const callee = call?.kind === "Call" ? ctx.model.callee(call) : undefined;
  const definition = callee === undefined ? null : ctx.definition(callee);
  if (definition === null || definition.node.kind === "ClassDef") return false;
  const fn = definition.node;
  return [...fn.args.args, ...fn.args.kwonlyargs].some(({ arg }) => SIZE.test(arg) && isLimited(arg, fn));
}

/** A paginator of DRF that obeys the client. */
function checkPaginator(node: ClassDef, ctx: Context): void {
  if (
    !ctx.model.ancestors(node).some((name) => /rest_framework\.pagination\.PageNumberPagination$/.test(name))
  )
    return;
  const option = attribute(node, "page_size_query_param");
  if (option === undefined || isNone(option)) return;
  const maximum = attribute(node, "max_page_size");
  if (maximum !== undefined && !isNone(maximum)) return;
  ctx.report(option, "paginator", { data: { name: node.name } });
}

function attribute(node: ClassDef, name: string): Expr | undefined {
  for (const statement of node.body) {
    if (statement.kind !== "Assign") continue;
    if (statement.targets.some((target) => target.kind === "Name" && target.id === name))
      return statement.value;
  }
  return undefined;
}
