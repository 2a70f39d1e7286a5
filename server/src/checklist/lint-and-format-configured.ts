/** Formatter and linter configured. */

import { defineCheck, found, foundAt, lacks, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { addTable } from "./_scaffolds.ts";

export default defineCheck({
  id: "lint-and-format-configured",
  title: "Formatter and linter configured",
  why: "reviews talk about substance",
  section: "workflow",
  level: "must-have",
  roles: EVERYONE,
  guide: "workflow#code-quality-tools",
  actions: [
    {
      kind: "edit",
      title: "Configure Ruff in pyproject.toml",
      build: addTable(
        ["tool", "ruff"],
        `[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nextend-select = ["B", "I", "UP"]\n`,
      ),
    },
    { kind: "snippet", prefix: "toml-ruff" },
  ],
  judge(stack) {
    const ruff =
      stack.tool("ruff") ??
      stack.dep("ruff") ??
      stack.hook(/^ruff/) ??
      stack.step(/\bruff (?:check|format)\b|astral-sh\/ruff-action/);
    const formats =
      ruff == null
        ? undefined
        : (stack.hook(/^ruff-format$/) ??
          stack.step(/\bruff format\b/) ??
          (stack.tool("ruff") === null ? undefined : stack.tool("ruff")));
    const black =
      stack.tool("black") ?? stack.dep("black") ?? stack.hook(/^black/) ?? stack.step(/\bblack\b/);
    const other = stack.dep("yapf", "autopep8") ?? stack.hook(/^(?:yapf|autopep8)$/);
    const linter =
      ruff ??
      stack.tool("flake8") ??
      stack.dep("flake8", "pylint") ??
      stack.tool("pylint") ??
      stack.hook(/^(?:flake8|pylint)$/) ??
      stack.step(/\b(?:flake8|pylint)\b/);
    const formatter = black ?? other ?? formats;
    const overlapping = black != null && stack.hook(/^ruff-format$/) !== undefined;
    return weigh([
      foundAt(linter, "A linter is configured", "No linter is configured"),
      foundAt(formatter, "A formatter is configured", "No formatter is configured"),
      ...(overlapping
        ? [lacks("Black and Ruff's formatter both format", black)]
        : formatter == null
          ? []
          : [found("One formatter decides", formatter)]),
    ]);
  },
});
