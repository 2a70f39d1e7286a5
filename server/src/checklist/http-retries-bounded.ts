/** Retries bounded with backoff. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";
import { outgoingCalls } from "./_outgoing.ts";

const RETRIES =
  /^(?:tenacity\.(?:retry|Retrying|AsyncRetrying)|stamina\.\w+|backoff\.(?:on_exception|on_predicate)|urllib3(?:\.\w+)*\.Retry|requests(?:\.\w+)*\.Retry|httpx_retries\.\w+)$/;

export default defineCheck({
  id: "http-retries-bounded",
  title: "Retries bounded with backoff",
  why: "blips heal, storms do not start",
  section: "integrations",
  level: "differentiator",
  roles: BACKEND_AUTOMATION_DATA,
  guide: "integrations#retries-and-backoff",
  actions: [{ kind: "snippet", prefix: "http-retry" }],
  judge(stack) {
    const calls = outgoingCalls(stack);
    const retries = stack.calls(RETRIES);
    if (calls.length === 0 && retries.length === 0) return notApplicable("Nothing calls another service.");
    if (retries.length === 0) return missing("No call of another service is tried again.");
    return weigh(
      retries.flatMap((one) => {
        const { name, keywords, args, unpacks } = one;
        const given = (...names: readonly string[]) =>
          unpacks || names.some((key) => keywords[key] !== undefined);
        // stamina bounds its attempts and waits between them by itself.
        const stops =
          name.startsWith("stamina.") ||
          given("stop", "total", "max_tries", "max_time", "connect", "read") ||
          (/Retry$/.test(name) && args.length > 0);
        const waits =
          name.startsWith("stamina.") ||
          name.startsWith("httpx_retries.") ||
          name.startsWith("backoff.") ||
          given("wait", "backoff_factor");
        return [
          stops ? found("Retries stop", one) : lacks("Retries never stop", one),
          waits ? found("Retries wait longer each time", one) : lacks("Retries do not wait", one),
        ];
      }),
    );
  },
});
