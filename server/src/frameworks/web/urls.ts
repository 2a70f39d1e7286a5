/** Reads Django's URL patterns and the registrations of DRF's routers. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf } from "../../syntax/calls.ts";
import { mention, refName } from "./names.ts";
import { targetOf, textOf } from "./routes.ts";
import type { RouteSketch, Target, UrlSketch } from "./sketch.ts";

/** `router.register("orders", OrderViewSet)` of DRF. */
export function registeredViewSet(call: Call, model: SemanticModel): RouteSketch | undefined {
  if (call.func.kind !== "Attribute" || call.func.attr !== "register" || call.args.length < 2)
    return undefined;
  const [prefix, viewSet] = call.args;
  if (prefix === undefined || viewSet === undefined) return undefined;
  const path = model.stringValue(prefix);
  const name = refName(viewSet, model);
  if (path === undefined || !/(?:^|\.)[A-Z]\w*$/.test(name)) return undefined;
  const target: Target = { name, asView: true };
  return { router: refName(call.func.value, model), path, methods: [], target, dependencies: [] };
}

const URL_FUNCTIONS = /(?:^|\.)(?:path|re_path|url)$/;
const PATTERN_LISTS = /(?:^|\.)(?:i18n_patterns|format_suffix_patterns|static|decorator_include)$/;

/** True for a list that holds URL patterns, whatever it is called. */
export function listsUrls(node: Expr, model: SemanticModel): boolean {
  if (node.kind !== "List") return false;
  return node.elts.some((one) => one.kind === "Call" && URL_FUNCTIONS.test(refName(one.func, model)));
}

/** The entries of a list of URL patterns, `+`, `*` and calls around lists followed. */
export function urlsIn(node: Expr, model: SemanticModel, depth = 0): readonly UrlSketch[] {
  if (depth > 6) return [];
  switch (node.kind) {
    case "List":
    case "Tuple":
      return node.elts.flatMap((one) => urlsIn(one, model, depth + 1));
    case "Starred":
      return urlsIn(node.value, model, depth + 1);
    case "BinOp":
      return [...urlsIn(node.left, model, depth + 1), ...urlsIn(node.right, model, depth + 1)];
    case "Call": {
      const name = refName(node.func, model);
      if (URL_FUNCTIONS.test(name)) return urlOf(node, name, model, depth);
      if (PATTERN_LISTS.test(name)) return node.args.flatMap((one) => urlsIn(one, model, depth + 1));
      return [];
    }
    case "Name":
    case "Attribute": {
      const include = listName(node, model);
      return include === "" ? [] : [{ path: "", include }];
    }
    default:
      return [];
  }
}

function urlOf(call: Call, name: string, model: SemanticModel, depth: number): readonly UrlSketch[] {
  const pathNode = argumentOf(call, "route", 0);
  const view = argumentOf(call, "view", 1);
  if (pathNode === undefined || view === undefined) return [];
  const written = textOf(pathNode, model);
  const path = name.endsWith(".path") || name === "path" ? djangoPath(written) : regexPath(written);
  const included = includeOf(view, model, depth);
  if (included !== undefined) return [{ path, ...included }];
  const target = targetOf(view, model);
  return target === undefined ? [] : [{ path, target }];
}

function includeOf(
  view: Expr,
  model: SemanticModel,
  depth: number,
): Pick<UrlSketch, "include" | "nested" | "wrappers"> | undefined {
  if (view.kind === "Attribute" && view.attr === "urls") return { include: listName(view, model) };
  if (view.kind !== "Call" || !/(?:^|\.)(?:\w+_)?include$/.test(refName(view.func, model))) return undefined;
  const isPlain = /(?:^|\.)include$/.test(refName(view.func, model));
  const what = isPlain ? view.args[0] : (view.args.at(-1) ?? view.args[0]);
  const wrappers = isPlain ? {} : { wrappers: view.args.slice(0, -1).map((one) => mention(one, model)) };
  if (what === undefined) return undefined;
  const text = model.stringValue(what);
  if (text !== undefined) return { include: `${text}.urlpatterns`, ...wrappers };
  const inner = what.kind === "Tuple" ? what.elts[0] : what;
  if (inner === undefined) return undefined;
  const moduleName = inner.kind === "Tuple" ? undefined : model.stringValue(inner);
  if (moduleName !== undefined) return { include: `${moduleName}.urlpatterns`, ...wrappers };
  if (inner.kind === "List" || inner.kind === "BinOp") {
    return { nested: urlsIn(inner, model, depth + 1), ...wrappers };
  }
  const name = listName(inner, model);
  return name === "" ? undefined : { include: name, ...wrappers };
}

/** `router.urls` by the router's name, not by that of the attribute of its class. */
function listName(node: Expr, model: SemanticModel): string {
  if (node.kind !== "Attribute" || node.attr !== "urls") return refName(node, model);
  return `${refName(node.value, model)}.urls`;
}

/** `orders/<int:pk>/` as `orders/{pk:int}/`. */
function djangoPath(path: string): string {
  return path.replace(/<(\w+):(\w+)>/g, "{$2:$1}").replace(/<(\w+)>/g, "{$1}");
}

/** `^orders/(?P<pk>\d+)/$` as `orders/{pk:regex}/`, as far as a person would write it so. */
export function regexPath(pattern: string): string {
  let out = "";
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] === "(") {
      const end = closing(pattern, at);
      const name = /^\(\?P<(\w+)>/.exec(pattern.slice(at, end))?.[1];
      // What a group of an expression matches is not known: it is no plain parameter.
      if (name !== undefined) out += `{${name}:regex}`;
      else if (!pattern.startsWith("(?:", at)) out += "{arg:regex}";
      at = end;
      if (/[?*+]/.test(pattern[at] ?? "")) at += 1;
    } else {
      const char = pattern[at] ?? "";
      if (char === "\\") {
        out += /[AZzb]/.test(pattern[at + 1] ?? "") ? "" : (pattern[at + 1] ?? "");
        at += 2;
      } else {
        if (!/[\^$?*+]/.test(char)) out += char;
        at += 1;
      }
    }
  }
  return out;
}

/** The index behind the bracket that closes the one at `open`. */
function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === "\\") at += 1;
    else if (pattern[at] === "(") depth += 1;
    else if (pattern[at] === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return pattern.length;
}
