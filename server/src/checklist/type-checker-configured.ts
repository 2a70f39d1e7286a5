/** Type checker configured. */

import { defineCheck, found, foundAt, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { addTable } from "./_scaffolds.ts";

const CHECKERS = ["mypy", "pyright", "basedpyright", "ty", "pyrefly"] as const;

export default defineCheck({
  id: "type-checker-configured",
  title: "Type checker configured",
  why: "contracts are checked",
  section: "workflow",
  level: "differentiator",
  roles: EVERYONE,
  guide: "workflow#type-checking",
  actions: [
    {
      kind: "edit",
      title: "Configure mypy in pyproject.toml",
      build: addTable(["tool", "mypy"], `[tool.mypy]\nstrict = true\n`),
    },
    { kind: "snippet", prefix: "toml-mypy" },
  ],
  judge(stack) {
    const name =
      CHECKERS.find((one) => stack.tool(one) !== null) ??
      CHECKERS.find((one) => stack.dep(one) !== undefined);
    const run =
      stack.step(/(?:^|[\s/])(?:mypy|pyright|basedpyright|ty check|pyrefly check)\b/) ??
      stack.hook(/^(?:mypy|pyright|basedpyright|ty|pyrefly)/);
    const tool = name === undefined ? undefined : (stack.tool(name) ?? undefined);
    const place = tool ?? (name === undefined ? undefined : stack.dep(name)) ?? run;
    if (place === undefined) return missing("No type checker is configured.");
    const lax = name === undefined ? undefined : stack.toolTable(name)?.ignore_errors;
    return weigh([
      found(`${name ?? "A type checker"} is ${tool === undefined ? "there" : "configured"}`, place),
      foundAt(run, "It runs in CI or before a commit", "Neither CI nor a hook runs it"),
      ...(String(lax) === "true" || String(lax) === "True"
        ? [lacks("ignore_errors is on for all code", place)]
        : []),
    ]);
  },
});
