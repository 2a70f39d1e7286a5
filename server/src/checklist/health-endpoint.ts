/** Health endpoint exists. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import type { Stack } from "../stack/stack.ts";
import type { Place } from "../stack/types.ts";
import { hasRoutes, WEB } from "./_common.ts";

const HEALTH =
  /(?:^|\/)(?:health(?:z|-?check|_check)?|livez?|liveness|ready|readyz|readiness|ping|status|heartbeat|up|_health)\/?$/i;

export default defineCheck({
  id: "health-endpoint",
  title: "Health endpoint exists",
  why: "the platform can restart you",
  section: "deployment",
  level: "must-have",
  roles: WEB,
  guide: "deployment#health-checks",
  actions: [
    { kind: "snippet", prefix: "fa-health" },
    { kind: "snippet", prefix: "dj-health" },
    { kind: "snippet", prefix: "flask-health" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const route = stack.routes().find(({ url }) => HEALTH.test(url));
    const library = stack.runtime(
      "django-health-check",
      "healthcheck",
      "py-healthcheck",
      "fastapi-health",
      "django-alive",
    );
    const place = route ?? library;
    if (place === undefined) return missing("No route tells that the service is well.");
    const probe = probeOf(stack);
    return weigh([
      found(
        route === undefined
          ? `${library?.name} tells that the service is well`
          : `${route.url} tells that the service is well`,
        place,
      ),
      probe === undefined
        ? lacks("No container, compose file or probe asks it")
        : found("It is asked", probe),
    ]);
  },
});

/** Where a container, a compose file or Kubernetes asks for the health of the application. */
function probeOf(stack: Stack): Place | undefined {
  for (const { path, stages } of stack.dockerfiles) {
    const check = stages
      .flatMap(({ instructions }) => instructions)
      .find(({ name, value }) => name === "HEALTHCHECK" && !/^NONE/.test(value));
    if (check !== undefined) return { path, line: check.line };
  }
  const service = stack.services.find(
    ({ healthcheck }) =>
      healthcheck !== null &&
      /curl|wget|http|health|ping|python/i.test(healthcheck) &&
      !/pg_isready|redis-cli|mysqladmin|rabbitmq/.test(healthcheck),
  );
  if (service !== undefined) return service;
  for (const { path, yaml, lines, toml } of stack.texts) {
    if (
      /(?:^|\/)(?:fly\.toml|render\.ya?ml|railway\.\w+|app\.json)$/.test(path) &&
      (toml !== null || yaml !== null)
    ) {
      const text = JSON.stringify(toml?.data ?? yaml?.root ?? {});
      if (/health|http_checks|"checks"/i.test(text)) return { path, line: 1 };
    }
    if (yaml?.root != null && /livenessProbe|readinessProbe/.test(JSON.stringify(yaml.root)))
      return { path, line: 1 };
    const line = lines?.findIndex((one) => /livenessProbe|readinessProbe/.test(one)) ?? -1;
    if (line !== -1) return { path, line: line + 1 };
  }
  return undefined;
}
