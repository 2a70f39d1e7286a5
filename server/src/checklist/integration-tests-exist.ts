/** Integration tests exist. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { atFile, hasRoutes, SERVICES, sqlPlace } from "./_common.ts";

export default defineCheck({
  id: "integration-tests-exist",
  title: "Integration tests exist",
  why: "parts work together",
  section: "testing",
  level: "differentiator",
  roles: SERVICES,
  guide: "testing#integration-tests",
  actions: [{ kind: "snippet", prefix: "test-integration-db" }],
  judge(stack) {
    if (sqlPlace(stack) === undefined && !hasRoutes(stack))
      return notApplicable("There is no other part to work with.");
    const containers =
      stack.testCalls(/^testcontainers\./)[0] ??
      stack.dep("testcontainers", "pytest-postgresql", "pytest-docker");
    const services = stack.pipelines.flatMap((pipeline) => pipeline.services)[0];
    const marked = stack.testFacts().find(({ notes }) => /\b(?:django_db|integration)\b/.test(notes));
    const cases = stack.tests
      .flatMap(({ path, types }) => types.map((type) => ({ ...type, path })))
      .find(({ bases }) =>
        bases.some((base) =>
          /^(?:django\.test\.(?:testcases\.)?(?:TestCase|TransactionTestCase|LiveServerTestCase)|rest_framework\.test\.APITestCase)$/.test(
            base,
          ),
        ),
      );
    const folder = atFile(
      stack.files.find(/(?:^|\/)tests?\/(?:.*\/)?integration(?:_tests)?\/.*\.py$/)[0] ??
        stack.files.find(/(?:^|\/)integration_tests?\/.*\.py$/)[0],
    );
    const engine = stack.testCalls(/(?:^|\.)create_(?:async_)?engine$/)[0];
    const place = containers ?? marked ?? cases ?? folder ?? engine;
    if (place === undefined) return weigh([lacks("No test works with a real database or broker")]);
    const lite =
      engine !== undefined &&
      engine.args[0]?.kind === "constant" &&
      String(engine.args[0].value).startsWith("sqlite");
    const real = services ?? containers;
    if (lite && real === undefined)
      return weigh([
        found("Tests work with a database", engine),
        lacks("SQLite stands in for the database of production", engine),
      ]);
    return weigh([
      found("Tests work with the real parts", place),
      ...(services === undefined ? [] : [found(`CI starts ${services.name}`, services)]),
    ]);
  },
});
