/** Debug mode off outside development. */

import { defineCheck, found, lacks, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { constantOf, hasRoutes, WEB, webDependency } from "./_common.ts";

export default defineCheck({
  id: "debug-off-in-production",
  title: "Debug mode off outside development",
  why: "no debugger on the internet",
  section: "deployment",
  level: "must-have",
  roles: WEB,
  guide: "flask#debug-and-development-server",
  judge(stack) {
    const web = webDependency(stack);
    if (web === undefined && !hasRoutes(stack))
      return notApplicable("No web framework is among the dependencies.");
    const fastapi = stack
      .calls(/^(?:fastapi|starlette)(?:\.\w+)*\.(?:FastAPI|Starlette)$/)
      .filter(({ keywords }) => constantOf(keywords.debug) === true);
    const rules = noFindings(
      stack,
      ["django-debug-enabled", "flask-debug-enabled"],
      "No application is started with its debugger",
    );
    return weigh([
      ...rules,
      ...fastapi.map((one) => lacks("The application is made with debug=True", one)),
      ...(web === undefined
        ? []
        : rules.every(({ ok }) => ok === true) && fastapi.length === 0
          ? [found(`${web.name} runs without its debugger by default`, web)]
          : []),
    ]);
  },
});
