/** Functions that are entered from outside: by a client's request. */

import type { SemanticModel } from "../semantic/model.ts";
import type { FunctionNode } from "../syntax/ast.ts";
import { conventionalHandler } from "./conventions.ts";
import { routesOf } from "./routes.ts";

const REQUESTS = /^(?:django\.http\.(?:request\.)?HttpRequest|rest_framework\.request\.Request)$/;

/** True for a function that answers requests: by its route, by convention, or by the request that it takes. */
export function answersRequests(fn: FunctionNode, model: SemanticModel): boolean {
  if (routesOf(fn, model).length > 0 || conventionalHandler(model, fn) !== null) return true;
  const first = fn.args.args[fn.parent?.kind === "ClassDef" ? 1 : 0];
  if (first?.arg !== "request" || first.annotation === null) return false;
  return REQUESTS.test(model.qualifiedName(first.annotation) ?? "");
}
