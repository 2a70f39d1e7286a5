/** Rule: a webhook that acts on whatever is posted to it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { actionOf, readsBody, verifiesSender, webhookOf } from "./_shared.ts";

type Context = RuleContext<"unverified" | "reserialized">;

export default defineRule({
  id: "webhook-without-signature-check",
  title: "Webhook that believes every sender",
  section: "integrations",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [345],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#webhook-receivers",
  messages: {
    unverified:
      "`{{endpoint}}` acts on what is posted to it (`{{action}}`), and nothing verifies who sent it: anybody can report a payment. Check the provider's signature over the raw body first.",
    reserialized:
      "The signature is computed over JSON that was parsed and written again: spaces and the order of keys differ from what the provider signed. Use the raw bytes of the body.",
  },
  docs: {
    why: 'A webhook is an open door by design: no cookie, no login, a path that is in the provider\'s documentation. What authenticates the message is its signature, computed with a secret that only you and the provider have, over the bytes as they were sent. Without the check, `{"type": "payment.succeeded"}` from anywhere ships goods. Take the provider\'s library where there is one; it also checks how old the message is.',
    bad: `import json

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from shop.models import Order


@csrf_exempt
def stripe_webhook(request):
    event = json.loads(request.body)
    if event["type"] == "payment_intent.succeeded":
        order = Order.objects.get(payment=event["data"]["object"]["id"])
        order.mark_paid()
    return HttpResponse(status=204)


urlpatterns = [path("webhooks/stripe/", stripe_webhook)]
`,
    good: `import stripe
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from shop.models import Order


@csrf_exempt
def stripe_webhook(request):
    signature = request.headers["Stripe-Signature"]
    event = stripe.Webhook.construct_event(request.body, signature, settings.STRIPE_WEBHOOK_SECRET)
    if event["type"] == "payment_intent.succeeded":
        order = Order.objects.get(payment=event["data"]["object"]["id"])
        order.mark_paid()
    return HttpResponse(status=204)


urlpatterns = [path("webhooks/stripe/", stripe_webhook)]
`,
    whenFine:
      'A message that only says "look again", upon which you ask the provider\'s API, needs no signature. A secret token in the path or in a header counts, since some providers offer nothing else; so does a decorator, a dependency or a helper that verifies.',
    references: [
      "https://docs.stripe.com/webhooks#verify-events",
      "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
      "https://www.standardwebhooks.com/",
    ],
    frameworks: {
      Stripe:
        "`stripe.Webhook.construct_event(payload, signature, secret)` with `request.body`, not `request.data`.",
      GitHub: "`X-Hub-Signature-256` is `sha256=` and the HMAC of the body.",
      Slack: "Sign `v0:{timestamp}:{body}`, and refuse what is older than five minutes.",
      Twilio: "`twilio.request_validator.RequestValidator` checks `X-Twilio-Signature`.",
      FastAPI: "Take `request: Request` and `await request.body()`: a Pydantic model has lost the bytes.",
    },
  },
  fix: "none",
  on: {
    FunctionDef: check,
    AsyncFunctionDef: check,
    Call(node, ctx) {
      if (signsReserialized(node, ctx)) ctx.report(node, "reserialized");
    },
  },
});

function check(node: FunctionNode, ctx: Context): void {
  const webhook = webhookOf(node, ctx);
  if (webhook === undefined || !readsBody(node, webhook)) return;
  const action = actionOf(node);
  if (action === undefined || verifiesSender(node, webhook, ctx)) return;
  ctx.report(action, "unverified", {
    data: { endpoint: webhook.label, action: lastName(action.func) },
  });
}

/** Who only signs what it sends may write it as it likes. */
const COMPARES =
  /compare_digest|constant_time_compare|(?:signature|expected|digest\(\))\s*[!=]=|[!=]=\s*\w*(?:signature|expected|digest)/i;

/** `hmac.new(secret, json.dumps(payload).encode(), …)` in a function that is about signatures of what came in. */
function signsReserialized(node: Call, ctx: Context): boolean {
  if (!/^hmac\.(?:new|digest)$/.test(ctx.model.callee(node) ?? "")) return false;
  const holder = ctx.model.enclosingFunction(node);
  if (holder === undefined || !COMPARES.test(ctx.text(holder))) return false;
  const message = node.args[1] ?? node.keywords.find(({ arg }) => arg === "msg")?.value;
  if (message === undefined) return false;
  const source = message.kind === "Name" ? assignedDump(message.id, holder) : message;
  return source !== undefined && find(source, isDump) !== undefined;
}

function isDump(node: { readonly kind: string }): boolean {
  return node.kind === "Call" && lastName((node as Call).func) === "dumps";
}

/** What a variable of the function is assigned, where that is one expression. */
function assignedDump(name: string, holder: FunctionNode) {
  const assigned = find(
    holder.body,
    (at) => at.kind === "Assign" && at.targets.some((target) => target.kind === "Name" && target.id === name),
  );
  return assigned?.kind === "Assign" ? assigned.value : undefined;
}
