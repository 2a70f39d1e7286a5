/** Security events logged without secrets. */

import { defineCheck, foundAt, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { hasRoutes, WEB } from "./_common.ts";

export default defineCheck({
  id: "security-events-logged",
  title: "Security events logged without secrets",
  why: "misuse can be traced",
  section: "security",
  level: "senior",
  roles: WEB,
  guide: "security#security-logging",
  actions: [{ kind: "snippet", prefix: "log-security-event" }],
  judge(stack) {
    if (!hasRoutes(stack) || !stack.routes().some(({ guards }) => guards.length > 0))
      return notApplicable("Nobody signs in here.");
    const logs = stack.calls(
      /^(?:logging\.(?:Logger\.)?|structlog\.|loguru\.).*(?:info|warning|error|warn|critical|audit)$/,
    );
    const security = logs.find(
      ({ within, args }) =>
        /log_?in|authenticat|permission|denied|sign_?in|password|token/i.test(within) ||
        args.some(
          (arg) =>
            arg.kind === "constant" &&
            /log(?:ged)?[ -]?in|login|denied|permission|authenticat/i.test(String(arg.value)),
        ),
    );
    const signals =
      stack.imports("django.contrib.auth.signals") ??
      stack.runtime("django-axes", "django-easy-audit", "django-auditlog", "django-simple-history");
    return weigh([
      foundAt(
        security ?? signals,
        "Signing in or being refused is logged",
        "Neither signing in nor being refused is logged",
      ),
      ...noFindings(stack, ["secret-reaches-log"], "No secret reaches a log"),
    ]);
  },
});
