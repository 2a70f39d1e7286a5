/** Input validated at the edge. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import type { StackRoute } from "../stack/routes.ts";
import type { Stack } from "../stack/stack.ts";
import { hasRoutes, share, WEB } from "./_common.ts";

/** Reads of a request that nothing has checked. */
const RAW = /(?:^|\.)(?:get_json|json)$|^flask\.request\.|^json\.loads$/;
/** What checks it. */
const VALIDATES =
  /(?:^|\.)(?:is_valid|validate|validate_on_submit|load|model_validate|parse_obj|model_validate_json|use_args|use_kwargs|validate_call)$/;

export default defineCheck({
  id: "api-input-validated",
  title: "Input validated at the edge",
  why: "bad data stops early",
  section: "apis",
  level: "must-have",
  roles: WEB,
  guide: "apis#input-validation",
  actions: [
    { kind: "snippet", prefix: "fa-request-model" },
    { kind: "snippet", prefix: "drf-serializer" },
    { kind: "snippet", prefix: "flask-validate-json" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const writing = stack
      .routes()
      .filter(({ methods }) => methods.some((method) => /^(?:POST|PUT|PATCH)$/.test(method)));
    if (writing.length === 0) return notApplicable("No route takes a body.");
    const checked = checkedPlaces(stack);
    const raw = stack.calls(RAW).filter(({ within }) => within !== "");
    const unchecked = writing.filter(
      (route) =>
        !declares(route) &&
        raw.some((call) => isIn(call, route)) &&
        !checked.has(`${route.path} ${route.handler}`),
    );
    const good = writing.length - unchecked.length;
    const text = `${share(good, writing.length, "routes that take a body")} read nothing unchecked`;
    const gaps = unchecked.slice(0, 8).map((one) => lacks(`${one.handler} reads its body unchecked`, one));
    return weigh([...(good > 0 ? [found(text, writing[0] ?? null)] : []), ...gaps]);
  },
});

/** A model of the body, or typed parameters: the framework checks them. */
function declares({ parameters, responseModel, framework }: StackRoute): boolean {
  return (
    parameters.some(({ from, typeName }) => (from === "body" || from === "form") && typeName !== null) ||
    (framework === "drf" && responseModel !== null)
  );
}

function isIn(
  call: { readonly path: string; readonly within: string },
  { path, handler }: StackRoute,
): boolean {
  return call.path === path && call.within === handler;
}

function checkedPlaces(stack: Stack): ReadonlySet<string> {
  return new Set(stack.calls(VALIDATES).map(({ path, within }) => `${path} ${within}`));
}
