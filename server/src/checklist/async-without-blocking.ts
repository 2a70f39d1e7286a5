/** Async code never blocks the loop. */

import { defineCheck, found, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";

export default defineCheck({
  id: "async-without-blocking",
  title: "Async code never blocks the loop",
  why: "one slow call must not stop all",
  section: "async",
  level: "differentiator",
  roles: BACKEND_AUTOMATION_DATA,
  guide: "async#blocking-calls",
  actions: [{ kind: "snippet", prefix: "async-timeout" }],
  judge(stack) {
    const functions = stack.functions().filter((one) => one.async);
    const [first] = functions;
    if (first === undefined) return notApplicable("There is no async function.");
    return weigh([
      found(`${functions.length} async functions`, first),
      ...noFindings(
        stack,
        [
          "blocking-call-in-async",
          "blocking-call-reached-from-async",
          "sync-orm-in-async-endpoint",
          "unbounded-concurrency",
        ],
        "None of them blocks the loop",
      ),
    ]);
  },
});
