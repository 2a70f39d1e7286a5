/** Coverage measured with a floor. */

import { tableAt } from "../base/toml.ts";
import { defineCheck, found, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { addTable } from "./_scaffolds.ts";

const BLOCK = `[tool.coverage.run]
branch = true

[tool.coverage.report]
fail_under = 80
`;

export default defineCheck({
  id: "coverage-measured",
  title: "Coverage measured with a floor",
  why: "gaps are seen",
  section: "testing",
  level: "differentiator",
  roles: EVERYONE,
  guide: "testing#coverage",
  actions: [
    {
      kind: "edit",
      title: "Configure coverage in pyproject.toml",
      build: addTable(["tool", "coverage"], BLOCK),
    },
    { kind: "snippet", prefix: "toml-coverage" },
  ],
  judge(stack) {
    const tool = stack.tool("coverage");
    const table = stack.toolTable("coverage") ?? {};
    const pytest = JSON.stringify(stack.toolTable("pytest") ?? {});
    const step = stack.step(/--cov\b|\bcoverage (?:run|report|xml)\b|codecov|coveralls/);
    const measured = tool ?? step ?? (/--cov\b/.test(pytest) ? stack.tool("pytest") : null);
    if (measured === null) return missing("Coverage is not measured.");
    const run = tableAt(table, "run") ?? table;
    const report = tableAt(table, "report") ?? table;
    const branch =
      String(run.branch) === "true" ||
      String(run.branch) === "True" ||
      /--cov-branch/.test(pytest) ||
      stack.step(/--cov-branch|--branch\b/) !== undefined;
    const floor =
      report.fail_under !== undefined ||
      /--cov-fail-under/.test(pytest) ||
      stack.step(/--cov-fail-under|--fail-under/) !== undefined;
    return weigh([
      found("Coverage is measured", measured),
      branch ? found("Branches are measured", measured) : lacks("Branches are not measured", measured),
      floor ? found("There is a floor", measured) : lacks("Nothing fails where coverage falls", measured),
    ]);
  },
});
