/** Profiler and load test at hand. */

import { defineCheck, found, foundAt, weigh } from "../engine/check.ts";
import { atFile, BACKEND_DATA, hasRoutes } from "./_common.ts";

export default defineCheck({
  id: "performance-tools-available",
  title: "Profiler and load test at hand",
  why: "measure, then change",
  section: "performance",
  level: "differentiator",
  roles: BACKEND_DATA,
  guide: "performance#profiling",
  actions: [
    {
      kind: "terminal",
      command: (stack) =>
        stack.files.has("uv.lock") ? "uv add --dev pyinstrument" : "python -m pip install pyinstrument",
    },
    { kind: "snippet", prefix: "perf-locust" },
  ],
  judge(stack) {
    const profiler =
      stack.dep(
        "pyinstrument",
        "py-spy",
        "scalene",
        "memray",
        "django-debug-toolbar",
        "django-silk",
        "line-profiler",
        "pytest-benchmark",
        "flask-debugtoolbar",
        "memory-profiler",
        "flask-profiler",
      ) ?? stack.calls(/^(?:cProfile|pyinstrument)\./)[0];
    const load =
      stack.dep("locust", "molotov") ??
      atFile(
        stack.files.find(
          /(?:^|\/)(?:locustfile\w*\.py|k6[\w.-]*\.js|[\w.-]+\.jmx)$|(?:^|\/)k6\/.*\.[jt]s$/,
        )[0],
      );
    return weigh([
      foundAt(
        profiler,
        "A profiler is at hand",
        "No profiler is at hand; where the platform has one, say so in a note",
      ),
      ...(hasRoutes(stack)
        ? [foundAt(load, "A load test is at hand", "No load test is at hand")]
        : load === undefined
          ? []
          : [found("A load test is at hand", load)]),
    ]);
  },
});
