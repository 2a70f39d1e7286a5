/** HTTP endpoints exist. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { WEB, webDependency } from "./_common.ts";

export default defineCheck({
  id: "api-endpoints-exist",
  title: "HTTP endpoints exist",
  why: "something to call",
  section: "apis",
  level: "must-have",
  roles: WEB,
  guide: "apis#http-methods",
  actions: [
    { kind: "snippet", prefix: "fa-router" },
    { kind: "snippet", prefix: "drf-viewset" },
    { kind: "snippet", prefix: "flask-blueprint" },
  ],
  judge(stack) {
    const routes = stack.routes();
    const web = webDependency(stack);
    if (web === undefined && routes.length === 0)
      return notApplicable("No web framework is among the dependencies.");
    if (routes.length === 0) return missing("No route was found.");
    // A route without methods answers all of them.
    const methods = new Set(
      routes.flatMap((route) => (route.methods.length === 0 ? ["GET", "POST"] : route.methods)),
    );
    const [first] = routes;
    return weigh([
      routes.length > 1 ? found(`${routes.length} routes`, first) : lacks("There is only one route", first),
      methods.size > 1
        ? found(`They answer ${[...methods].sort().join(", ")}`, first)
        : lacks(`All of them answer ${[...methods][0] ?? "nothing"} only`, first),
    ]);
  },
});
