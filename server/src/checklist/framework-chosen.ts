/** One web framework chosen. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import type { Stack } from "../stack/stack.ts";
import { WEB, webDependency } from "./_common.ts";

const FRAMEWORKS = ["django", "flask", "fastapi", "litestar", "starlette"] as const;

export default defineCheck({
  id: "framework-chosen",
  title: "One web framework chosen",
  why: "depth beats three half-uses",
  section: "frameworks",
  level: "must-have",
  roles: WEB,
  guide: "frameworks#choosing-a-framework",
  judge(stack) {
    const wanted = FRAMEWORKS.flatMap((name) => stack.runtime(name) ?? []);
    // FastAPI is built on Starlette: naming both is one choice.
    const chosen = wanted.filter(
      ({ name }) => name !== "starlette" || !wanted.some((one) => one.name === "fastapi"),
    );
    if (chosen.length === 0) {
      return webDependency(stack) === undefined
        ? notApplicable("No web framework is among the dependencies.")
        : missing("The framework is none that the coach knows well.");
    }
    const parts = chosen.flatMap((one) => {
      const app = applicationOf(one.name, stack);
      return [
        found(`${one.name} is a dependency`, one),
        app === undefined
          ? lacks(`No application of ${one.name} is made`, one)
          : found(`The application of ${one.name} is made`, app),
      ];
    });
    const several =
      chosen.length > 1
        ? [lacks(`${chosen.map(({ name }) => name).join(" and ")} stand in one project`)]
        : [];
    return weigh([...parts, ...several]);
  },
});

function applicationOf(name: string, stack: Stack) {
  if (name === "django") {
    return (
      stack.setting("ROOT_URLCONF")[0] ??
      stack.routes().find(({ framework }) => framework === "django" || framework === "drf") ??
      stack.calls(/^django\.core\.(?:wsgi|asgi|management)\./)[0]
    );
  }
  const classes = {
    flask: "Flask|APIFlask|OpenAPI",
    fastapi: "FastAPI",
    litestar: "Litestar",
    starlette: "Starlette",
  } as const;
  const own = classes[name as keyof typeof classes];
  return (
    stack.calls(new RegExp(`\\.(?:${own})$`))[0] ??
    stack.types().find(({ bases }) => bases.some((base) => new RegExp(`\\.(?:${own})$`).test(base)))
  );
}
