/** Rule: a webhook that does its work again when the provider sends the event again. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { webhookOf } from "./_shared.ts";

type Context = RuleContext<"repeated">;

/** Calls that make something new each time: rows, charges, messages, shipments. */
const MAKES =
  /^(?:create|acreate|insert_one|insert_many|send_mail|send_email|send_message|charge\w*|refund\w*|ship\w*|credit\w*|fulfill\w*|grant\w*)$/;
/** Words by which code says that it knows events it has seen. */
const KNOWS_EVENTS =
  /idempot|dedup|duplicate|already|processed|seen|event_?id|delivery_?id|message_?id|notification_?id|get_or_create|update_or_create|upsert|on_conflict|ignore_conflicts|IntegrityError|UniqueViolation|nx=True|setnx|insert_or_ignore|exists\(\)|with_for_update|select_for_update|["']event["']\s*:\s*\{?.*["']id["']|\[["']id["']\]\s*\)\s*\.exists/i;

export default defineRule({
  id: "webhook-without-deduplication",
  title: "Webhook that works twice for one event",
  section: "integrations",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [837],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#webhook-receivers",
  messages: {
    repeated:
      "`{{endpoint}}` calls `{{action}}` for every delivery, and providers deliver an event again when an answer is late. Remember the event's id under a unique constraint, in the same transaction.",
  },
  docs: {
    why: "Providers promise to deliver at least once: after a timeout, after an error, after a deployment in the wrong second, and sometimes for no reason at all the same event comes twice. A handler that creates, credits or ships does so twice then. Insert the event's id into a table with a unique constraint together with the effect; the second time the database refuses.",
    bad: `import stripe
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from shop.models import Payment


def stripe_webhook(request):
    signature = request.headers["Stripe-Signature"]
    event = stripe.Webhook.construct_event(request.body, signature, settings.STRIPE_WEBHOOK_SECRET)
    Payment.objects.create(amount=event["data"]["object"]["amount"])
    return HttpResponse(status=204)


urlpatterns = [path("webhooks/stripe/", stripe_webhook)]
`,
    good: `import stripe
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from shop.models import Payment


def stripe_webhook(request):
    signature = request.headers["Stripe-Signature"]
    event = stripe.Webhook.construct_event(request.body, signature, settings.STRIPE_WEBHOOK_SECRET)
    Payment.objects.get_or_create(
        event_id=event["id"],
        defaults={"amount": event["data"]["object"]["amount"]},
    )
    return HttpResponse(status=204)


urlpatterns = [path("webhooks/stripe/", stripe_webhook)]
`,
    whenFine:
      "Setting a state to what the event says is the same the second time, and a handler that only hands the event to a queue leaves the question to the worker. Neither is reported.",
    references: [
      "https://docs.stripe.com/webhooks#handle-duplicate-events",
      "https://www.standardwebhooks.com/",
    ],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const webhook = webhookOf(node, ctx);
  if (webhook === undefined || KNOWS_EVENTS.test(ctx.text(node))) return;
  const made = find(node.body, (at): at is Call => at.kind === "Call" && makesNew(at));
  if (made === undefined) return;
  ctx.report(made, "repeated", { data: { endpoint: webhook.label, action: lastName(made.func) } });
}

/** A call that makes something, and `session.add(Model(…))`; looking something up and changing it is no such call. */
function makesNew(call: Call): boolean {
  const name = lastName(call.func);
  if (MAKES.test(name)) return !isOfLibrary(call.func);
  const [first] = call.args;
  return name === "add" && first?.kind === "Call" && /^[A-Z]/.test(lastName(first.func));
}

/** `stripe.Customer.create` has idempotency keys of its own; logs and caches are no effects. */
function isOfLibrary(func: Node): boolean {
  for (let at: Node = func; at.kind === "Attribute"; at = at.value) {
    if (at.value.kind === "Name" && /^(?:stripe|logger|log|cache|metrics|logging|client)$/.test(at.value.id))
      return true;
  }
  return false;
}
