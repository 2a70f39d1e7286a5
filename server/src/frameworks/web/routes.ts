/** Reads the routes, mounts and hooks of FastAPI, Starlette, Flask and aiohttp off decorators and calls. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Dict, Expr, FunctionNode } from "../../syntax/ast.ts";
import { argumentOf, isFalse, keywordOf } from "../../syntax/calls.ts";
import { writtenType } from "./functions.ts";
import { mention, mentions, ownName, refName } from "./names.ts";
import type { HookSketch, MountSketch, RouterKind, RouterSketch, RouteSketch, Target } from "./sketch.ts";

const VERBS = new Set(["get", "post", "put", "patch", "delete", "options", "head", "trace"]);
const GENERAL = new Set(["route", "api_route", "websocket", "websocket_route", "view"]);

/** Classes that make a router, and what their prefix is called. */
const MAKERS: Readonly<Record<string, { kind: RouterKind; app?: true; prefix?: string; position?: number }>> =
  {
    "fastapi.FastAPI": { kind: "fastapi", app: true, prefix: "root_path_prefix" },
    "fastapi.APIRouter": { kind: "fastapi", prefix: "prefix" },
    "starlette.applications.Starlette": { kind: "starlette", app: true },
    "starlette.routing.Router": { kind: "starlette" },
    "flask.Flask": { kind: "flask", app: true },
    "flask.Blueprint": { kind: "flask", prefix: "url_prefix" },
    "flask_smorest.Blueprint": { kind: "flask", prefix: "url_prefix" },
    "flask_openapi3.APIBlueprint": { kind: "flask", prefix: "url_prefix" },
    "quart.Quart": { kind: "flask", app: true },
    "quart.Blueprint": { kind: "flask", prefix: "url_prefix" },
    "flask_restx.Api": { kind: "restx", prefix: "prefix" },
    "flask_restx.Namespace": { kind: "restx", prefix: "path" },
    "flask_restful.Api": { kind: "restx", prefix: "prefix" },
    "aiohttp.web.Application": { kind: "aiohttp", app: true },
    "aiohttp.web.RouteTableDef": { kind: "aiohttp" },
    "rest_framework.routers.DefaultRouter": { kind: "drf" },
    "rest_framework.routers.SimpleRouter": { kind: "drf" },
    "rest_framework_nested.routers.DefaultRouter": { kind: "drf" },
    "rest_framework_nested.routers.SimpleRouter": { kind: "drf" },
    "rest_framework_nested.routers.NestedDefaultRouter": { kind: "drf" },
    "rest_framework_nested.routers.NestedSimpleRouter": { kind: "drf" },
  };
const MAKER_SHORT =
  /(?:^|\.)(FastAPI|APIRouter|Starlette|Flask|Blueprint|Namespace|DefaultRouter|SimpleRouter|NestedSimpleRouter|NestedDefaultRouter)$/;

/** The router that a call makes, or undefined. A subclass of the project's own is told by its name. */
export function routerOf(call: Call, model: SemanticModel): RouterSketch | undefined {
  const maker = refName(call.func, model);
  const known = Object.hasOwn(MAKERS, maker) ? MAKERS[maker] : makerByShape(maker);
  if (known === undefined) return undefined;
  const prefixNode = argumentOf(call, known.prefix ?? "prefix");
  const nested = /Nested\w*Router$/.test(maker);
  return {
    kind: known.kind,
    app: known.app === true,
    prefix: nested ? textOf(call.args[1], model) : textOf(prefixNode, model),
    dependencies: mentions(keywordOf(call, "dependencies")?.value, model),
    ...(Object.hasOwn(MAKERS, maker) ? {} : { maker }),
    ...(nested && call.args[0] !== undefined ? { parent: refName(call.args[0], model) } : {}),
  };
}

/** `UserAPIRouter(…)`, `BulkRouter()`: a class called after what it derives from. */
function makerByShape(maker: string): (typeof MAKERS)[string] | undefined {
  const last = maker.split(".").at(-1) ?? "";
  if (!/^[A-Z]/.test(last)) return undefined;
  if (/APIRouter$/.test(last)) return MAKERS["fastapi.APIRouter"];
  if (MAKER_SHORT.test(last) && !/\./.test(maker)) return undefined;
  return /(?:Default|Simple|Nested\w*)Router$/.test(last) ? { kind: "drf" } : undefined;
}

/** The text of a path, with `{name}` where a part of it is not constant; "" where nothing is known. */
export function textOf(node: Expr | undefined, model: SemanticModel): string {
  if (node === undefined) return "";
  const known = model.stringValue(node);
  if (known !== undefined) return known;
  if (node.kind === "JoinedStr") {
    return node.values
      .map((part) => (part.kind === "Constant" ? String(part.value) : partOf(part, model)))
      .join("");
  }
  if (node.kind === "BinOp" && node.op === "Add") return textOf(node.left, model) + textOf(node.right, model);
  // `org_scoped_rule("/forgot")`: a helper of the project's own around the path
  if (node.kind === "Call") return node.args.length === 1 ? textOf(node.args[0], model) : "";
  // `settings.API_V1_STR`: shown by its name
  const name = refName(node, model).split(".").at(-1) ?? "";
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? `/{${name}}` : "";
}

function partOf(part: Expr, model: SemanticModel): string {
  if (part.kind !== "FormattedValue") return "";
  const text = model.stringValue(part.value);
  return text ?? `{${refName(part.value, model).split(".").at(-1) ?? ""}}`;
}

/** The routes that decorators of a function register. */
export function decoratedRoutes(fn: FunctionNode, model: SemanticModel): readonly RouteSketch[] {
  return fn.decorator_list.flatMap((decorator) => {
    if (decorator.kind !== "Call" || decorator.func.kind !== "Attribute") return [];
    const { attr: verb, value } = decorator.func;
    if (!VERBS.has(verb) && !GENERAL.has(verb)) return [];
    const pathNode =
      argumentOf(decorator, "path", 0) ?? argumentOf(decorator, "rule", 0) ?? argumentOf(decorator, "uri", 0);
    if (pathNode === undefined) return [];
    const path = textOf(pathNode, model);
    if (!looksLikePath(path)) return [];
    const target = { name: ownName(fn, model) };
    return [routeOf(decorator, { router: refName(value, model), path, target, verb }, model)];
  });
}

function looksLikePath(path: string): boolean {
  return path === "" || /^[/{<]/.test(path);
}

interface Registration {
  readonly router: string;
  readonly path: string;
  readonly target: Target;
  readonly verb: string;
}

function routeOf(
  call: Call,
  { router, path, target, verb }: Registration,
  model: SemanticModel,
): RouteSketch {
  const declared = keywordOf(call, "response_model")?.value;
  const responseModel = declared === undefined ? null : writtenType(declared);
  return {
    router,
    path,
    methods: VERBS.has(verb) ? [verb.toUpperCase()] : methodsOf(call, verb, model),
    target,
    dependencies: mentions(keywordOf(call, "dependencies")?.value, model),
    ...(responseModel === null ? {} : { responseModel }),
    ...(verb.startsWith("websocket") ? { websocket: true as const } : {}),
    ...(isFalse(keywordOf(call, "include_in_schema")?.value) ? { hidden: true as const } : {}),
  };
}

function methodsOf(call: Call, verb: string, model: SemanticModel): readonly string[] {
  if (verb.startsWith("websocket")) return [];
  const node = keywordOf(call, "methods")?.value;
  if (node === undefined) return verb === "route" || verb === "api_route" ? ["GET"] : [];
  if (node.kind !== "List" && node.kind !== "Tuple" && node.kind !== "Set") return [];
  return node.elts.flatMap((one) => model.stringValue(one)?.toUpperCase() ?? []);
}

/** The routes of a class: `@ns.route("/path") class X(Resource)`. */
export function classRoutes(
  decorators: readonly Expr[],
  name: string,
  model: SemanticModel,
): readonly RouteSketch[] {
  return decorators.flatMap((decorator) => {
    if (decorator.kind !== "Call" || decorator.func.kind !== "Attribute") return [];
    if (decorator.func.attr !== "route" && decorator.func.attr !== "view") return [];
    const router = refName(decorator.func.value, model);
    return decorator.args.flatMap((arg) => {
      const path = textOf(arg, model);
      if (!looksLikePath(path)) return [];
      return [{ router, path, methods: [], target: { name, asView: true as const }, dependencies: [] }];
    });
  });
}

/** What a call registers: a route, a mount, a hook; undefined for any other call. */
export function registrationOf(
  call: Call,
  model: SemanticModel,
): { route: readonly RouteSketch[] } | { mount: MountSketch } | { hook: HookSketch } | undefined {
  if (call.func.kind !== "Attribute") return keywordView(call, "", model);
  const { attr, value } = call.func;
  const router = () => refName(value, model);
  switch (attr) {
    case "include_router":
    case "register_blueprint":
    case "add_namespace":
    case "mount":
      return mountOf(call, attr, router(), model);
    case "add_api_route":
    case "add_route":
    case "add_url_rule":
    case "add_resource":
    case "add_org_resource":
    case "add_get":
    case "add_post":
    case "add_put":
    case "add_patch":
    case "add_delete":
      return { route: addedRoutes(call, attr, router(), model) };
    case "before_request":
    case "before_app_request": {
      const [handler] = call.args;
      if (handler === undefined) return undefined;
      return { hook: hookOf(refName(handler, model), attr, router()) };
    }
    default:
      return keywordView(call, router(), model);
  }
}

/** `before_request` as a decorator. */
export function hooksOf(fn: FunctionNode, model: SemanticModel): readonly HookSketch[] {
  return fn.decorator_list.flatMap((decorator) => {
    const node = decorator.kind === "Call" ? decorator.func : decorator;
    if (node.kind !== "Attribute" || !/^before_(?:app_)?request$/.test(node.attr)) return [];
    return [hookOf(ownName(fn, model), node.attr, refName(node.value, model))];
  });
}

function hookOf(handler: string, attr: string, router: string): HookSketch {
  return { router, handler, ...(attr === "before_app_request" ? { wholeApp: true as const } : {}) };
}

function mountOf(
  call: Call,
  attr: string,
  parent: string,
  model: SemanticModel,
): { mount: MountSketch } | undefined {
  const positional = attr === "mount" ? 1 : 0;
  const childNode = call.args[positional] ?? keywordOf(call, attr === "mount" ? "app" : "router")?.value;
  if (childNode === undefined) return undefined;
  const prefixNode =
    attr === "mount"
      ? call.args[0]
      : (keywordOf(call, "prefix")?.value ??
        keywordOf(call, "url_prefix")?.value ??
        argumentOf(call, "path", attr === "add_namespace" ? 1 : undefined));
  return {
    mount: {
      parent,
      child: refName(childNode, model),
      prefix: textOf(prefixNode, model),
      dependencies: mentions(keywordOf(call, "dependencies")?.value, model),
    },
  };
}

function addedRoutes(call: Call, attr: string, router: string, model: SemanticModel): readonly RouteSketch[] {
  const isResource = attr.endsWith("resource");
  const texts = call.args.flatMap((arg) => {
    const path = textOf(arg, model);
    return path.startsWith("/") || path.startsWith("<") ? [path] : [];
  });
  const named = argumentOf(call, "rule") ?? argumentOf(call, "path");
  const paths = isResource ? texts : [named === undefined ? (texts[0] ?? "") : textOf(named, model)];
  const handler = isResource
    ? call.args[0]
    : (keywordOf(call, "view_func")?.value ??
      keywordOf(call, "endpoint")?.value ??
      call.args.find((arg) => arg.kind === "Call" || arg.kind === "Name" || arg.kind === "Attribute"));
  const target = handler === undefined ? undefined : targetOf(handler, model);
  if (target === undefined) return [];
  const viaView = isResource ? { ...target, asView: true as const } : target;
  const verb =
    /^add_(get|post|put|patch|delete)$/.exec(attr)?.[1] ?? (attr === "add_url_rule" ? "route" : "api_route");
  return paths.map((path) => {
    const route = routeOf(call, { router, path, target: viaView, verb }, model);
    return viaView.asView === true
      ? { ...route, methods: keywordOf(call, "methods") ? route.methods : [] }
      : route;
  });
}

/** A helper of the project's own that is told the view by keyword: `register_view(bp, routes=[…], view_func=…)`. */
function keywordView(
  call: Call,
  router: string,
  model: SemanticModel,
): { route: readonly RouteSketch[] } | undefined {
  const view = keywordOf(call, "view_func")?.value;
  if (view === undefined) return undefined;
  const target = targetOf(view, model);
  const listed = keywordOf(call, "routes")?.value;
  const nodes = listed?.kind === "List" || listed?.kind === "Tuple" ? listed.elts : call.args;
  const paths = nodes.map((node) => textOf(node, model)).filter((path) => path.startsWith("/"));
  const [first] = call.args;
  const at =
    router === "" && first !== undefined && first.kind !== "Constant" ? refName(first, model) : router;
  if (target === undefined || paths.length === 0) return undefined;
  return { route: paths.map((path) => ({ router: at, path, methods: [], target, dependencies: [] })) };
}

/** The view that an expression is, with what wraps it: `login_required(OrderView.as_view())`. */
export function targetOf(node: Expr, model: SemanticModel, depth = 0): Target | undefined {
  if (depth > 5) return undefined;
  if (node.kind === "Call") {
    if (node.func.kind === "Attribute" && /^as_view$/.test(node.func.attr)) {
      const [actions] = node.args;
      return {
        name: refName(node.func.value, model),
        asView: true,
        ...(actions?.kind === "Dict" ? { actions: actionsOf(actions, model) } : {}),
      };
    }
    const inner = node.args.find(
      (arg) => arg.kind === "Call" || arg.kind === "Name" || arg.kind === "Attribute",
    );
    const target = inner === undefined ? undefined : targetOf(inner, model, depth + 1);
    if (target === undefined) return undefined;
    return { ...target, wrappers: [wrapper(node, model), ...(target.wrappers ?? [])] };
  }
  const name = refName(node, model);
  return name === "" ? undefined : { name };
}

/** `permission_required("shop.add")(view)` is wrapped in what the first call names. */
function wrapper(node: Call, model: SemanticModel) {
  return node.func.kind === "Call" ? mention(node.func, model) : { name: refName(node.func, model) };
}

function actionsOf(dict: Dict, model: SemanticModel): Readonly<Record<string, string>> {
  const entries = dict.keys.flatMap((key, i) => {
    const value = dict.values[i];
    const method = key === null ? undefined : model.stringValue(key);
    const action = value === undefined ? undefined : model.stringValue(value);
    return method === undefined || action === undefined ? [] : [[method, action] as const];
  });
  return Object.fromEntries(entries);
}
