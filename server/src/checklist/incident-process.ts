/** Incident process agreed and practised. */

import { defineCheck, found, missing, weighAs } from "../engine/check.ts";

export default defineCheck({
  id: "incident-process",
  title: "Incident process agreed and practised",
  why: "calm beats speed",
  section: "evaluating-skills",
  level: "senior",
  roles: ["backend", "data", "full-stack"],
  guide: "evaluating-skills#incident-response",
  manual: true,
  actions: [{ kind: "snippet", prefix: "md-runbook" }],
  judge(stack) {
    const [file] = stack.files.find(
      /(?:^|\/)(?:docs?\/)?(?:[\w-]*runbooks?[\w-]*|on-?call|post-?mortems?|incidents?)(?:\/[^/]+)?\.(?:md|rst)$/i,
    );
    if (file === undefined) return missing("No runbook is there; note when the last drill was.");
    return weighAs(
      "partly",
      [found("A runbook or a report of an incident is there", { path: file.path, line: 1 })],
      "A runbook or a report of an incident is there; whether it is practised is yours to say.",
    );
  },
});
