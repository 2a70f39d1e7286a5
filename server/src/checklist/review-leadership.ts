/** Reviews raise the team's bar. */

import { defineCheck, missing } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "review-leadership",
  title: "Reviews raise the team's bar",
  why: "quality spreads",
  section: "evaluating-skills",
  level: "senior",
  roles: EVERYONE,
  guide: "evaluating-skills#code-review-leadership",
  manual: true,
  judge: () => missing("No file shows this. Note a review that shows it."),
});
