/** Test runner configured. */

import { tableAt } from "../base/toml.ts";
import { defineCheck, found, foundAt, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { addTable } from "./_scaffolds.ts";

const BLOCK = `[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = ["--strict-markers", "--strict-config"]
`;

export default defineCheck({
  id: "tests-configured",
  title: "Test runner configured",
  why: "the same run for everyone",
  section: "testing",
  level: "must-have",
  roles: EVERYONE,
  guide: "testing#test-configuration",
  actions: [
    {
      kind: "edit",
      title: "Configure pytest in pyproject.toml",
      build: addTable(["tool", "pytest", "ini_options"], BLOCK),
    },
    { kind: "snippet", prefix: "toml-pytest" },
  ],
  judge(stack) {
    const config = stack.tool("pytest");
    if (config !== null) {
      const own = stack.toolTable("pytest") ?? {};
      const table = tableAt(own, "ini_options") ?? own;
      const options = String(Array.isArray(table.addopts) ? table.addopts.join(" ") : (table.addopts ?? ""));
      const strict =
        /--strict\b|--strict-markers|--strict-config/.test(options) ||
        String(table.strict ?? table.strict_markers) === "true" ||
        table.xfail_strict !== undefined;
      const paths = table.testpaths ?? table.python_files;
      return weigh([
        found("pytest is configured", config),
        paths === undefined
          ? lacks("testpaths does not say where the tests are", config)
          : found("It says where the tests are", config),
        strict
          ? found("Unknown markers are an error", config)
          : lacks("Markers and settings are not strict", config),
      ]);
    }
    const unittest = stack.step(/-m unittest|manage\.py test\b|django-admin test/);
    if (unittest !== undefined) return weigh([found("Tests run by one command in CI", unittest)]);
    const pytest = stack.dep("pytest", "pytest-django", "pytest-asyncio");
    if (pytest === undefined) return missing("No test runner is configured.");
    return weigh([foundAt(pytest, "pytest is a dependency", ""), lacks("pytest has no configuration")]);
  },
});
