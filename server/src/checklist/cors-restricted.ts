/** CORS limited to known origins. */

import { defineCheck, found, lacks, noFindings, notApplicable, unsure, weigh } from "../engine/check.ts";
import { constantOf, hasRoutes, textsIn, WEB } from "./_common.ts";

export default defineCheck({
  id: "cors-restricted",
  title: "CORS limited to known origins",
  why: "other sites cannot read answers",
  section: "apis",
  level: "must-have",
  roles: WEB,
  guide: "apis#cross-origin",
  actions: [{ kind: "snippet", prefix: "api-cors" }],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const middleware = stack
      .calls(/(?:^|\.)add_middleware$/)
      .filter(({ args }) => textsIn(args[0]).some((name) => name.endsWith("CORSMiddleware")));
    const direct = stack.calls(/\.CORSMiddleware$/);
    const flask = stack.calls(/^flask_cors(?:\.\w+)*\.(?:CORS|cross_origin)$/);
    const django = [
      ...stack.setting("CORS_ALLOWED_ORIGINS"),
      ...stack.setting("CORS_ORIGIN_WHITELIST"),
      ...stack.setting("CORS_ALLOWED_ORIGIN_REGEXES"),
    ];
    const all = [
      ...stack.setting("CORS_ALLOW_ALL_ORIGINS"),
      ...stack.setting("CORS_ORIGIN_ALLOW_ALL"),
    ].filter(({ value }) => constantOf(value) === true);
    const calls = [...middleware, ...direct, ...flask];
    if (calls.length === 0 && django.length === 0 && all.length === 0) {
      const installed = stack.runtime("django-cors-headers", "flask-cors");
      return weigh([
        installed === undefined
          ? found("No other origin is let in: browsers keep to the same one")
          : unsure(`${installed.name} is installed, but its settings were not found`, installed),
      ]);
    }
    const open = calls.flatMap((call) => {
      const origins = call.keywords.allow_origins ?? call.keywords.origins;
      return textsIn(origins).includes("*") ||
        (flask.includes(call) && origins === undefined && call.keywords.resources === undefined)
        ? [lacks("Every origin is let in", call)]
        : [];
    });
    const named = [
      ...calls.filter(
        (call) => !open.some(({ place }) => place?.path === call.path && place.line === call.line),
      ),
      ...django,
    ];
    return weigh([
      ...named.slice(0, 3).map((one) => found("The origins that are let in are named", one)),
      ...open,
      ...all.map((one) => lacks("Every origin is let in", one)),
      ...noFindings(stack, ["permissive-cors"], "No origin is let in that is not known").filter(
        ({ ok }) => ok !== true,
      ),
    ]);
  },
});
