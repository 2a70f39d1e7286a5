/** Rule: an answer that is made for one user and kept for all. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import type { Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"page" | "key">;

export default defineRule({
  id: "cache-shared-across-users",
  title: "One user's answer cached for all",
  section: "performance",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [524],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "performance#caching",
  messages: {
    page: "This page depends on `{{user}}`, and the cache keeps one copy for everybody: the next visitor gets this one's. Add `vary_on_cookie`, or cache only what is the same for all.",
    key: "What is cached here depends on `{{user}}`, and the key `{{key}}` does not: the next user gets this one's. Put the user's id into the key.",
  },
  docs: {
    why: "A cache gives the same answer to the same key. When the answer holds somebody's orders, name or permissions and the key is only the address, the first visitor's page goes to the next hundred. It looks right in every test with one user. Whatever the answer depends on belongs into the key: the user, the tenant, the language.",
    path: "shop/views.py",
    bad: `from django.core.cache import cache
from django.http import HttpRequest, JsonResponse


def dashboard(request: HttpRequest) -> JsonResponse:
    orders = cache.get_or_set("dashboard:orders", lambda: list(request.user.orders.values("pk")), 60)
    return JsonResponse({"orders": orders})
`,
    good: `from django.core.cache import cache
from django.http import HttpRequest, JsonResponse


def dashboard(request: HttpRequest) -> JsonResponse:
    key = f"dashboard:orders:{request.user.pk}"
    orders = cache.get_or_set(key, lambda: list(request.user.orders.values("pk")), 60)
    return JsonResponse({"orders": orders})
`,
    whenFine:
      "Where only the check whether somebody is signed in depends on the user, and the answer is the same for all who are.",
    references: ["https://docs.djangoproject.com/en/stable/topics/cache/#using-vary-headers"],
  },
  fix: "none",
  on: {
    FunctionDef: judgePage,
    AsyncFunctionDef: judgePage,
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || !/^a?(?:set|get_or_set)$/.test(node.func.attr)) return;
      if (!/^django\.core\.cache\.|^flask_caching\.Cache\./.test(ctx.model.callee(node) ?? "")) return;
      const [key, value] = node.args;
      if (key === undefined || value === undefined) return;
      const user = userIn(value, ctx);
      if (user === undefined || mentionsUser(key, ctx)) return;
      ctx.report(node.func, "key", { data: { user, key: ctx.text(key) } });
    },
  },
});

/** `@cache_page` over a view that asks who is there. */
function judgePage(node: FunctionNode, ctx: Context): void {
  const cached = node.decorator_list.find(
    (it) => it.kind === "Call" && /^(?:cache_page|cached)$/.test(lastName(it.func)),
  );
  if (cached === undefined || node.decorator_list.some((it) => /vary/.test(ctx.text(it)))) return;
  const callee = cached.kind === "Call" ? (ctx.model.qualifiedName(cached.func) ?? "") : "";
  if (!/^django\.views\.decorators\.cache\.cache_page$|^flask_caching\.Cache\.cached$/.test(callee)) return;
  // A key of its own may hold the user.
  if (
    cached.kind === "Call" &&
    cached.keywords.some(({ arg }) => arg === "key_prefix" || arg === "make_cache_key")
  )
    return;
  const user = node.body.map((statement) => userIn(statement, ctx)).find((found) => found !== undefined);
  if (user !== undefined) ctx.report(cached, "page", { data: { user } });
}

/** What of the current user an expression uses, the question whether there is one left out. */
function userIn(node: Node, ctx: Context): string | undefined {
  let found: string | undefined;
  contains(node.kind === "Lambda" ? node.body : node, (at) => {
    if (at.kind !== "Attribute" || !isUser(at.value, ctx)) return false;
    if (/^(?:is_authenticated|is_anonymous|is_active)$/.test(at.attr)) return false;
    found = ctx.text(at.value);
    return true;
  });
  return found;
}

/** `request.user`, `self.request.user`, `current_user` of Flask-Login. */
function isUser(node: Expr, ctx: Context): boolean {
  if (node.kind === "Attribute") return node.attr === "user" && lastName(node.value) === "request";
  return node.kind === "Name" && ctx.model.qualifiedName(node) === "flask_login.current_user";
}

function mentionsUser(key: Expr, ctx: Context): boolean {
  return /user|tenant|account|owner|session|request/i.test(ctx.text(key)) || key.kind !== "Constant";
}
