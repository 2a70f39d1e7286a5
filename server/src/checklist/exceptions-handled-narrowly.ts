/** Errors caught narrowly, never swallowed. */

import { defineCheck, found, noFindings, notApplicable, weigh, weighAs } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

const RULES = ["bare-except", "swallowed-exception", "lost-exception-cause"];
/** More findings than this, and than this share of all places, are a habit. */
const FEW = 3;
const FEW_SHARE = 0.05;

export default defineCheck({
  id: "exceptions-handled-narrowly",
  title: "Errors caught narrowly, never swallowed",
  why: "failures stay visible",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#exceptions",
  actions: [{ kind: "snippet", prefix: "py-try-log-raise" }],
  judge(stack) {
    const places = stack.app.flatMap(({ path, tries, raises }) =>
      [...tries, ...raises].map((line) => ({ path, line })),
    );
    const [first] = places;
    if (first === undefined) return notApplicable("Nothing is caught and nothing is raised.");
    const handled = found(`Errors are caught or raised in ${places.length} places`, first);
    const parts = [
      handled,
      ...noFindings(stack, RULES, "No handler is bare, swallows its error or loses the cause"),
    ];
    const count = stack.findings(RULES).length;
    return count > Math.max(FEW, places.length * FEW_SHARE) ? weighAs("missing", parts) : weigh(parts);
  },
});
