/** Webhooks verified. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { webhookReceivers } from "./_webhooks.ts";

const VERIFIES =
  /(?:^|\.)(?:compare_digest|construct_event|verify_signature|verify|verify_header|validate_signature|unwrap)$|^(?:svix|standardwebhooks|hmac|stripe\.Webhook)\./;

export default defineCheck({
  id: "webhook-signature-checked",
  title: "Webhooks verified",
  why: "nobody can forge events",
  section: "integrations",
  level: "must-have",
  roles: ["backend", "automation", "full-stack"],
  guide: "integrations#webhook-receivers",
  actions: [{ kind: "snippet", prefix: "webhook-receiver" }],
  judge(stack) {
    const receivers = webhookReceivers(stack);
    if (receivers.length === 0) return notApplicable("No route receives webhooks.");
    const verifying = stack.calls(VERIFIES);
    return weigh(
      receivers.slice(0, 8).map((route) => {
        const own = verifying.find(
          ({ path, within }) =>
            path === route.path &&
            (within === route.handler || within.startsWith(`${route.handler.split(".")[0]}.`)),
        );
        if (own !== undefined || route.guards.some(({ kind }) => kind === "signature"))
          return found(`${route.url} checks who sent it`, own ?? route);
        const near = verifying.find(({ path }) => path === route.path);
        return near === undefined
          ? lacks(`${route.url} believes whoever calls`, route)
          : found(`${route.url} stands beside a check of signatures`, near);
      }),
    );
  },
});
