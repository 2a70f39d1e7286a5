/** Puts Django's URL patterns and DRF's routers together with the views that they lead to. */

import { AUTHENTICATING_MIDDLEWARE } from "../../models/web/guards.ts";
import { type Answering, actionsOfViewSet, methodsOfView } from "./django-views.ts";
import { type Endpoint, type Guard, placeKey, type WebApplication } from "./endpoint.ts";
import type { Guarding } from "./guarding.ts";
import type { Lookup } from "./lookup.ts";
import { distinctGuards, joined } from "./merge-routers.ts";
import { pathParameters, rawPath, shownPath } from "./parameters.ts";
import type { Mention, RouteSketch, Target, UrlSketch } from "./sketch.ts";

/** Includes nested deeper than this go in a circle. */
const MAX_DEPTH = 10;

interface Site {
  readonly lookup: Lookup;
  readonly guarding: Guarding;
  readonly drf: WebApplication["drf"];
  readonly middleware: readonly Guard[];
  readonly viewSets: ReadonlyMap<string, readonly RouteSketch[]>;
}

/** A place in the tree of URLs. */
interface Place {
  readonly prefix: string;
  readonly wrappers: readonly Mention[];
  readonly depth: number;
  readonly group: string;
}

export function mergeDjango(
  lookup: Lookup,
  guarding: Guarding,
  drf: WebApplication["drf"],
): readonly Endpoint[] {
  const viewSets = new Map<string, RouteSketch[]>();
  for (const { part } of lookup.parts) {
    for (const route of part.routes) {
      const router = lookup.routerNamed(route.router);
      if (router?.sketch.kind !== "drf" && !looksLikeViewSet(route, lookup)) continue;
      const name = router?.name ?? route.router;
      viewSets.set(name, [...(viewSets.get(name) ?? []), route]);
    }
  }
  const site: Site = { lookup, guarding, drf, middleware: middlewareGuards(lookup, guarding), viewSets };
  const endpoints: Endpoint[] = [];
  const seen = new Set<string>();
  for (const name of rootsOf(lookup)) {
    const place = { prefix: "", wrappers: [], depth: 0, group: name };
    for (const entry of lookup.urlsNamed(name)?.sketch ?? []) addEntry(entry, place, site, endpoints, seen);
  }
  // Routers whose `urls` are included in a way that nothing here follows.
  for (const name of viewSets.keys()) {
    if (!seen.has(name))
      addRouter(name, { prefix: "", wrappers: [], depth: 0, group: name }, site, endpoints, seen);
  }
  return endpoints;
}

function looksLikeViewSet({ target }: RouteSketch, lookup: Lookup): boolean {
  return target.asView === true && lookup.lineage(target.name).some((one) => /ViewSet\w*$/.test(one));
}

/** Lists of patterns that no other list includes. */
function rootsOf(lookup: Lookup): readonly string[] {
  const included = new Set<string>();
  const note = (entries: readonly UrlSketch[]) => {
    for (const { include, nested } of entries) {
      if (include !== undefined) included.add(lookup.resolve(include));
      if (nested !== undefined) note(nested);
    }
  };
  const names = lookup.parts.flatMap(({ part }) => Object.keys(part.urls));
  for (const name of names) note(lookup.urlsNamed(name)?.sketch ?? []);
  return names.filter((name) => !included.has(name) && /(?:^|\.)\w*(?:patterns|urls)$/.test(name));
}

function addEntry(entry: UrlSketch, place: Place, site: Site, into: Endpoint[], seen: Set<string>): void {
  if (place.depth > MAX_DEPTH) return;
  const prefix = joinUrl(place.prefix, entry.path);
  const wrappers = [...place.wrappers, ...(entry.wrappers ?? [])];
  const below = { ...place, prefix, wrappers, depth: place.depth + 1 };
  if (entry.target !== undefined)
    into.push(...endpointsOf(entry.target, prefix, { ...place, wrappers }, site));
  for (const one of entry.nested ?? []) addEntry(one, below, site, into, seen);
  if (entry.include === undefined) return;
  const name = site.lookup.resolve(entry.include);
  const urls = site.lookup.urlsNamed(name);
  if (urls !== undefined) {
    for (const one of urls.sketch) addEntry(one, { ...below, group: name }, site, into, seen);
    return;
  }
  if (name.endsWith(".urls"))
    addRouter(site.lookup.resolve(name.slice(0, -".urls".length)), below, site, into, seen);
}

function addRouter(name: string, place: Place, site: Site, into: Endpoint[], seen: Set<string>): void {
  for (const route of site.viewSets.get(name) ?? []) {
    seen.add(name);
    const prefix = joinUrl(place.prefix, `${nestedPrefix(name, site.lookup)}${route.path}`);
    into.push(...viewSetEndpoints(route.target, prefix, { ...place, group: route.target.name }, site));
  }
}

/** `orders/{order_pk}/` for a router that is nested below that of the orders. */
function nestedPrefix(name: string, lookup: Lookup): string {
  const router = lookup.routerNamed(name)?.sketch;
  if (router?.parent === undefined || router.prefix === "") return "";
  const above = nestedPrefix(lookup.resolve(router.parent), lookup);
  return `${above}${router.prefix}/{${router.prefix.replace(/s$/, "")}_pk}/`;
}

function joinUrl(prefix: string, path: string): string {
  return `${prefix}${path.replace(/^\^/, "")}`;
}

function endpointsOf(target: Target, path: string, place: Place, site: Site): readonly Endpoint[] {
  const { lookup, guarding } = site;
  const name = lookup.resolve(target.name);
  if (/(?:^|\.)admin\.site$|RedirectView$/.test(name)) return [];
  const wrappers = guarding.guards([...(target.wrappers ?? []), ...place.wrappers], "handler");
  const cls = lookup.classNamed(name);
  if (cls === undefined) {
    const fn = lookup.functionNamed(name);
    if (fn === undefined) return [];
    return [functionEndpoint(fn.name, path, wrappers, { ...place, group: place.group }, site)];
  }
  if (target.actions !== undefined) {
    const actions = Object.entries(target.actions).map(([method, action]) => ({
      methods: [method.toUpperCase()],
      action,
      path: "",
    }));
    return actions.map((one) => viewEndpoint(cls.name, one, path, wrappers, place.group, site));
  }
  return methodsOfView(cls.name, lookup).map((one) =>
    viewEndpoint(cls.name, one, path, wrappers, place.group, site),
  );
}

function viewSetEndpoints(target: Target, prefix: string, place: Place, site: Site): readonly Endpoint[] {
  const wrappers = site.guarding.guards(place.wrappers, "handler");
  const name = site.lookup.resolve(target.name);
  if (site.lookup.classNamed(name) === undefined) return [];
  return actionsOfViewSet(name, site.lookup).map((one) =>
    viewEndpoint(name, one, joined(`${prefix}/`, one.path), wrappers, place.group, site),
  );
}

function functionEndpoint(
  name: string,
  path: string,
  wrappers: readonly Guard[],
  { group }: Place,
  { lookup, guarding, drf, middleware }: Site,
): Endpoint {
  const sketch = lookup.functionNamed(name)?.sketch;
  const decorators = sketch?.decorators ?? [];
  const apiView = decorators.find((one) => /(?:^|\.)api_view$/.test(one.name));
  const own = guarding.guards(
    decorators.filter((one) => !/(?:^|\.)(?:api_view|permission_classes)$/.test(one.name)),
    "handler",
  );
  const permissions = decorators.find((one) => /(?:^|\.)permission_classes$/.test(one.name));
  const declared =
    apiView === undefined
      ? []
      : permissionGuards(
          permissions === undefined ? drf.permissions : (permissions.args ?? []),
          permissions === undefined ? "default" : "handler",
          guarding,
        );
  return {
    framework: apiView === undefined ? "django" : "drf",
    methods: functionMethods(decorators, apiView),
    path: shownPath(path),
    template: rawPath(path),
    handler: name,
    local: lookup.localName(name),
    view: null,
    viewKey: null,
    action: null,
    file: lookup.fileOf(name),
    parameters: pathParameters(sketch?.parameters ?? [], path),
    guards: distinctGuards([...own, ...wrappers, ...declared, ...middleware]),
    responseModel: null,
    group,
    async: sketch?.async === true,
    websocket: false,
    hidden: false,
  };
}

function functionMethods(decorators: readonly Mention[], apiView: Mention | undefined): readonly string[] {
  if (apiView !== undefined) return apiView.args?.map((one) => one.toUpperCase()) ?? ["GET"];
  for (const { name, args } of decorators) {
    const last = name.split(".").at(-1);
    if (last === "require_POST") return ["POST"];
    if (last === "require_GET" || last === "require_safe") return ["GET"];
    if (last === "require_http_methods") return args?.filter((one) => /^[A-Z]+$/.test(one)) ?? [];
  }
  return [];
}

function viewEndpoint(
  view: string,
  { methods, action, path: _, handler, decorators }: Answering,
  path: string,
  wrappers: readonly Guard[],
  group: string,
  site: Site,
): Endpoint {
  const { lookup, guarding, middleware } = site;
  const name = handler ?? action ?? "";
  const method = name === "" ? undefined : lookup.method(view, name);
  const isDrf = lookup.lineage(view).some((one) => one.startsWith("rest_framework."));
  const serializer = lookup.attribute(view, "serializer_class")?.names[0];
  const ofMethod = guarding.guards(
    (method?.sketch.decorators ?? []).filter(
      ({ name: one }) => !/(?:^|\.)(?:action|extend_schema)$/.test(one),
    ),
    "handler",
  );
  return {
    framework: isDrf ? "drf" : "django",
    methods,
    path: shownPath(path),
    template: rawPath(path),
    handler: method?.name ?? view,
    local: lookup.localName(method?.name ?? view),
    view,
    viewKey: placeKey(lookup.fileOf(view), lookup.localName(view)),
    action: isDrf ? (action ?? null) : null,
    file: method?.path ?? lookup.fileOf(view),
    parameters: pathParameters(method?.sketch.parameters ?? [], path),
    guards: distinctGuards([
      ...ofMethod,
      ...wrappers,
      ...viewGuards(view, isDrf, decorators, site),
      ...middleware,
    ]),
    responseModel: serializer?.split(".").at(-1) ?? null,
    group,
    async: method?.sketch.async === true,
    websocket: false,
    hidden: false,
  };
}

/** Mixins and decorators of a view class; of DRF its permission classes or the defaults. */
function viewGuards(
  view: string,
  isDrf: boolean,
  action: Mention | undefined,
  { lookup, guarding, drf }: Site,
): readonly Guard[] {
  const lineage = lookup.lineage(view);
  const mixins = lineage
    .slice(1)
    .filter((one) => /Mixin$|Required$|Access\w*$|Permission\w*$/.test(one))
    .map((name) => ({ name }));
  const decorators = lineage.flatMap((one) => lookup.classNamed(one)?.sketch.decorators ?? []);
  const dispatch = lookup.method(view, "dispatch");
  const own = guarding.guards([...decorators, ...(dispatch?.sketch.decorators ?? [])], "view");
  const dispatched =
    dispatch === undefined
      ? null
      : (guarding.kindOfFunction(dispatch.name) ?? kindOfMethod(dispatch.sketch.signals ?? []));
  const custom: readonly Guard[] =
    dispatched === null
      ? []
      : [{ kind: dispatched, text: "own check in dispatch", name: dispatch?.name ?? "", from: "view" }];
  const base = [...guarding.guards(mixins, "view"), ...own, ...custom];
  return isDrf ? [...base, ...drfGuards(view, action, lookup, guarding, drf)] : base;
}

function kindOfMethod(signals: readonly string[]): Guard["kind"] | null {
  if (signals.includes("403") || signals.includes("role")) return "permission";
  return signals.includes("401") || signals.includes("login") ? "authentication" : null;
}

function drfGuards(
  view: string,
  action: Mention | undefined,
  lookup: Lookup,
  guarding: Guarding,
  drf: WebApplication["drf"],
): readonly Guard[] {
  const ofAction = action?.keywords?.permission_classes;
  if (ofAction !== undefined) return permissionGuards(ofAction, "handler", guarding);
  const chosen = lookup.method(view, "get_permissions");
  const declared = lookup.attribute(view, "permission_classes");
  const own =
    declared === undefined
      ? permissionGuards(drf.permissions, "default", guarding)
      : permissionGuards(declared.names, "view", guarding);
  if (chosen === undefined) return own;
  return [{ kind: "permission", text: "get_permissions", name: chosen.name, from: "view" }, ...own];
}

/** Permission classes; each counts, also one whose code nobody knows, because it is one. */
function permissionGuards(
  names: readonly string[] | null,
  from: Guard["from"],
  guarding: Guarding,
): readonly Guard[] {
  return (names ?? []).flatMap((name) => {
    const found = guarding.guards([{ name }], from);
    if (found.length > 0) return found;
    const last = name.split(".").at(-1) ?? name;
    return /^[A-Z]/.test(last) ? [{ kind: "permission" as const, text: last, name, from }] : [];
  });
}

/** Middleware of the settings that refuses who is not known. */
function middlewareGuards(lookup: Lookup, guarding: Guarding): readonly Guard[] {
  const names = lookup.parts.flatMap(({ part }) => part.settings.MIDDLEWARE ?? []);
  return names.flatMap((name): readonly Guard[] => {
    const last = name.split(".").at(-1) ?? name;
    if (AUTHENTICATING_MIDDLEWARE.test(name))
      return [{ kind: "authentication", text: "login required", name, from: "app" }];
    if (name.startsWith("django.") || lookup.classNamed(name) === undefined) return [];
    const kind = guarding.kindOf({ name });
    return kind === "authentication" ? [{ kind, text: last, name, from: "app" }] : [];
  });
}
