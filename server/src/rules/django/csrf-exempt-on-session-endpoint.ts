/** Rule: a view that trusts the session cookie and takes requests that other sites have triggered. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import type { ClassDef, Expr, FunctionNode, Node, Stmt } from "../../syntax/ast.ts";

type Context = RuleContext<"exemptView" | "enforcementRemoved">;

const EXEMPT = "django.views.decorators.csrf.csrf_exempt";
const METHOD_DECORATOR = "django.utils.decorators.method_decorator";
const SAFE_METHODS = /^django\.views\.decorators\.http\.require_(?:GET|safe)$/;

/** Decorators and base classes that let in only who has a session. */
const SESSION_GUARD =
  /^django\.contrib\.(?:auth\.decorators\.(?:login_required|permission_required|user_passes_test)|admin\.views\.decorators\.staff_member_required|auth\.mixins\.(?:LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin))$/;
/** Words that show a view to be authenticated by something that no other site can send along. */
const OTHER_PROOF =
  /token|api_?key|jwt|oauth|signature|hmac|webhook|bearer|authorization|construct_event|basic_?auth|api_view/i;

/** Signs that a view changes something, or takes what a form sends. */
const CHANGES =
  /require_POST|request\.(?:POST|FILES|body|data)\b|["'](?:POST|PUT|PATCH|DELETE)["']|\.(?:save|create|update|delete|set_password|add|remove)\(/;

export default defineRule({
  id: "csrf-exempt-on-session-endpoint",
  title: "Session view without CSRF protection",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [352],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#request-forgery",
  messages: {
    exemptView:
      "This view knows its user by the session cookie, which browsers also send with requests that other sites trigger. Drop `csrf_exempt`, and send the token along.",
    enforcementRemoved:
      "Session authentication without `enforce_csrf` lets any website act for a logged-in visitor. Send the token along, or authenticate by a header.",
  },
  docs: {
    why: "A browser attaches the session cookie to every request to your site, whoever made the page that triggers it. The CSRF token is what tells your own form from a foreign one. A view that asks `request.user` who is there, changes something, and is exempt, can be operated by any page that your users visit: change the address, confirm the order, add an administrator.",
    bad: `from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_required
def change_email(request):
    request.user.email = request.POST["email"]
    request.user.save(update_fields=["email"])
    return HttpResponse(status=204)
`,
    good: `from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST


@login_required
@require_POST
def change_email(request):
    request.user.email = request.POST["email"]
    request.user.save(update_fields=["email"])
    return HttpResponse(status=204)
`,
    whenFine:
      "A webhook that checks a signature, and an endpoint that is authenticated by a token in a header, carry no cookie to misuse. Views that show such a check, or that only answer GET, are not reported.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/csrf/",
      "https://www.django-rest-framework.org/api-guide/authentication/#sessionauthentication",
    ],
  },
  fix: "none",
  on: {
    FunctionDef: checkFunction,
    AsyncFunctionDef: checkFunction,
    ClassDef(node, ctx) {
      checkAuthentication(node, ctx);
      const exempt = exemption(node, ctx);
      if (exempt === undefined || provesOtherwise(node, ctx)) return;
      const bases = [...node.decorator_list, ...node.bases].some((it) => isSessionGuard(it, ctx));
      const methods = node.body.filter(
        (it) => it.kind === "FunctionDef" && /^(?:post|put|patch|delete)$/.test(it.name),
      );
      if (methods.length > 0 && (bases || methods.some((method) => usesSession(method)))) {
        ctx.report(exempt, "exemptView");
      }
    },
  },
});

function checkFunction(node: FunctionNode, ctx: Context): void {
  const exempt = exemption(node, ctx);
  if (exempt === undefined || provesOtherwise(node, ctx)) return;
  if (node.decorator_list.some((it) => SAFE_METHODS.test(ctx.model.qualifiedName(it) ?? ""))) return;
  if (![...node.decorator_list, node].some((part) => CHANGES.test(ctx.text(part)))) return;
  const guarded = node.decorator_list.some((it) => isSessionGuard(it, ctx));
  if (guarded || usesSession(node)) ctx.report(exempt, "exemptView");
}

/** `@csrf_exempt`, or `@method_decorator(csrf_exempt, name="dispatch")`. */
function exemption(node: FunctionNode | ClassDef, ctx: Context): Expr | undefined {
  return node.decorator_list.find((it) => {
    if (it.kind !== "Call") return ctx.model.qualifiedName(it) === EXEMPT;
    const [decorator] = it.args;
    if (ctx.model.callee(it) !== METHOD_DECORATOR || decorator === undefined) return false;
    const all = decorator.kind === "List" || decorator.kind === "Tuple" ? decorator.elts : [decorator];
    return all.some((one) => ctx.model.qualifiedName(one) === EXEMPT);
  });
}

function isSessionGuard(node: Expr, ctx: Context): boolean {
  const reference = node.kind === "Call" ? node.func : node;
  if (SESSION_GUARD.test(ctx.model.qualifiedName(reference) ?? "")) return true;
  return (
    node.kind === "Call" && node.args.some((arg) => SESSION_GUARD.test(ctx.model.qualifiedName(arg) ?? ""))
  );
}

/** True where the view or its decorators show another proof of identity than the cookie. */
function provesOtherwise(node: FunctionNode | ClassDef, ctx: Context): boolean {
  const text = [...node.decorator_list, node].map((part) => ctx.text(part)).join(" ");
  return OTHER_PROOF.test(text.replaceAll("csrf_token", ""));
}

/** True where a function asks `request.user` or `request.session` who is there. */
function usesSession(node: FunctionNode | ClassDef["body"][number]): boolean {
  if (node.kind !== "FunctionDef" && node.kind !== "AsyncFunctionDef") return false;
  return find(node.body, isSessionOfRequest) !== undefined;
}

function isSessionOfRequest(node: Node): boolean {
  if (node.kind !== "Attribute" || (node.attr !== "user" && node.attr !== "session")) return false;
  const { value } = node;
  return (
    (value.kind === "Name" && value.id === "request") ||
    (value.kind === "Attribute" && value.attr === "request")
  );
}

/** A session authentication of DRF whose `enforce_csrf` does nothing. */
function checkAuthentication(node: ClassDef, ctx: Context): void {
  if (!ctx.model.ancestors(node).some((name) => /\bSessionAuthentication$/.test(name))) return;
  const method = node.body.find((it) => it.kind === "FunctionDef" && it.name === "enforce_csrf");
  if (method?.kind !== "FunctionDef") return;
  if (method.body.every(doesNothing)) ctx.report(method, "enforcementRemoved");
}

function doesNothing(statement: Stmt): boolean {
  if (statement.kind === "Expr") return statement.value.kind === "Constant";
  if (statement.kind === "Return") return statement.value === null || statement.value.kind === "Constant";
  return statement.kind === "Pass";
}
