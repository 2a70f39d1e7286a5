/** Responses typed. */

import { defineCheck, found, lacks, noFindings, notApplicable, weigh, weighAs } from "../engine/check.ts";
import { share, WEB } from "./_common.ts";

const ENOUGH = 0.9;
const SOME = 0.4;

export default defineCheck({
  id: "fastapi-response-models",
  title: "Responses typed",
  why: "nothing private leaks, and the docs stay true",
  section: "fastapi",
  level: "must-have",
  roles: WEB,
  guide: "fastapi#response-models",
  actions: [{ kind: "snippet", prefix: "fa-response-model" }],
  judge(stack) {
    const routes = stack
      .routes()
      .filter(
        ({ framework, methods, statements }) =>
          framework === "fastapi" && methods.length > 0 && statements !== null,
      );
    if (routes.length === 0) return notApplicable("There are no FastAPI routes.");
    const untyped = routes.filter(
      ({ responseModel }) => responseModel === null || /(?:^|\.)(?:Any|dict|object)$/.test(responseModel),
    );
    const ratio = 1 - untyped.length / routes.length;
    const text = `${share(routes.length - untyped.length, routes.length, "path operations")} say what they answer`;
    const gaps = untyped.slice(0, 8).map((one) => lacks(`${one.handler} does not say what it answers`, one));
    const leaks = noFindings(
      stack,
      ["sensitive-field-in-response"],
      "No response holds a sensitive field",
    ).filter(({ ok }) => ok === false);
    if (ratio >= ENOUGH) return weigh([found(text, routes[0] ?? null), ...leaks]);
    return weighAs(ratio >= SOME ? "partly" : "missing", [lacks(text), ...gaps], `${text}.`);
  },
});
