/** Which functions answer HTTP requests in Flask and FastAPI, as their decorators say. */

import type { SemanticModel } from "../semantic/model.ts";
import type { Call, Expr, FunctionNode } from "../syntax/ast.ts";
import { argumentOf } from "../syntax/calls.ts";

/** One route of a handler: the decorator that registers it. */
export interface Route {
  readonly framework: "fastapi" | "flask";
  readonly decorator: Call;
  /** `get`, `post`..., or `route` for Flask's general form. */
  readonly verb: string;
  /** The path template, where it is a constant. */
  readonly path: string | undefined;
}

const VERBS = new Set(["get", "post", "put", "patch", "delete", "options", "head", "api_route", "route"]);

const ROUTERS: Readonly<Record<string, Route["framework"]>> = {
  "fastapi.FastAPI": "fastapi",
  "fastapi.applications.FastAPI": "fastapi",
  "fastapi.APIRouter": "fastapi",
  "fastapi.routing.APIRouter": "fastapi",
  "flask.Flask": "flask",
  "flask.app.Flask": "flask",
  "flask.Blueprint": "flask",
  "flask.blueprints.Blueprint": "flask",
};

/** The routes of a function, in the order of its decorators; empty for one that answers no requests. */
export function routesOf(node: FunctionNode, model: SemanticModel): readonly Route[] {
  return node.decorator_list.flatMap((decorator) => {
    const route = routeOf(decorator, model);
    return route === undefined ? [] : [route];
  });
}

function routeOf(decorator: Expr, model: SemanticModel): Route | undefined {
  if (decorator.kind !== "Call" || decorator.func.kind !== "Attribute") return undefined;
  const { attr: verb, value: router } = decorator.func;
  if (!VERBS.has(verb)) return undefined;
  const pathNode = argumentOf(decorator, "path", 0) ?? argumentOf(decorator, "rule", 0);
  const path = pathNode === undefined ? undefined : model.stringValue(pathNode);
  const type = model.typeOf(router);
  const framework = type === undefined ? frameworkByShape(path, model) : ROUTERS[type];
  return framework === undefined ? undefined : { framework, decorator, verb, path };
}

/**
 * The framework where the router comes from another module: `@anything.get("/path")` in a module that imports
 * exactly one of the two.
 */
function frameworkByShape(path: string | undefined, model: SemanticModel): Route["framework"] | undefined {
  if (path === undefined || !/^(?:\/|$)/.test(path)) return undefined;
  const fastapi = model.importsPackage("fastapi");
  if (fastapi === model.importsPackage("flask")) return undefined;
  return fastapi ? "fastapi" : "flask";
}
