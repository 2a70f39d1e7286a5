/** Cache with expiry and invalidation. */

import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { textsIn, WEB } from "./_common.ts";

export default defineCheck({
  id: "cache-configured",
  title: "Cache with expiry and invalidation",
  why: "speed without stale surprises",
  section: "performance",
  level: "differentiator",
  roles: WEB,
  guide: "performance#caching",
  actions: [{ kind: "snippet", prefix: "redis-cache-aside" }],
  judge(stack) {
    const caches = stack.setting("CACHES")[0];
    const sets = stack.calls(
      /^(?:django\.core\.cache\.(?:\w+\.)*(?:set|set_many|get_or_set|add)|redis(?:\.\w+)*\.(?:set|setex|psetex)|flask_caching(?:\.\w+)*\.(?:set|cached|memoize))$/,
    );
    const deletes = stack.calls(
      /^(?:django\.core\.cache\.(?:\w+\.)*(?:delete|delete_many|clear|delete_pattern|incr)|redis(?:\.\w+)*\.(?:delete|expire|unlink)|flask_caching(?:\.\w+)*\.(?:delete|delete_memoized|clear))$|(?:^|\.)delete_pattern$/,
    )[0];
    const flask = stack.calls(/^flask_caching(?:\.\w+)*\.Cache$/)[0];
    const library = stack.runtime(
      "django-redis",
      "fastapi-cache2",
      "aiocache",
      "dogpile-cache",
      "cashews",
      "flask-caching",
    );
    if (caches === undefined && sets.length === 0 && flask === undefined && library === undefined)
      return notApplicable("Nothing is cached: that is fine until something is slow.");
    const local =
      caches !== undefined &&
      textsIn(caches.value).some((text) => /LocMemCache|DummyCache/.test(text)) &&
      !textsIn(caches.value).some((text) =>
        /Redis|MemcachedCache|PyMemcache|PyLibMC|DatabaseCache|FileBased/.test(text),
      );
    const endless = sets.filter(
      ({ name, keywords, args, unpacks }) =>
        /\.set$/.test(name) &&
        !unpacks &&
        args.length < 3 &&
        !["timeout", "ex", "px", "exat", "ttl", "keepttl"].some((key) => keywords[key] !== undefined) &&
        !name.startsWith("django."),
    );
    return weigh([
      found("A cache is configured", caches ?? flask ?? library ?? sets[0] ?? null),
      ...(local ? [lacks("It is kept in each process by itself", caches)] : []),
      ...endless.slice(0, 3).map((one) => lacks("A value is kept without an end", one)),
      ...(sets.length === 0
        ? []
        : [
            foundAt(
              deletes,
              "Values are dropped when what they show changes",
              "Nothing drops a value when what it shows changes",
            ),
          ]),
    ]);
  },
});
