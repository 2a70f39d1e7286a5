/** Object access checked per user. */

import {
  cannotTell,
  defineCheck,
  found,
  lacks,
  noFindings,
  notApplicable,
  type Part,
  weigh,
} from "../engine/check.ts";
import type { StackRoute } from "../stack/routes.ts";
import type { Stack } from "../stack/stack.ts";
import { hasRoutes, share, WEB } from "./_common.ts";

export default defineCheck({
  id: "object-level-authorization",
  title: "Object access checked per user",
  why: "order 123 may not be yours",
  section: "security",
  level: "must-have",
  roles: WEB,
  guide: "security#object-level-authorization",
  actions: [
    { kind: "snippet", prefix: "fa-owner-scope" },
    { kind: "snippet", prefix: "drf-object-permission" },
    { kind: "snippet", prefix: "dj-scoped-get" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const detail = detailRoutes(stack);
    if (detail.length === 0) return notApplicable("No route asks for one object by its id.");
    const rule = noFindings(
      stack,
      ["object-access-without-owner-check"],
      "No object is fetched without asking whose it is",
    );
    const guarded = detail.filter(({ guards }) =>
      guards.some(({ kind }) => kind === "object" || kind === "permission"),
    );
    const [first] = guarded;
    const text = `${share(guarded.length, detail.length, "routes with an id")} check a permission`;
    const parts: Part[] = first === undefined ? [] : [found(text, first)];
    if (rule.some(({ ok }) => ok === null)) {
      return cannotTell(`${text}; whether the others ask whose object it is cannot be told yet.`, [
        ...parts,
        ...rule,
      ]);
    }
    return weigh([
      ...parts,
      ...(rule.some(({ ok }) => ok === true) || parts.length > 0
        ? rule
        : [...rule, lacks("No route checks whose object it is", detail[0])]),
    ]);
  },
});

/** Routes with an id in their path that are not open to all by decision. */
function detailRoutes(stack: Stack): readonly StackRoute[] {
  return stack
    .routes()
    .filter(
      ({ url, guards, methods }) =>
        /\{\w*(?:id|pk|uuid|slug|code|key)\w*\}/i.test(url) &&
        methods.length > 0 &&
        !guards.some(({ kind }) => kind === "public"),
    );
}
