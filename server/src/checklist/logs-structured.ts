/** Logs are structured and correlated. */

import { defineCheck, foundAt, weigh } from "../engine/check.ts";
import { BACKEND_DATA, textsIn } from "./_common.ts";

export default defineCheck({
  id: "logs-structured",
  title: "Logs are structured and correlated",
  why: "searchable in production",
  section: "deployment",
  level: "differentiator",
  roles: BACKEND_DATA,
  guide: "deployment#structured-logging",
  actions: [{ kind: "snippet", prefix: "log-structlog" }],
  judge(stack) {
    const renderer = stack.calls(
      /^structlog(?:\.\w+)*\.JSONRenderer$|^pythonjsonlogger\.|^json_log_formatter\.|\.JsonFormatter$|\.JSONFormatter$/,
    )[0];
    const formatter = stack
      .types()
      .find(({ name, bases }) => /json/i.test(name) && bases.some((base) => /Formatter$/.test(base)));
    const named = stack
      .setting("LOGGING")
      .find(({ value }) =>
        textsIn(value).some((text) => /JsonFormatter|JSONFormatter|jsonlogger/.test(text)),
      );
    const bound =
      stack.calls(/(?:^|\.)(?:bind_contextvars|bound_contextvars)$|^asgi_correlation_id\./)[0] ??
      stack.runtime(
        "asgi-correlation-id",
        "django-structlog",
        "django-guid",
        "opentelemetry-instrumentation-logging",
      );
    const id =
      bound ??
      stack.app.flatMap(({ path, functions }) =>
        functions
          .filter(({ name, parameters }) =>
            /(?:request|correlation|trace)_?id/i.test([name, ...parameters].join(" ")),
          )
          .map((one) => ({ ...one, path })),
      )[0];
    return weigh([
      foundAt(renderer ?? formatter ?? named, "Logs are written as JSON", "Logs are plain text"),
      foundAt(id, "They carry an id of the request", "They carry no id of the request"),
    ]);
  },
});
