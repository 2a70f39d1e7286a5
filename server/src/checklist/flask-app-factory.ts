/** Application factory used. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { WEB } from "./_common.ts";

/** A single file shorter than this needs no factory. */
const SMALL = 100;

export default defineCheck({
  id: "flask-app-factory",
  title: "Application factory used",
  why: "a testable, configurable application",
  section: "flask",
  level: "differentiator",
  roles: WEB,
  guide: "flask#application-factory",
  actions: [{ kind: "snippet", prefix: "flask-factory" }],
  judge(stack) {
    if (stack.runtime("flask") === undefined) return notApplicable("Flask is no dependency.");
    const made = stack.calls(/^flask\.(?:app\.)?Flask$/);
    const subclass = stack
      .types()
      .find(({ bases }) => bases.some((base) => /^flask\.(?:app\.)?Flask$/.test(base)));
    const all =
      subclass === undefined ? made : [...made, ...stack.calls(new RegExp(`(?:^|\\.)${subclass.name}$`))];
    const [first] = all;
    if (first === undefined && subclass === undefined)
      return notApplicable("No Flask application is made here.");
    if (stack.app.length === 1 && (stack.app[0]?.lines ?? 0) < SMALL)
      return notApplicable("The application is one short file.");
    const inside = all.filter(({ within }) => within !== "");
    const global = all.filter(
      ({ within, path }) => within === "" && !/(?:^|\/)(?:wsgi|asgi|manage|run)\.py$/.test(path),
    );
    const factory =
      inside[0] ?? stack.functions().find(({ name }) => /^(?:create_app|make_app|app_factory)$/.test(name));
    return weigh([
      factory === undefined
        ? lacks("No function makes the application")
        : found("A function makes the application", factory),
      ...global.slice(0, 3).map((one) => lacks("The application is made when the module is loaded", one)),
    ]);
  },
});
