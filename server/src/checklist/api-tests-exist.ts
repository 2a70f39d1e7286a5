/** API behaviour tested. */

import { defineCheck, found, foundAt, missing, notApplicable, weigh } from "../engine/check.ts";
import { hasRoutes, WEB } from "./_common.ts";

export default defineCheck({
  id: "api-tests-exist",
  title: "API behaviour tested",
  why: "contracts hold",
  section: "testing",
  level: "must-have",
  roles: WEB,
  guide: "testing#api-tests",
  actions: [
    { kind: "snippet", prefix: "test-api-fastapi" },
    { kind: "snippet", prefix: "test-api-drf" },
    { kind: "snippet", prefix: "test-api-flask" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const tests = stack.testFacts().filter(({ statuses }) => statuses.length > 0);
    const [first] = tests;
    if (first === undefined) return missing("No test looks at a status code.");
    return weigh([
      found(`${tests.length} tests look at the status`, first),
      foundAt(
        tests.find(({ readsBody }) => readsBody),
        "Tests look at what comes back",
        "No test looks at the body",
      ),
      foundAt(
        tests.find(({ statuses }) => statuses.some((status) => status >= 400 && status < 500)),
        "Tests expect refusals too",
        "No test expects a refusal (4xx)",
      ),
    ]);
  },
});
