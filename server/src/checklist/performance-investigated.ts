/** A slowness was traced and fixed. */

import { defineCheck, missing } from "../engine/check.ts";

export default defineCheck({
  id: "performance-investigated",
  title: "A slowness was traced and fixed",
  why: "evidence, not folklore",
  section: "evaluating-skills",
  level: "senior",
  roles: ["backend", "data"],
  guide: "evaluating-skills#performance-troubleshooting",
  manual: true,
  judge: () => missing("No file shows this. Note the symptom, the cause and the numbers."),
});
