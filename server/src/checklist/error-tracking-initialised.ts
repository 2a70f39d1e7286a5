/** Errors are reported somewhere. */

import { defineCheck, found, lacks, weigh } from "../engine/check.ts";
import { constantOf, SERVICES } from "./_common.ts";

export default defineCheck({
  id: "error-tracking-initialised",
  title: "Errors are reported somewhere",
  why: "you hear before users do",
  section: "deployment",
  level: "differentiator",
  roles: SERVICES,
  guide: "deployment#error-tracking",
  actions: [{ kind: "snippet", prefix: "sentry-init" }],
  judge(stack) {
    const sentry = stack.calls(/^sentry_sdk(?:\.\w+)*\.init$/)[0];
    if (sentry === undefined) {
      const other =
        stack.calls(
          /^(?:rollbar\.init|bugsnag\.configure|honeybadger\.(?:honeybadger\.)?configure|elasticapm\.\w+|newrelic\.agent\.\w+|ddtrace\.\w+)$/,
        )[0] ?? stack.runtime("rollbar", "bugsnag", "honeybadger", "elastic-apm", "newrelic", "raven");
      return weigh([
        other === undefined
          ? lacks("Nothing reports errors; where the platform does, say so in a note")
          : found("Errors are reported", other),
      ]);
    }
    const { dsn = sentry.args[0], environment, release, send_default_pii: pii } = sentry.keywords;
    return weigh([
      found("Sentry is started", sentry),
      typeof constantOf(dsn) === "string"
        ? lacks("The DSN is written into the code", sentry)
        : found("The DSN comes from settings", sentry),
      environment === undefined && release === undefined && !sentry.unpacks
        ? lacks("Neither environment nor release is told", sentry)
        : found("Environment or release is told", sentry),
      ...(constantOf(pii) === true ? [lacks("Personal data is sent along", sentry)] : []),
    ]);
  },
});
