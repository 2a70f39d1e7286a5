/** Fixed bugs have tests. */

import { cannotTell, defineCheck, found, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

const REFERENCE = /#\d{1,6}\b|(?:^|[^a-z])(?:issue|bug|gh|ticket)[_\s-]?#?\d+|regression/i;

export default defineCheck({
  id: "regression-tests-kept",
  title: "Fixed bugs have tests",
  why: "old bugs stay dead",
  section: "testing",
  level: "differentiator",
  roles: EVERYONE,
  guide: "testing#regression-tests",
  actions: [{ kind: "snippet", prefix: "test-regression" }],
  judge(stack) {
    const tests = stack.testFacts().filter(({ name, notes }) => REFERENCE.test(`${name} ${notes}`));
    const [first] = tests;
    if (first === undefined)
      return cannotTell("No test names the bug that it is about; which bugs were fixed cannot be seen.");
    return weigh([found(`${tests.length} tests name the bug that they are about`, first)]);
  },
});
