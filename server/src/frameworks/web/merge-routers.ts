/** Puts the routes of FastAPI, Starlette, Flask and aiohttp together with the routers that they hang on. */

import { type Endpoint, type EndpointFramework, type Guard, placeKey } from "./endpoint.ts";
import type { Guarding } from "./guarding.ts";
import type { Found, Lookup } from "./lookup.ts";
import { fastapiParameters, pathNames, pathParameters, rawPath, shownPath } from "./parameters.ts";
import type {
  FunctionSketch,
  HookSketch,
  Mention,
  MountSketch,
  RouterKind,
  RouterSketch,
  RouteSketch,
  WebSketch,
} from "./sketch.ts";

/** One way from the application down to a router. */
interface Way {
  readonly prefix: string;
  readonly guards: readonly Guard[];
}

/** More ways to one router than this are not told apart. */
const MAX_WAYS = 6;
const HTTP_METHODS = ["get", "post", "put", "patch", "delete"];

interface Routing {
  readonly lookup: Lookup;
  readonly guarding: Guarding;
  readonly mounts: ReadonlyMap<string, readonly MountSketch[]>;
  readonly hooks: readonly HookSketch[];
  readonly ways: Map<string, readonly Way[]>;
}

/** The endpoints that are registered at routers, in the order of the files. */
export function mergeRouters(lookup: Lookup, guarding: Guarding): readonly Endpoint[] {
  const mounts = new Map<string, MountSketch[]>();
  for (const { part } of lookup.parts) {
    for (const mount of part.mounts) {
      const child = lookup.resolve(mount.child);
      mounts.set(child, [...(mounts.get(child) ?? []), mount]);
    }
  }
  const hooks = lookup.parts.flatMap(({ part }) => part.hooks);
  const routing: Routing = { lookup, guarding, mounts, hooks, ways: new Map() };
  return lookup.parts.flatMap(({ part, path }) =>
    part.routes.flatMap((route) => endpointsOf(route, part, path, routing)),
  );
}

function endpointsOf(
  route: RouteSketch,
  part: WebSketch,
  file: string,
  routing: Routing,
): readonly Endpoint[] {
  const { lookup } = routing;
  const name = lookup.resolve(route.router);
  const router = lookup.routerNamed(name);
  const kind = kindOf(router, route, part, lookup);
  if (kind === null || kind === "drf") return [];
  return waysTo(name, kind, routing, new Set()).flatMap((way) =>
    handlersOf(route, kind, routing).map((handler) => {
      const path = shownPath(joined(way.prefix, route.path));
      const view = viewOf(handler.name, lookup);
      const own = routing.guarding.guards(route.dependencies, "handler");
      return {
        framework: kind === "restx" ? ("flask" as const) : kind,
        methods: route.websocket === true ? [] : handler.methods,
        path,
        template: rawPath(joined(way.prefix, route.path)),
        handler: handler.name,
        local: lookup.localName(handler.name),
        view,
        viewKey: view === null ? null : placeKey(lookup.fileOf(view), lookup.localName(view)),
        action: null,
        file: handler.file === "" ? file : handler.file,
        parameters: parametersOf(handler.sketch, path, kind, lookup, routing.guarding),
        guards: objectGuards(distinctGuards([...handler.guards, ...own, ...way.guards]), path, lookup),
        responseModel: route.responseModel ?? declaredResponse(handler.sketch, kind),
        group: name === "" ? file : name,
        async: handler.sketch?.async === true,
        websocket: route.websocket === true,
        hidden: route.hidden === true,
      };
    }),
  );
}

/** A guard that is handed a parameter of the path looks at the very object: `project_member(project_id, user)`. */
function objectGuards(guards: readonly Guard[], path: string, lookup: Lookup): readonly Guard[] {
  const inPath = new Set(pathNames(path));
  return guards.map((guard) => {
    if (guard.kind !== "authentication" && guard.kind !== "permission") return guard;
    const fn = lookup.functionNamed(guard.name);
    const sketches = fn === undefined ? [] : [fn.sketch, ...lookup.innerFunctions(fn.name)];
    const takesId = sketches.some(({ parameters }) => parameters.some(({ name }) => inPath.has(name)));
    return takesId ? { ...guard, kind: "object" as const } : guard;
  });
}

/** The framework of a route: its router's, else the only one that its module imports. */
function kindOf(
  router: Found<RouterSketch> | undefined,
  route: RouteSketch,
  part: WebSketch,
  lookup: Lookup,
): (EndpointFramework & RouterKind) | "restx" | "drf" | null {
  if (route.kind !== undefined) return route.kind;
  const kind = router?.sketch.kind;
  if (kind !== undefined && kind !== "unknown") return kind;
  if (route.target.asView === true) {
    const lineage = lookup.lineage(route.target.name);
    if (lineage.some((one) => /^(?:flask_restful|flask_restx|flask_restplus)\./.test(one))) return "restx";
    if (lineage.some((one) => /^flask\./.test(one))) return "flask";
  }
  const uses = part.uses.includes("fastapi") ? part.uses.filter((one) => one !== "starlette") : part.uses;
  const [only, ...others] = uses;
  return only === undefined || others.length > 0 || only === "unknown" ? null : only;
}

/** The ways down to a router; one without prefix and guards where nothing is known of it. */
function waysTo(
  name: string,
  kind: RouterKind,
  routing: Routing,
  above: ReadonlySet<string>,
): readonly Way[] {
  const known = routing.ways.get(name);
  if (known !== undefined) return known;
  const { lookup, guarding, mounts } = routing;
  const router = lookup.routerNamed(name);
  const own = router === undefined ? [] : ownGuards(router, name, routing);
  const parents = above.has(name) ? [] : (mounts.get(name) ?? []);
  const ways =
    parents.length === 0
      ? [{ prefix: router?.sketch.prefix ?? "", guards: [...own, ...appGuards(name, kind, routing)] }]
      : parents.slice(0, MAX_WAYS).flatMap((mount) => {
          const parent = lookup.resolve(mount.parent);
          const prefix = mountedPrefix(mount, router?.sketch, kind);
          return waysTo(parent, kind, routing, new Set([...above, name])).map((way) => ({
            prefix: joined(way.prefix, prefix),
            guards: [...own, ...guarding.guards(mount.dependencies, "router"), ...way.guards],
          }));
        });
  const cut = ways.slice(0, MAX_WAYS);
  if (above.size === 0) routing.ways.set(name, cut);
  return cut;
}

/** FastAPI puts both prefixes together; Flask's registration replaces the blueprint's own. */
function mountedPrefix(mount: MountSketch, router: RouterSketch | undefined, kind: RouterKind): string {
  const own = router?.prefix ?? "";
  if (kind === "fastapi" || kind === "starlette") return joined(mount.prefix, own);
  return mount.prefix === "" ? own : mount.prefix;
}

function ownGuards(router: Found<RouterSketch>, name: string, routing: Routing): readonly Guard[] {
  const { lookup, guarding, hooks } = routing;
  const { dependencies, maker, app } = router.sketch;
  const ofMaker =
    maker === undefined
      ? []
      : lookup.lineage(maker).flatMap((one) => lookup.classNamed(one)?.sketch.dependencies ?? []);
  const hooked = hooks.filter((hook) => lookup.resolve(hook.router) === name);
  return [
    ...guarding.guards([...dependencies, ...ofMaker], app ? "app" : "router"),
    ...hooked.flatMap(({ handler }) => hookGuard(handler, app ? "app" : "router", guarding)),
  ];
}

/** Hooks of the application, and those that a blueprint sets for all: they stand before every Flask handler. */
function appGuards(name: string, kind: RouterKind, { lookup, guarding, hooks }: Routing): readonly Guard[] {
  if (kind !== "flask" && kind !== "restx") return [];
  return hooks.flatMap((hook) => {
    const at = lookup.resolve(hook.router);
    const router = lookup.routerNamed(at);
    const isOfApp = hook.wholeApp === true || router === undefined || router.sketch.app;
    return isOfApp && at !== name ? hookGuard(hook.handler, "app", guarding) : [];
  });
}

/** A hook guards where its code refuses; one of the application only where it is about being logged in. */
function hookGuard(handler: string, from: Guard["from"], guarding: Guarding): readonly Guard[] {
  const kind = guarding.kindOfFunction(handler);
  if (from === "app" && !guarding.sendsAway(handler)) return [];
  return kind === null ? [] : [{ kind, text: handler.split(".").at(-1) ?? handler, name: handler, from }];
}

interface Handler {
  readonly name: string;
  readonly methods: readonly string[];
  readonly sketch: FunctionSketch | undefined;
  readonly guards: readonly Guard[];
  readonly file: string;
}

function handlersOf(route: RouteSketch, kind: RouterKind, routing: Routing): readonly Handler[] {
  const { lookup, guarding } = routing;
  const wrappers = guarding.guards(route.target.wrappers ?? [], "handler");
  const cls = lookup.classNamed(route.target.name);
  if (cls === undefined) {
    const fn = lookup.functionNamed(route.target.name) ?? methodNamed(route.target.name, lookup);
    const name = fn?.name ?? route.target.name;
    const guards = [
      ...wrappers,
      ...functionGuards(fn?.sketch, guarding),
      ...classGuards(viewOf(name, lookup), routing),
    ];
    return [{ name, methods: route.methods, sketch: fn?.sketch, guards, file: fn?.path ?? "" }];
  }
  const ofClass = [...wrappers, ...classGuards(cls.name, routing)];
  const found = HTTP_METHODS.flatMap((verb): readonly Handler[] => {
    const method = lookup.method(cls.name, verb);
    if (method === undefined || (route.methods.length > 0 && !route.methods.includes(verb.toUpperCase())))
      return [];
    const guards = [...functionGuards(method.sketch, guarding), ...ofClass];
    return [
      { name: method.name, methods: [verb.toUpperCase()], sketch: method.sketch, guards, file: method.path },
    ];
  });
  if (found.length > 0 || kind === "fastapi") return found;
  const dispatch = lookup.method(cls.name, "dispatch_request");
  const fallback = dispatch ?? { name: cls.name, sketch: undefined, path: cls.path };
  return [
    { ...fallback, methods: route.methods, sketch: fallback.sketch, guards: ofClass, file: fallback.path },
  ];
}

function methodNamed(name: string, lookup: Lookup): Found<FunctionSketch> | undefined {
  const dot = name.lastIndexOf(".");
  return lookup.method(name.slice(0, dot), name.slice(dot + 1));
}

function viewOf(handler: string, lookup: Lookup): string | null {
  return lookup.classNamed(handler.slice(0, handler.lastIndexOf(".")))?.name ?? null;
}

function functionGuards(sketch: FunctionSketch | undefined, guarding: Guarding): readonly Guard[] {
  if (sketch === undefined) return [];
  return [
    ...guarding.guards(decoratorsThatGuard(sketch.decorators ?? []), "handler"),
    ...guarding.guards(guarding.dependenciesOf(sketch.parameters), "handler"),
  ];
}

/** The route's own decorator is no guard, whatever its router is called. */
function decoratorsThatGuard(decorators: readonly Mention[]): readonly Mention[] {
  return decorators.filter(
    ({ name }) =>
      !/\.(?:get|post|put|patch|delete|route|api_route|websocket|head|options|errorhandler|before_request|marshal_with|doc|expect|response|arguments)$/.test(
        name,
      ),
  );
}

/** Guards that a view class has in its attributes, its bases and its own dependencies. */
function classGuards(view: string | null, { lookup, guarding }: Routing): readonly Guard[] {
  if (view === null) return [];
  return lookup.lineage(view).flatMap((one) => {
    const sketch = lookup.classNamed(one)?.sketch;
    if (sketch === undefined) return [];
    const listed = ["decorators", "method_decorators"].flatMap((attribute) =>
      (sketch.attributes[attribute]?.names ?? []).map((name) => ({ name })),
    );
    const injected = Object.values(sketch.attributes).flatMap(({ depends }) => depends ?? []);
    return guarding.guards([...listed, ...injected, ...decoratorsThatGuard(sketch.decorators ?? [])], "view");
  });
}

function parametersOf(
  sketch: FunctionSketch | undefined,
  path: string,
  kind: RouterKind,
  lookup: Lookup,
  guarding: Guarding,
) {
  const declared = sketch?.parameters ?? [];
  if (kind !== "fastapi") return pathParameters(declared, path);
  const isEnum = (type: string) => lookup.lineage(type).some((one) => /(?:^|\.)(?:Str|Int)?Enum$/.test(one));
  return fastapiParameters(declared, path, guarding, isEnum);
}

/** FastAPI takes the return annotation for the response's model, unless it says nothing. */
function declaredResponse(sketch: FunctionSketch | undefined, kind: RouterKind): string | null {
  const returns = kind === "fastapi" ? sketch?.returns : undefined;
  return returns === undefined || returns === "Any" || returns === "None" ? null : returns;
}

export function joined(prefix: string, path: string): string {
  if (prefix === "") return path;
  if (path === "") return prefix;
  return `${prefix.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

export function distinctGuards(guards: readonly Guard[]): readonly Guard[] {
  const seen = new Set<string>();
  return guards.filter(({ name }) => !seen.has(name) && seen.add(name));
}
