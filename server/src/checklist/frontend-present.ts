/** Frontend built and typed with the API. */

import {
  defineCheck,
  found,
  foundAt,
  lacks,
  missing,
  noFindings,
  notApplicable,
  weigh,
} from "../engine/check.ts";
import { atFile, hasRoutes } from "./_common.ts";

export default defineCheck({
  id: "frontend-present",
  title: "Frontend built and typed with the API",
  why: "one product, two sides in step",
  section: "stacks-by-role",
  level: "differentiator",
  roles: ["full-stack"],
  guide: "stacks-by-role#frontend-layer",
  judge(stack) {
    const { frontend } = stack;
    const templates = stack.files.find(/(?:^|\/)(?:templates|jinja2)\/.*\.(?:html|jinja2?)$/);
    if (frontend === null) {
      if (templates.length === 0)
        return hasRoutes(stack)
          ? missing("There are no pages for people.")
          : notApplicable("There are no routes.");
      return weigh([
        found(`${templates.length} templates`, atFile(templates[0]) ?? null),
        ...noFindings(
          stack,
          ["autoescape-disabled", "cross-site-scripting"],
          "Templates escape what they show",
        ),
      ]);
    }
    const folder = frontend.path.slice(0, frontend.path.lastIndexOf("/") + 1);
    const lock =
      stack.files.all.find(
        ({ path }) =>
          path.startsWith(folder) &&
          /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path),
      ) ??
      stack.files.all.find(({ path }) =>
        /^(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path),
      );
    const typed = stack.files.all.find(({ path }) => /(?:^|\/)tsconfig[\w.]*\.json$/.test(path));
    const built = stack.step(/\b(?:npm|pnpm|yarn|bun)\b.*\b(?:build|test|ci|lint|check)\b/);
    return weigh([
      found("A framework renders pages in the browser", frontend),
      foundAt(atFile(lock), "Its packages are locked", "Its packages are not locked"),
      foundAt(atFile(typed), "It is written in TypeScript", "It is not typed"),
      built === undefined ? lacks("CI neither builds nor tests it") : found("CI builds or tests it", built),
    ]);
  },
});
