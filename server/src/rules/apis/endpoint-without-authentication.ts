/** Rule: a route that anybody may call, among routes that ask who is there. */

import { asksWhoCalls, handlingOf, isGuarded } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import {
  type Endpoint,
  endpointLabel,
  isAuthenticated,
  type WebApplication,
} from "../../frameworks/web/endpoint.ts";
import { habitOf, isOpenByNature, isWrite, siblingsOf } from "../../frameworks/web/query.ts";
import type { Call, ClassDef, FunctionNode } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"openRoute">;

/** The share of siblings that must be guarded before an open route is news; a write needs less. */
const HABIT = 0.7;
const HABIT_FOR_WRITES = 0.5;
const MIN_GUARDED = 2;
/** How a Django view that takes any method shows that it changes something. */
const TAKES_WRITES = /request\.(?:POST|FILES|body)\b|\.method\s*[!=]=|\.(?:save|delete|create|update)\(/;

export default defineRule({
  id: "endpoint-without-authentication",
  title: "Endpoint that nobody has to log in for",
  section: "apis",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [306],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#authorization",
  messages: {
    openRoute:
      "`{{endpoint}}` asks nobody who they are, while {{guarded}} of {{total}} routes beside it do (`{{habit}}`). Guard it the same way, or say that it is public.",
  },
  docs: {
    why: "One route without a guard is enough: it is found by reading your JavaScript, your OpenAPI page or by trying. The guard is usually missing because it is repeated at every handler and was forgotten at the newest one, so put it where new routes inherit it: on the router, the blueprint, the base class or in the framework's default, and open single routes on purpose.",
    bad: `from fastapi import APIRouter, Depends

from shop.auth import get_current_user
from shop.orders import OrderOut, all_orders, cancel, store

router = APIRouter(prefix="/orders")


@router.get("/", dependencies=[Depends(get_current_user)])
def list_orders() -> list[OrderOut]:
    return all_orders(limit=50)


@router.post("/", dependencies=[Depends(get_current_user)])
def create_order(order: OrderOut) -> OrderOut:
    return store(order)


@router.delete("/{order_id}")
def cancel_order(order_id: int) -> None:
    cancel(order_id)
`,
    good: `from fastapi import APIRouter, Depends

from shop.auth import get_current_user
from shop.orders import OrderOut, all_orders, cancel, store

router = APIRouter(prefix="/orders", dependencies=[Depends(get_current_user)])


@router.get("/")
def list_orders() -> list[OrderOut]:
    return all_orders(limit=50)


@router.post("/")
def create_order(order: OrderOut) -> OrderOut:
    return store(order)


@router.delete("/{order_id}")
def cancel_order(order_id: int) -> None:
    cancel(order_id)
`,
    whenFine:
      "Sign-in, registration, health checks, callbacks of a login provider and public pages are open by what they are; routes with such names are not reported. Say that another one is meant to be open: `AllowAny` in DRF, `login_not_required` in Django, a router of its own elsewhere.",
    references: [
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
      "https://fastapi.tiangolo.com/tutorial/bigger-applications/",
    ],
    frameworks: {
      Django: "Django 5.1 has `LoginRequiredMiddleware`: every view needs a login unless it says otherwise.",
      "Django REST framework": "Set `DEFAULT_PERMISSION_CLASSES` to `IsAuthenticated`.",
      Flask: "Guard a whole blueprint with one `before_request` function.",
      FastAPI: "Give `dependencies=[Depends(current_user)]` to the router instead of each route.",
    },
  },
  fix: "none",
  on: {
    FunctionDef: checkHandler,
    AsyncFunctionDef: checkHandler,
    ClassDef(node, ctx) {
      const handling = handlingOf(node, ctx);
      const [open] = handling === undefined ? [] : handling.endpoints.filter((one) => isOpen(one));
      if (handling !== undefined && open !== undefined) report(node, open, handling.app, ctx);
    },
  },
});

function checkHandler(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  if (handling === undefined || !handling.endpoints.every((one) => isOpen(one))) return;
  const [endpoint] = handling.endpoints;
  if (endpoint === undefined || asksWhoCalls(node, ctx) || viewAsks(node, ctx)) return;
  if (handsOn(node, ctx)) return;
  report(node, endpoint, handling.app, ctx);
}

/** True where a handler gives the request to a function of the project that asks for it, or that is guarded. */
function handsOn(node: FunctionNode, ctx: Context): boolean {
  return (
    find(node.body, (at): at is Call => {
      if (at.kind !== "Call" || !at.args.some((arg) => arg.kind === "Name" && arg.id === "request"))
        return false;
      const name = ctx.model.callee(at);
      const definition = name === undefined ? null : ctx.definition(name);
      if (definition === null || definition.node.kind === "ClassDef") return false;
      return isGuarded(definition.node, definition.model);
    }) !== undefined
  );
}

/** True where another method that every request passes asks in its place. */
function viewAsks(node: FunctionNode, ctx: Context): boolean {
  const cls = ctx.model.enclosingClass(node);
  if (cls === undefined) return false;
  return cls.body.some(
    (one) =>
      (one.kind === "FunctionDef" || one.kind === "AsyncFunctionDef") &&
      /^(?:dispatch|setup|initial|prepare|test_func|get_object|get_queryset|check_\w+|get_permissions)$/.test(
        one.name,
      ) &&
      asksWhoCalls(one, ctx),
  );
}

function isOpen(endpoint: Endpoint): boolean {
  return !isAuthenticated(endpoint) && !isOpenByNature(endpoint);
}

function report(node: FunctionNode | ClassDef, endpoint: Endpoint, app: WebApplication, ctx: Context): void {
  const siblings = siblingsOf(app, endpoint);
  const guarded = siblings.filter(isAuthenticated);
  const share = guarded.length / Math.max(1, siblings.length);
  const habit = habitOf(siblings);
  if (habit === null || guarded.length < MIN_GUARDED) return;
  const writes = isWrite(endpoint) || (endpoint.methods.length === 0 && TAKES_WRITES.test(ctx.text(node)));
  if (share < (writes ? HABIT_FOR_WRITES : HABIT)) return;
  const { start } = spanOf(node);
  const nameStart = start - node.start + node.nameStart;
  // What everybody may read is often meant so; what everybody may change hardly ever.
  const severity = writes ? {} : { severity: "information" as const };
  ctx.report({ start: nameStart, end: nameStart + node.name.length }, "openRoute", {
    ...severity,
    data: {
      endpoint: endpointLabel(endpoint),
      guarded: String(guarded.length),
      total: String(siblings.length),
      habit,
    },
  });
}
