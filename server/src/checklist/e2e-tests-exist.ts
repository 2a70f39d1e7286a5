/** Critical flow tested end to end. */

import { isTable } from "../base/toml.ts";
import { defineCheck, foundAt, notApplicable, weigh } from "../engine/check.ts";
import { atFile } from "./_common.ts";

export default defineCheck({
  id: "e2e-tests-exist",
  title: "Critical flow tested end to end",
  why: "the whole thing works",
  section: "testing",
  level: "differentiator",
  roles: ["full-stack"],
  guide: "testing#end-to-end-tests",
  actions: [{ kind: "snippet", prefix: "test-e2e-playwright" }],
  judge(stack) {
    const [template] = stack.files.find(/(?:^|\/)templates\/.*\.html$/);
    if (stack.frontend === null && template === undefined)
      return notApplicable("There are no pages for people.");
    const python = stack.tests.find(({ imports }) =>
      imports.some(({ name }) => /^(?:playwright|selenium|splinter|helium)\b/.test(name)),
    );
    const fixture = stack
      .testFacts()
      .find(({ parameters }) => parameters.includes("page") || parameters.includes("live_server"));
    const script = stack.texts.find(({ path, json }) => {
      if (!/(?:^|\/)package\.json$/.test(path) || !isTable(json)) return false;
      const names = [json.devDependencies, json.dependencies].flatMap((list) =>
        isTable(list) ? Object.keys(list) : [],
      );
      return names.some((name) =>
        /^(?:@playwright\/test|cypress|puppeteer|webdriverio|testcafe|nightwatch)$/.test(name),
      );
    });
    const [suite] = stack.files.find(/(?:^|\/)(?:e2e|cypress)\/.*\.(?:ts|js|py)$|\.(?:e2e|cy)\.(?:ts|js)$/);
    const place = (python && { path: python.path, line: 1 }) ?? fixture ?? atFile(suite) ?? atFile(script);
    return weigh([
      foundAt(place, "A browser walks through the product", "No test walks through the product in a browser"),
    ]);
  },
});
