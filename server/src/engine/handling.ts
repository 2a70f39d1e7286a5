/** What the rules on endpoints ask of a handler: its endpoints, and whether its own code knows who calls. */

import type { Endpoint, WebApplication } from "../frameworks/web/endpoint.ts";
import { sketchFunction } from "../frameworks/web/functions.ts";
import { endpointsOf } from "../frameworks/web/query.ts";
import type { Signal } from "../frameworks/web/sketch.ts";
import { webApplication } from "../frameworks/web/web-application.ts";
import { GUARD_NAMES } from "../models/web/guards.ts";
import type { SemanticModel } from "../semantic/model.ts";
import { PROJECT_COMPLETE } from "../semantic/project.ts";
import type { ClassDef, FunctionNode } from "../syntax/ast.ts";
import type { RuleContext } from "./rule.ts";

export interface Handling {
  readonly app: WebApplication;
  readonly endpoints: readonly Endpoint[];
}

/** The endpoints of a handler; undefined for any other function, and while the project is still being read. */
export function handlingOf(node: FunctionNode | ClassDef, ctx: RuleContext): Handling | undefined {
  if (!mayHandle(node) || !ctx.projectFact(PROJECT_COMPLETE)) return undefined;
  const app = ctx.projectFact(webApplication);
  if (app.endpoints.length === 0) return undefined;
  const endpoints = endpointsOf(app, ctx.file, node, ctx.model);
  return endpoints.length === 0 ? undefined : { app, endpoints };
}

/** A cheap question before the one to the project: private helpers and properties answer no requests. */
function mayHandle(node: FunctionNode | ClassDef): boolean {
  return !/^_/.test(node.name);
}

/** Signs in a body that it knows, or finds out, who calls. */
const KNOWS: readonly Signal[] = ["401", "403", "login", "user", "role", "credential", "signature"];

/** True where a handler asks for the user, a credential or a permission itself, or by a helper called so. */
export function asksWhoCalls(node: FunctionNode, { model }: Pick<RuleContext, "model">): boolean {
  const { signals = [], calls = [] } = sketchFunction(node, model);
  if (signals.some((signal) => KNOWS.includes(signal))) return true;
  return calls.some((name) => {
    const last = name.split(".").at(-1) ?? "";
    return GUARD_NAMES.some(
      ([pattern, kind]) => kind !== "throttle" && kind !== "public" && pattern.test(last),
    );
  });
}

/** True for a function that asks who calls, itself or by a decorator that is called so. */
export function isGuarded(node: FunctionNode, model: SemanticModel): boolean {
  const { decorators = [] } = sketchFunction(node, model);
  const names = decorators.map(({ name }) => name.split(".").at(-1) ?? "");
  return (
    asksWhoCalls(node, { model }) ||
    names.some((name) => GUARD_NAMES.some(([pattern, kind]) => kind !== "throttle" && pattern.test(name)))
  );
}
