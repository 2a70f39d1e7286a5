/** Session cookies flagged. */

import { defineCheck, found, lacks, noFindings, notApplicable, unsure, weigh } from "../engine/check.ts";
import { constantOf, hasRoutes, usesDjango, WEB } from "./_common.ts";

export default defineCheck({
  id: "cookies-secure",
  title: "Session cookies flagged",
  why: "no theft over HTTP or by scripts",
  section: "security",
  level: "must-have",
  roles: WEB,
  guide: "security#sessions-and-cookies",
  actions: [
    { kind: "snippet", prefix: "flask-session-cookie" },
    { kind: "snippet", prefix: "dj-settings-production" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const cookies = stack.calls(/(?:^|\.)set_cookie$/);
    const session = stack.calls(/SessionMiddleware$/);
    const flask = stack.runtime("flask") !== undefined;
    const django = usesDjango(stack);
    if (!django && !flask && cookies.length === 0 && session.length === 0)
      return notApplicable("No cookie is set.");
    const secure = [...stack.setting("SESSION_COOKIE_SECURE")].at(-1);
    const value =
      secure === undefined
        ? undefined
        : secure.value.kind === "environment"
          ? constantOf(secure.value.fallback ?? undefined)
          : constantOf(secure.value);
    const uses = django || flask;
    const flag = !uses
      ? []
      : secure === undefined
        ? [lacks("SESSION_COOKIE_SECURE is not set")]
        : value === true
          ? [found("SESSION_COOKIE_SECURE is on", secure)]
          : value === undefined
            ? [unsure("SESSION_COOKIE_SECURE comes from settings", secure)]
            : [lacks("SESSION_COOKIE_SECURE is off", secure)];
    const same = stack.setting("SESSION_COOKIE_SAMESITE").at(-1);
    const samesite = django
      ? [found("Django sends the session cookie with HttpOnly and SameSite=Lax by default")]
      : flask
        ? [
            same === undefined
              ? lacks("SESSION_COOKIE_SAMESITE is not set")
              : found("SESSION_COOKIE_SAMESITE is set", same),
          ]
        : [];
    return weigh([
      ...flag,
      ...samesite,
      ...session.map((one) =>
        constantOf(one.keywords.https_only) === true
          ? found("The session cookie is sent over HTTPS only", one)
          : lacks("The session cookie is sent over HTTP too", one),
      ),
      ...(cookies.length === 0
        ? []
        : noFindings(stack, ["insecure-cookie-flags"], `${cookies.length} cookies are set with their flags`)),
    ]);
  },
});
