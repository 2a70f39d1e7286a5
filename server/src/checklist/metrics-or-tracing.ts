/** Metrics or traces exported. */

import { defineCheck, found, lacks, weigh } from "../engine/check.ts";
import { BACKEND_DATA } from "./_common.ts";

export default defineCheck({
  id: "metrics-or-tracing",
  title: "Metrics or traces exported",
  why: "slowness is measurable",
  section: "deployment",
  level: "differentiator",
  roles: BACKEND_DATA,
  guide: "deployment#tracing",
  actions: [{ kind: "snippet", prefix: "otel-setup" }],
  judge(stack) {
    const call = stack.calls(
      /^(?:opentelemetry\.|prometheus_client\.|prometheus_fastapi_instrumentator\.|ddtrace\.|statsd\.|datadog\.|newrelic\.)/,
    )[0];
    const library = stack.runtime(
      "django-prometheus",
      "prometheus-flask-exporter",
      "starlette-exporter",
      "ddtrace",
      "newrelic",
      "elastic-apm",
      "logfire",
      "opentelemetry-distro",
    );
    const command = stack.dockerfiles.flatMap(({ path, stages }) =>
      stages.flatMap(({ instructions }) =>
        instructions
          .filter(({ value }) => /opentelemetry-instrument|ddtrace-run|newrelic-admin/.test(value))
          .map(({ line }) => ({ path, line })),
      ),
    )[0];
    const traced = stack
      .calls(/^sentry_sdk(?:\.\w+)*\.init$/)
      .find(
        ({ keywords }) => keywords.traces_sample_rate !== undefined || keywords.traces_sampler !== undefined,
      );
    const place = call ?? library ?? command ?? traced;
    return weigh([
      place === undefined
        ? lacks("Nothing measures how long requests and queries take; where a sidecar does, say so in a note")
        : found("Metrics or traces are exported", place),
    ]);
  },
});
