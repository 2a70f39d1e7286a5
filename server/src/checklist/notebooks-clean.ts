/** Notebooks hold no output or logic others need. */

import { defineCheck, foundAt, notApplicable, weigh } from "../engine/check.ts";
import { atFile } from "./_common.ts";

export default defineCheck({
  id: "notebooks-clean",
  title: "Notebooks hold no output or logic others need",
  why: "reviewable, no leaked data",
  section: "data",
  level: "differentiator",
  roles: ["data"],
  guide: "data#notebooks",
  actions: [{ kind: "terminal", command: "nbstripout --install" }],
  judge(stack) {
    const notebooks = stack.files.find(/\.ipynb$/);
    if (notebooks.length === 0) return notApplicable("There are no notebooks.");
    const attributes = stack.texts.flatMap(({ path, lines }) => {
      const line = path.endsWith(".gitattributes")
        ? (lines ?? []).findIndex((text) => /ipynb.*filter=/.test(text))
        : -1;
      return line === -1 ? [] : [{ path, line: line + 1 }];
    })[0];
    const guard =
      stack.hook(/nbstripout|nb-clean|jupytext|nbqa/) ??
      attributes ??
      stack.tool("jupytext") ??
      stack.step(/nbstripout|nb-clean/);
    return weigh([
      foundAt(
        guard,
        "Output is stripped before a commit",
        `Nothing strips the output of ${notebooks.length} notebooks, ${atFile(notebooks[0])?.path} first`,
      ),
    ]);
  },
});
