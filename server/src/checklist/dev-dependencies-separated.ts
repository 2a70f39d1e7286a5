/** Development tools kept out of the runtime. */

import { defineCheck, found, lacks, missing, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";
import { addDevGroup } from "./_scaffolds.ts";

/** Tools that no running program needs. */
const TOOLS: ReadonlySet<string> = new Set([
  "pytest",
  "ruff",
  "black",
  "mypy",
  "ipdb",
  "flake8",
  "pylint",
  "isort",
  "coverage",
  "pytest-cov",
  "pytest-django",
  "tox",
  "nox",
  "pre-commit",
  "pyright",
  "basedpyright",
]);

export default defineCheck({
  id: "dev-dependencies-separated",
  title: "Development tools kept out of runtime",
  why: "smaller, safer images",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#dependency-management",
  actions: [
    { kind: "edit", title: "Add a dev group to pyproject.toml", build: addDevGroup },
    {
      kind: "terminal",
      command: (stack) =>
        stack.locked.size > 0 && stack.files.has("uv.lock") ? "uv add --dev pytest ruff" : null,
    },
  ],
  judge(stack) {
    const tools = stack.dependencies.filter(({ name }) => TOOLS.has(name));
    if (tools.length === 0) return missing("No test or lint tool is declared anywhere.");
    const apart = tools.filter(({ kind }) => kind !== "runtime");
    const leaking = tools.filter(({ kind }) => kind === "runtime");
    const parts = apart
      .slice(0, 4)
      .map((one) => found(`${one.name} is in the group ${one.group ?? "dev"}`, one));
    const leaks = leaking
      .slice(0, 4)
      .map((one) => lacks(`${one.name} is among the runtime dependencies`, one));
    return weigh([...parts, ...leaks]);
  },
});
