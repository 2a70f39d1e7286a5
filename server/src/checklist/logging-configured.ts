/** Logging configured once, at the entry. */

import { defineCheck, foundAt, notApplicable, weigh } from "../engine/check.ts";
import { EVERYONE, isLibrary } from "./_common.ts";

export default defineCheck({
  id: "logging-configured",
  title: "Logging configured once, at the entry",
  why: "you can see what happened",
  section: "deployment",
  level: "must-have",
  roles: EVERYONE,
  guide: "deployment#logging",
  actions: [{ kind: "snippet", prefix: "log-dictconfig" }],
  judge(stack) {
    if (stack.app.length === 0) return notApplicable("There is no Python code.");
    const configured = stack.calls(
      /^(?:logging\.config\.(?:dictConfig|fileConfig)|logging\.basicConfig|structlog\.configure|loguru\.(?:logger|_logger\.Logger)\.(?:add|configure)|logging\.getLogger\(\)\.addHandler)$|(?:^|\.)addHandler$/,
    )[0];
    const django = stack.setting("LOGGING")[0] ?? stack.setting("LOGGING_CONFIG")[0];
    const loggers =
      stack.calls(/^(?:logging\.getLogger|structlog\.(?:get_logger|stdlib\.get_logger))$/)[0] ??
      stack.imports("loguru") ??
      stack.calls(/(?:^|\.)(?:get_logger|getLogger)$/)[0];
    if (isLibrary(stack))
      return loggers === undefined
        ? notApplicable("This is a library that logs nothing.")
        : weigh([foundAt(loggers, "Modules have loggers; who uses the library configures them", "")]);
    return weigh([
      foundAt(configured ?? django, "Logging is configured", "Logging is not configured"),
      foundAt(loggers, "Modules have loggers", "No module has a logger"),
    ]);
  },
});
