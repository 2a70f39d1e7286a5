/** Sketches one file: everything in it that says something about the web application. */

import { fromModule } from "../../semantic/infer/names.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Assign, Call, ClassDef, Expr, FunctionNode, ImportFrom, Node, Stmt } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import { addRoutesOfCalls } from "./calls.ts";
import { sketchClass } from "./classes.ts";
import { readAnnotation, sketchFunction } from "./functions.ts";
import { mention, ownName, refName, wordsOf } from "./names.ts";
import { classRoutes, decoratedRoutes, hooksOf, routerOf } from "./routes.ts";
import type {
  ClassSketch,
  FunctionSketch,
  HookSketch,
  Mention,
  MountSketch,
  ParameterSketch,
  RouterSketch,
  RouteSketch,
  UrlSketch,
  WebSketch,
} from "./sketch.ts";
import { listsUrls, urlsIn } from "./urls.ts";

/** Words without which a module has neither routes nor guards nor views. */
const SAYS_MORE =
  /fastapi|starlette|flask|quart|django|rest_framework|aiohttp|[rR]outer|urlpatterns|REST_FRAMEWORK|MIDDLEWARE|[pP]ermission|[lL]ogin|[aA]uth|current_user|abort\(|HTTPException|401|403/;

/** A sketch while it is made. */
export interface Draft {
  readonly functions: Record<string, FunctionSketch>;
  readonly classes: Record<string, ClassSketch>;
  readonly aliases: Record<string, ParameterSketch>;
  readonly objects: Record<string, Mention>;
  readonly routers: Record<string, RouterSketch>;
  readonly routes: RouteSketch[];
  readonly mounts: MountSketch[];
  readonly hooks: HookSketch[];
  readonly urls: Record<string, UrlSketch[]>;
  readonly settings: Record<string, readonly string[]>;
}

/** The sketch of a module, or null where it holds nothing of the kind. */
export function collectWeb(model: SemanticModel, isPackage: boolean): WebSketch | null {
  const draft: Draft = {
    functions: {},
    classes: {},
    aliases: {},
    objects: {},
    routers: {},
    routes: [],
    mounts: [],
    hooks: [],
    urls: {},
    settings: {},
  };
  // Most modules only hand names on; looking for more in them would cost at every keystroke.
  if (SAYS_MORE.test(model.tree.text)) walk(model.module, (node) => visit(node, draft, model));
  const { exports, stars } = importsOf(model, isPackage);
  const functions = worthKeeping(draft);
  const sketch: WebSketch = { ...draft, functions, exports, stars, uses: frameworksOf(model) };
  const { classes, aliases, routers, urls, settings } = draft;
  const isEmpty = [functions, classes, aliases, routers, urls, settings, exports].every(
    (part) => Object.keys(part).length === 0,
  );
  return isEmpty && draft.mounts.length === 0 && draft.routes.length === 0 && stars.length === 0
    ? null
    : sketch;
}

function visit(node: Node, draft: Draft, model: SemanticModel): void {
  switch (node.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      visitFunction(node, draft, model);
      return;
    case "ClassDef":
      visitClass(node, draft, model);
      return;
    case "Assign":
      visitAssign(node, draft, model);
      return;
    case "AnnAssign":
      if (node.value?.kind === "Call" && node.target.kind === "Name")
        addRouter(node.target, node.value, draft, model);
      return;
    case "TypeAlias":
      if (node.name.kind === "Name") addAlias(node.name.id, node.value, draft, model);
      return;
    case "AugAssign":
      if (node.target.kind === "Name" && URL_LIST.test(node.target.id)) {
        addUrls(refName(node.target, model), node.value, draft, model);
      }
      return;
    case "Call":
      addRoutesOfCalls(node, draft, model);
      return;
    default:
  }
}

function visitFunction(node: FunctionNode, draft: Draft, model: SemanticModel): void {
  draft.routes.push(...decoratedRoutes(node, model));
  draft.hooks.push(...hooksOf(node, model));
  if (node.parent?.kind !== "ClassDef") draft.functions[ownName(node, model)] = sketchFunction(node, model);
}

function visitClass(node: ClassDef, draft: Draft, model: SemanticModel): void {
  const name = ownName(node, model);
  if (node.name === "Meta") return;
  draft.routes.push(...classRoutes(node.decorator_list, name, model));
  const sketch = sketchClass(node, model);
  if (isWorthKeeping(sketch)) draft.classes[name] = sketch;
}

/** A plain data class says nothing about requests. */
function isWorthKeeping({ bases, attributes, methods, decorators }: ClassSketch): boolean {
  const own = Object.keys(attributes).length > 0 || Object.keys(methods).length > 0;
  return own || decorators !== undefined || bases.length > 0;
}

function visitAssign(node: Assign, draft: Draft, model: SemanticModel): void {
  const [target] = node.targets;
  if (target?.kind === "Attribute" && node.value.kind === "Call") {
    addRouter(target, node.value, draft, model);
    return;
  }
  if (target?.kind !== "Name") return;
  const { value } = node;
  if (node.parent?.kind !== "FunctionDef" && DECIDES.has(target.id))
    addSetting(target.id, value, draft, model);
  if (URL_LIST.test(target.id) || listsUrls(value, model))
    addUrls(refName(target, model), value, draft, model);
  else if (value.kind === "Call") addRouter(target, value, draft, model);
  else if (value.kind === "Subscript") addAlias(target.id, value, draft, model);
}

/** Names of lists of URL patterns. */
const URL_LIST = /patterns$|urls$|routes$/;

/** Settings of Django that decide about all views. */
const DECIDES = new Set(["MIDDLEWARE", "MIDDLEWARE_CLASSES", "REST_FRAMEWORK", "ROOT_URLCONF"]);

function addSetting(name: string, value: Expr, draft: Draft, model: SemanticModel): void {
  if (value.kind !== "Dict") {
    draft.settings[name] = wordsOf(value, model);
    return;
  }
  for (const [i, key] of value.keys.entries()) {
    const text = key === null ? undefined : model.stringValue(key);
    const item = value.values[i];
    if (text !== undefined && item !== undefined) draft.settings[`${name}.${text}`] = wordsOf(item, model);
  }
}

function frameworksOf(model: SemanticModel): WebSketch["uses"] {
  return (["fastapi", "starlette", "flask", "aiohttp"] as const).filter((name) => model.importsPackage(name));
}

/** Calls that make something which may stand before a handler. */
const GUARD_MAKERS =
  /(?:Bearer|Basic|Digest|APIKey\w*|ApiKey\w*|OAuth2\w*|HTTPAuth|BasicAuth|TokenAuth|current_user|OpenIdConnect|Limiter|[Pp]ermission\w*|require\w*|Checker)$/;

function addRouter(target: Expr, value: Call, draft: Draft, model: SemanticModel): void {
  const name = refName(target, model);
  const router = routerOf(value, model);
  if (router !== undefined) draft.routers[name] = router;
  else if (GUARD_MAKERS.test(refName(value.func, model))) draft.objects[name] = mention(value, model);
}

function addAlias(name: string, value: Expr, draft: Draft, model: SemanticModel): void {
  const { type, written, depends } = readAnnotation(value, model);
  if (depends === undefined) return;
  draft.aliases[`${model.moduleName}.${name}`] = { name, type, written, depends };
}

function addUrls(name: string, value: Expr, draft: Draft, model: SemanticModel): void {
  const entries = urlsIn(value, model).filter(({ include }) => include !== name);
  if (entries.length === 0) return;
  draft.urls[name] = [...(draft.urls[name] ?? []), ...entries];
}

/** Functions that may guard or answer requests; the others would only make the sketch large. */
function worthKeeping({ functions, routes, hooks }: Draft): Readonly<Record<string, FunctionSketch>> {
  const named = new Set([...routes.map(({ target }) => target.name), ...hooks.map(({ handler }) => handler)]);
  return Object.fromEntries(
    Object.entries(functions).filter(([name, sketch]) => named.has(name) || mayMatter(sketch)),
  );
}

function mayMatter({ signals, calls, decorators, parameters }: FunctionSketch): boolean {
  if (signals !== undefined || decorators !== undefined || parameters[0]?.name === "request") return true;
  return (
    calls !== undefined ||
    parameters.some(({ depends, type }) => depends !== undefined || /\.[A-Z]\w+$/.test(type ?? ""))
  );
}

/** Packages whose names nobody looks up through a module of the project. */
const LIBRARIES =
  /^(?:typing|typing_extensions|collections|datetime|os|sys|re|json|logging|functools|itertools|uuid|enum|dataclasses|pathlib|asyncio|contextlib|abc|sqlalchemy|sqlmodel|pydantic|django|rest_framework|flask|fastapi|starlette|pytest|numpy|pandas|requests|httpx|celery|builtins|decimal|time|math|random|hashlib|urllib|io|copy|base64|importlib|traceback|string|types|warnings|__future__)(?:\.|$)/;

/** What other modules may import from this one although it stands elsewhere. */
function importsOf(model: SemanticModel, isPackage: boolean): Pick<WebSketch, "exports" | "stars"> {
  const exports: Record<string, string> = {};
  const stars: string[] = [];
  for (const statement of importStatements(model.module.body)) {
    const module = fromModule(statement, { moduleName: model.moduleName, isPackage });
    if (module === null || LIBRARIES.test(module)) continue;
    for (const { name, asname } of statement.names) {
      if (name === "*") stars.push(module);
      else exports[asname ?? name] = `${module}.${name}`;
    }
  }
  return { exports, stars };
}

function importStatements(body: readonly Stmt[]): readonly ImportFrom[] {
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case "ImportFrom":
        return [statement];
      case "If":
        return importStatements([...statement.body, ...statement.orelse]);
      case "Try":
        return importStatements([
          ...statement.body,
          ...statement.handlers.flatMap((one) => one.body),
          ...statement.orelse,
        ]);
      default:
        return [];
    }
  });
}
