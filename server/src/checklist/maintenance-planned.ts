/** Upgrades and debt have a plan. */

import { defineCheck, found, missing, weighAs } from "../engine/check.ts";
import { atFile, EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "maintenance-planned",
  title: "Upgrades and debt have a plan",
  why: "the stack stays alive",
  section: "evaluating-skills",
  level: "senior",
  roles: EVERYONE,
  guide: "evaluating-skills#long-term-maintainability",
  manual: true,
  judge(stack) {
    const bot = atFile(
      stack.files.all.find(({ path }) =>
        /(?:^|\/)(?:\.github\/dependabot\.ya?ml|\.?renovate(?:rc)?(?:\.json5?)?|\.github\/renovate\.json5?)$/.test(
          path,
        ),
      ),
    );
    if (bot === undefined)
      return missing("No file shows this. Note when dependencies and debt were looked at last.");
    return weighAs(
      "partly",
      [found("A bot proposes upgrades", bot)],
      "A bot proposes upgrades; when they are looked at is yours to say.",
    );
  },
});
