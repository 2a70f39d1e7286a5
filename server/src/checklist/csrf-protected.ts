/** Cookie forms protected from forgery. */

import {
  defineCheck,
  found,
  foundAt,
  lacks,
  noFindings,
  notApplicable,
  unsure,
  weigh,
} from "../engine/check.ts";
import { hasRoutes, textsIn, usesDjango, WEB } from "./_common.ts";

export default defineCheck({
  id: "csrf-protected",
  title: "Cookie forms protected from forgery",
  why: "others cannot act for users",
  section: "security",
  level: "must-have",
  roles: WEB,
  guide: "security#request-forgery",
  actions: [{ kind: "snippet", prefix: "flask-csrf" }],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const exempt = noFindings(
      stack,
      ["csrf-exempt-on-session-endpoint"],
      "No view with a session is exempt",
    ).filter(({ ok }) => ok === false);
    if (usesDjango(stack)) {
      const middleware = stack.setting("MIDDLEWARE");
      const on = middleware.find(({ value }) =>
        textsIn(value).includes("django.middleware.csrf.CsrfViewMiddleware"),
      );
      if (middleware.length === 0)
        return weigh([unsure("The settings with MIDDLEWARE were not found"), ...exempt]);
      return weigh([
        foundAt(on, "Django's CSRF middleware is on", "Django's CSRF middleware is off"),
        ...exempt,
      ]);
    }
    const login =
      stack.runtime("flask-login", "flask-security", "flask-security-too") ??
      stack.calls(/(?:^|\.)set_cookie$/)[0] ??
      stack.calls(/SessionMiddleware$/)[0];
    const form = stack.runtime("flask-wtf");
    const protect =
      stack.calls(/^flask_wtf(?:\.\w+)*\.CSRFProtect$/)[0] ??
      stack.calls(/(?:CSRF|Csrf)\w*(?:Middleware|Protect\w*)$/)[0];
    const own = stack.functions().find(({ name }) => /csrf/i.test(name));
    if (login === undefined && form === undefined && protect === undefined)
      return notApplicable("Nobody is known by a cookie.");
    const strict = stack.setting("SESSION_COOKIE_SAMESITE")[0];
    const place = protect ?? own ?? strict;
    return weigh([
      place === undefined
        ? lacks("Nothing checks where a form comes from", login ?? form)
        : found("Where a form comes from is checked", place),
      ...exempt,
    ]);
  },
});
