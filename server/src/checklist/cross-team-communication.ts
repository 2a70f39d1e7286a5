/** Trade-offs explained across teams. */

import { defineCheck, missing } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "cross-team-communication",
  title: "Trade-offs explained across teams",
  why: "decisions hold",
  section: "evaluating-skills",
  level: "senior",
  roles: EVERYONE,
  guide: "evaluating-skills#cross-team-communication",
  manual: true,
  judge: () => missing("No file shows this. Note where it can be read."),
});
