/** Another user's access is tested. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { hasRoutes, WEB } from "./_common.ts";

/** Names under which a second person appears. */
const OTHER =
  /other|another|second|foreign|not_owner|non_?owner|stranger|unauthori[sz]ed|forbidden|no_?permission|not_allowed|wrong_(?:user|project|team)|cross|isolation|different|user_?2|bob|charlie|member|viewer|guest|normal_?user|regular_?user|superuser/i;

export default defineCheck({
  id: "authorization-tests-exist",
  title: "Another user's access is tested",
  why: "private stays private",
  section: "testing",
  level: "differentiator",
  roles: WEB,
  guide: "testing#authorization-tests",
  actions: [{ kind: "snippet", prefix: "test-authz-matrix" }],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    if (!stack.routes().some(({ guards }) => guards.length > 0))
      return notApplicable("No route asks who calls.");
    const refusing = stack
      .testFacts()
      .filter(({ statuses }) =>
        statuses.some((status) => status === 401 || status === 403 || status === 404),
      );
    const [first] = refusing;
    if (first === undefined) return missing("No test expects 401, 403 or 404.");
    const crossing = refusing.filter(
      ({ name, parameters, notes, statuses }) =>
        statuses.some((status) => status === 403 || status === 404) &&
        OTHER.test([name, notes, ...parameters].join(" ")),
    );
    const [other] = crossing;
    return weigh([
      found(`${refusing.length} tests expect a refusal`, first),
      other === undefined
        ? lacks("None of them is about what belongs to somebody else")
        : found(`${crossing.length} of them are about another person's objects`, other),
    ]);
  },
});
