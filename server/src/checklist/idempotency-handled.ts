/** Duplicates handled safely. */

import { defineCheck, foundAt, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";
import { webhookReceivers } from "./_webhooks.ts";

const KEY =
  /(?:event_id|idempotency_?key|external_id|delivery_id|message_id|transaction_id|request_id|dedupe\w*|reference)$/i;

export default defineCheck({
  id: "idempotency-handled",
  title: "Duplicates handled safely",
  why: "delivered twice, done once",
  section: "integrations",
  level: "differentiator",
  roles: BACKEND_AUTOMATION_DATA,
  guide: "integrations#deduplication",
  actions: [{ kind: "snippet", prefix: "webhook-dedupe-model" }],
  judge(stack) {
    const [receiver] = webhookReceivers(stack);
    const payments = stack.runtime("stripe", "braintree", "paypalrestsdk", "adyen");
    if (receiver === undefined && payments === undefined)
      return notApplicable("Nothing here is delivered twice: no webhooks, no payments.");
    const unique = stack
      .models()
      .find(
        ({ fields, uniques }) =>
          [...fields.values()].some(({ name, unique: own }) => KEY.test(name) && own) ||
          uniques.some((names) => names.some((name) => KEY.test(name))),
      );
    const insert = stack.calls(
      /(?:^|\.)(?:get_or_create|update_or_create|on_conflict_do_nothing|on_conflict_do_update)$/,
    )[0];
    return weigh([
      foundAt(
        unique && { path: unique.path, line: 1 },
        `${unique?.label} keeps a unique key of what was delivered`,
        "No table keeps a unique key of what was delivered",
      ),
      foundAt(insert, "A second delivery changes nothing", "Nothing inserts only what is new"),
    ]);
  },
});
