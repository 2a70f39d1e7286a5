/** Every outgoing call has a timeout. */

import { defineCheck, found, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { outgoingCalls } from "./_outgoing.ts";

export default defineCheck({
  id: "http-timeouts-set",
  title: "Every outgoing call has a timeout",
  why: "one slow host cannot hang you",
  section: "integrations",
  level: "must-have",
  roles: EVERYONE,
  guide: "integrations#timeouts",
  actions: [
    { kind: "snippet", prefix: "http-client-sync" },
    { kind: "snippet", prefix: "http-client-async" },
  ],
  judge(stack) {
    const calls = outgoingCalls(stack);
    if (calls.length === 0) return notApplicable("Nothing calls another service.");
    const rule = noFindings(stack, ["outbound-call-without-timeout"], "All of them have a timeout");
    const [clean] = rule;
    if (clean?.ok === true)
      return weigh([found(`${calls.length} calls of other services, all with a timeout`, calls[0] ?? null)]);
    const short = stack.findings(["outbound-call-without-timeout"]).length;
    const rest =
      calls.length > short
        ? [found(`${calls.length - short} of ${calls.length} calls have a timeout`, calls[0] ?? null)]
        : [];
    return weigh([...rest, ...rule]);
  },
});
