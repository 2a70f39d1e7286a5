/** Rate limits set. */

import { defineCheck, found, lacks, notApplicable, unsure, weigh } from "../engine/check.ts";
import { entryOf, hasRoutes, textsIn, WEB } from "./_common.ts";

export default defineCheck({
  id: "rate-limit-configured",
  title: "Rate limits set",
  why: "abuse and loops are contained",
  section: "apis",
  level: "differentiator",
  roles: WEB,
  guide: "apis#rate-limits",
  actions: [
    { kind: "snippet", prefix: "fa-rate-limit" },
    { kind: "snippet", prefix: "drf-throttle" },
    { kind: "snippet", prefix: "flask-limiter" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const drf = stack
      .setting("REST_FRAMEWORK")
      .find(({ value }) => entryOf(value, "DEFAULT_THROTTLE_CLASSES") !== undefined);
    const throttled = stack
      .types()
      .find(({ bases }) => bases.some((base) => /^rest_framework\.throttling\./.test(base)));
    const limiter = stack.calls(
      /^(?:slowapi\.Limiter|slowapi\.extension\.Limiter|flask_limiter(?:\.\w+)*\.Limiter|fastapi_limiter\.FastAPILimiter\.init|django_ratelimit\.decorators\.ratelimit|ratelimit\.\w+)$|(?:^|\.)(?:ratelimit|limiter\.limit)$/,
    )[0];
    const decorated = stack
      .functions()
      .find(({ decorators }) =>
        decorators.some((name) => /(?:^|\.)(?:rate_?limit(?:ed)?|throttle\w*|limiter)$/i.test(name)),
      );
    const axes = stack.runtime("django-axes", "django-defender");
    const guarded = stack.routes().find(({ guards }) => guards.some(({ kind }) => kind === "throttle"));
    const place = drf ?? limiter ?? decorated ?? guarded ?? throttled ?? axes;
    if (place === undefined)
      return weigh([lacks("No rate limit was found; where a gateway sets them, say so in a note")]);
    const rates =
      drf !== undefined && entryOf(drf.value, "DEFAULT_THROTTLE_RATES") === undefined
        ? [lacks("No throttle rates are set", drf)]
        : [];
    const storage = limiter?.keywords.storage_uri;
    const memory =
      limiter !== undefined &&
      /Limiter$/.test(limiter.name) &&
      (storage === undefined || textsIn(storage).some((uri) => uri.startsWith("memory:")));
    const shared = memory
      ? [
          stack.setting("RATELIMIT_STORAGE_URI").length > 0
            ? found("Counters are kept in a store")
            : lacks("Counters are kept in memory: each worker counts for itself", limiter),
        ]
      : [];
    return weigh([
      found("Rate limits are set", place),
      ...rates,
      ...shared,
      ...(storage?.kind === "unknown"
        ? [unsure("Where counters are kept is worked out at run time", limiter)]
        : []),
    ]);
  },
});
