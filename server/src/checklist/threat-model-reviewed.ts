/** Threats reviewed for the main flows. */

import { defineCheck, found, missing, weighAs } from "../engine/check.ts";

export default defineCheck({
  id: "threat-model-reviewed",
  title: "Threats reviewed for the main flows",
  why: "design-time safety is cheap",
  section: "evaluating-skills",
  level: "senior",
  roles: ["backend", "full-stack"],
  guide: "security#thinking-in-threats",
  manual: true,
  actions: [{ kind: "snippet", prefix: "md-threat-model" }],
  judge(stack) {
    const [file] = stack.files.find(/(?:^|\/)(?:SECURITY|[\w-]*threat[\w-]*)\.(?:md|rst)$/i);
    if (file === undefined)
      return missing("No threat model is there; note the date and the flows that were looked at.");
    return weighAs(
      "partly",
      [found("A security policy or threat model is there", { path: file.path, line: 1 })],
      "A security policy or threat model is there; whether it is practised is yours to say.",
    );
  },
});
