/** Others grow through you. */

import { defineCheck, missing } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "mentoring",
  title: "Others grow through you",
  why: "knowledge is shared",
  section: "evaluating-skills",
  level: "senior",
  roles: EVERYONE,
  guide: "evaluating-skills#mentoring",
  manual: true,
  judge: () => missing("No file shows this. Note who, and what they can do now."),
});
