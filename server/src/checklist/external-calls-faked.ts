/** Tests never call live services. */

import { defineCheck, found, foundAt, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";
import { outgoingCalls } from "./_outgoing.ts";

export default defineCheck({
  id: "external-calls-faked",
  title: "Tests never call live services",
  why: "fast, repeatable tests",
  section: "integrations",
  level: "differentiator",
  roles: BACKEND_AUTOMATION_DATA,
  guide: "integrations#sandbox-and-fakes",
  actions: [{ kind: "snippet", prefix: "test-http-mock" }],
  judge(stack) {
    if (outgoingCalls(stack).length === 0) return notApplicable("Nothing calls another service.");
    if (stack.testFacts().length === 0) return notApplicable("There are no tests.");
    const library = stack.dep(
      "respx",
      "responses",
      "vcrpy",
      "pytest-httpx",
      "moto",
      "fakeredis",
      "pytest-recording",
      "pytest-socket",
      "requests-mock",
      "aioresponses",
      "httpretty",
      "pytest-httpserver",
    );
    if (library !== undefined)
      return weigh([found(`${library.name} answers in place of other services`, library)]);
    const mock = stack.testCalls(
      /(?:^|\.)MockTransport$|^unittest\.mock\.(?:patch|patch\.\w+)$|^(?:pytest_mock|responses|respx)\./,
    )[0];
    const transport = stack.tests.find(({ imports }) =>
      imports.some(({ name }) => /^unittest\.mock|MockTransport$/.test(name)),
    );
    return weigh([
      foundAt(
        mock ?? (transport && { path: transport.path, line: 1 }),
        "Tests replace calls of other services",
        "No test replaces calls of other services",
      ),
    ]);
  },
});
