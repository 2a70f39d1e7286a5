/** Sorts the calls of a module that register routes, mounts and hooks into its sketch. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Node } from "../../syntax/ast.ts";
import { keywordOf } from "../../syntax/calls.ts";
import { mention, refName } from "./names.ts";
import { registrationOf, targetOf, textOf } from "./routes.ts";
import type { HookSketch, MountSketch, RouteSketch } from "./sketch.ts";
import { registeredViewSet } from "./urls.ts";

interface Registrations {
  readonly routes: RouteSketch[];
  readonly mounts: MountSketch[];
  readonly hooks: HookSketch[];
}

export function addRoutesOfCalls(call: Call, into: Registrations, model: SemanticModel): void {
  const viewSet = registeredViewSet(call, model);
  if (viewSet !== undefined) into.routes.push(viewSet);
  const declared = declaredRoute(call, model);
  if (declared !== undefined) into.routes.push(declared);
  const registration = registrationOf(call, model);
  if (registration === undefined) return;
  if ("route" in registration) into.routes.push(...registration.route);
  else if ("mount" in registration) into.mounts.push(registration.mount);
  else into.hooks.push(registration.hook);
}

const AIOHTTP = /^aiohttp\.web\.(get|post|put|patch|delete|view|route)$/;

/** `Route("/path", endpoint)` of Starlette, `web.get("/path", handler)` of aiohttp. */
function declaredRoute(call: Call, model: SemanticModel): RouteSketch | undefined {
  const name = refName(call.func, model);
  const verb = AIOHTTP.exec(name)?.[1];
  const isStarlette = /^starlette\.routing\.(?:WebSocket)?Route$/.test(name);
  if (verb === undefined && !isStarlette) return undefined;
  const [path, handler = keywordOf(call, "endpoint")?.value] = call.args;
  const target = handler === undefined ? undefined : targetOf(handler, model);
  if (path === undefined || target === undefined) return undefined;
  const listed = keywordOf(call, "methods")?.value;
  const methods =
    listed?.kind === "List" ? listed.elts.flatMap((one) => model.stringValue(one)?.toUpperCase() ?? []) : [];
  return {
    router: "",
    kind: isStarlette ? "starlette" : "aiohttp",
    path: prefixAround(call, model) + textOf(path, model),
    methods: verb === undefined || verb === "view" || verb === "route" ? methods : [verb.toUpperCase()],
    target: { ...target, wrappers: [...wrappersAround(call, model), ...(target.wrappers ?? [])] },
    dependencies: [],
    ...(name.includes("WebSocket") ? { websocket: true as const } : {}),
  };
}

/** The paths of the `Mount`s that a declared route stands in. */
function prefixAround(call: Call, model: SemanticModel): string {
  let prefix = "";
  for (const around of mountsAround(call, model)) prefix = textOf(around.args[0], model) + prefix;
  return prefix;
}

/** Middleware that a `Mount` or a `Route` lists: `middleware=[Middleware(AuthMiddleware)]`. */
function wrappersAround(call: Call, model: SemanticModel) {
  return [call, ...mountsAround(call, model)].flatMap((one) => {
    const listed = keywordOf(one, "middleware")?.value;
    if (listed?.kind !== "List") return [];
    return listed.elts.flatMap((item) =>
      item.kind === "Call" && item.args[0] ? [mention(item.args[0], model)] : [],
    );
  });
}

function mountsAround(call: Call, model: SemanticModel): readonly Call[] {
  const found: Call[] = [];
  for (let at: Node | null = call.parent; at !== null && at.kind !== "Module"; at = at.parent) {
    if (at.kind === "Call" && refName(at.func, model) === "starlette.routing.Mount") found.push(at);
  }
  return found;
}
