/** Dependencies declared in a manifest. */

import { defineCheck, found, lacks, missing, unsure, weigh, weighAs } from "../engine/check.ts";
import { undeclaredImports } from "../stack/undeclared.ts";
import { starterPyproject } from "./_scaffolds.ts";

export default defineCheck({
  id: "manifest-present",
  title: "Dependencies declared in a manifest",
  why: "a clone can be installed",
  section: "core-python",
  level: "must-have",
  roles: ["backend", "automation", "data", "full-stack"],
  guide: "core-python#dependency-management",
  actions: [
    { kind: "scaffold", title: "Create pyproject.toml", build: starterPyproject },
    { kind: "snippet", prefix: "toml-pyproject" },
  ],
  judge(stack) {
    const declaring = stack.manifests.filter(({ declares, format }) => declares && format !== "script");
    const broken = stack.pyproject?.problem;
    if (declaring.length === 0 && broken) {
      return weighAs("cannot-tell", [unsure(broken.message, { path: "pyproject.toml", line: broken.line })]);
    }
    if (declaring.length === 0) return missing("No manifest lists what this project needs.");
    const parts = declaring.slice(0, 4).map(({ path, dependencies }) => {
      const line = dependencies[0]?.line ?? 1;
      return found(`${path} lists ${count(dependencies.length)}`, { path, line });
    });
    if (declaring.some(({ dynamic }) => dynamic)) {
      return weigh([...parts, unsure("A program works the list out when it is installed")]);
    }
    const undeclared = undeclaredImports(stack).map(({ name, distribution, ...place }) =>
      lacks(`${name} is imported, but ${distribution} is not declared`, place),
    );
    return weigh([...parts, ...undeclared.slice(0, 6)]);
  },
});

function count(length: number): string {
  return length === 1 ? "one requirement" : `${length} requirements`;
}
