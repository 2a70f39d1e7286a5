/** No secrets in the code. */

import { defineCheck, foundAt, lacks, noFindings, weigh, weighAs } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

const RULES = ["hardcoded-credential", "provider-key-in-source", "insecure-secret-fallback"];

export default defineCheck({
  id: "no-hardcoded-secrets",
  title: "No secrets in the code",
  why: "history is for ever",
  section: "secrets",
  level: "must-have",
  roles: EVERYONE,
  guide: "secrets#never-hardcode",
  actions: [{ kind: "snippet", prefix: "yaml-pre-commit" }],
  judge(stack) {
    const guard =
      stack.hook(/gitleaks|detect-secrets|trufflehog|talisman|ggshield|detect-private-key/) ??
      stack.step(/gitleaks|detect-secrets|trufflehog|ggshield|git-secrets/);
    const files = stack.files
      .find(/(?:^|\/)\.env$/)
      .map(({ path }) => lacks(`${path} is not ignored by git`, { path, line: 1 }));
    const findings = noFindings(stack, RULES, "No secret was found in the code");
    const parts = [
      ...findings,
      ...files,
      foundAt(
        guard,
        "A tool guards against new ones",
        "No tool guards against new ones; where the host does, say so in a note",
      ),
    ];
    const certain = stack
      .findings(RULES)
      .some(
        ({ confidence, severity }) =>
          confidence !== "low" && (severity === "error" || severity === "warning"),
      );
    return certain && guard === undefined ? weighAs("missing", parts) : weigh(parts);
  },
});
