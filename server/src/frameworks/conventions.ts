/** Request handlers that nothing registers in sight: Django's and DRF's views, WSGI applications, cloud functions. */

import { riskSet } from "../models/taint/types.ts";
import { assignedValues } from "../semantic/assigned.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Arg, ClassDef, Expr, FunctionNode, Node } from "../syntax/ast.ts";
import { walkUnit } from "../syntax/walk.ts";
import type { ClientParameter, Handler } from "./handler.ts";

const DJANGO_REQUEST = "django.http.HttpRequest";
const DRF_REQUEST = "rest_framework.request.Request";

const VIEW_CLASSES: ReadonlySet<string> = new Set([
  "django.views.View",
  "rest_framework.views.APIView",
  "rest_framework.viewsets.ViewSetMixin",
]);

/** Methods of class-based views that the framework calls with the request and the parts of the URL. */
const VIEW_METHODS =
  /^(?:get|post|put|patch|delete|head|options|dispatch|list|create|retrieve|update|partial_update|destroy)$/;

/** Attributes that only Django's requests have, spelled as only Django spells them. */
const DJANGO_ATTRIBUTES = new Set(["GET", "POST", "FILES", "COOKIES", "META"]);

/** What only views do: their decorators, and what they return. */
const VIEW_DECORATOR = /^django\.(?:views\.decorators\.|contrib\.(?:auth|admin)\.)/;
const VIEW_ANSWER =
  /^django\.(?:http\.(?:\w*Response\w*|response\.\w+)|shortcuts\.(?:render|redirect)|template\.response\.\w+)$/;

/** URL parts that are numbers, keys or dates nearly always, whatever converts them. */
const KEY_NAMES =
  /(?:^|_)(?:pk|ids?|uuid|slug|year|month|day|week|page|number|count|lang|format)$|^(?:format|request)$/;

/** Words of which a module's conventional handlers have one, by the package that the module imports. */
export const CONVENTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  django: ["request"],
  rest_framework: ["request"],
  aiohttp: ["request"],
};
/** The same, for protocols that need no import. */
export const PROTOCOL_WORDS = ["start_response", "event"] as const;

/** The handler that a function is by what it looks like, or null. */
export function conventionalHandler(model: SemanticModel, node: FunctionNode): Handler | null {
  const positional = [...node.args.posonlyargs, ...node.args.args];
  return djangoView(model, node, positional) ?? webApplication(model, node, positional);
}

function djangoView(model: SemanticModel, node: FunctionNode, positional: readonly Arg[]): Handler | null {
  const isDrf = model.importsPackage("rest_framework");
  if (!isDrf && !model.importsPackage("django")) return null;
  const cls = node.parent?.kind === "ClassDef" ? node.parent : null;
  const request = positional[cls === null ? 0 : 1];
  if (request?.arg !== "request" || request.annotation !== null) return null;
  const isApi = isDrf && (cls === null ? isDecorated(model, node, /^rest_framework\.decorators\./) : true);
  const isView =
    cls === null
      ? isApi || isFunctionView(model, node)
      : (VIEW_METHODS.test(node.name) && isViewClass(model, cls)) ||
        isDecorated(model, node, /^rest_framework\.decorators\.action$/);
  if (!isView && !readsRequest(model, node)) return null;
  return {
    kind: "web",
    decorator: "django.view",
    parameters: isView && (cls !== null || isViewModule(model)) ? urlParts(node, request) : [],
    typed: new Map([[request, isApi ? DRF_REQUEST : DJANGO_REQUEST]]),
  };
}

/** In other modules a function that takes the request as well may be anybody's helper. */
function isViewModule({ moduleName }: SemanticModel): boolean {
  return /(?:^|\.)(?:\w*views?|handlers?|endpoints?|pages)(?:\.|$)/.test(moduleName);
}

function isViewClass(model: SemanticModel, cls: ClassDef): boolean {
  if (model.derivesFrom(cls, VIEW_CLASSES)) return true;
  return cls.bases.some((base) => /(?:View|ViewSet|Mixin)$/.test(model.qualifiedName(base) ?? ""));
}

function isDecorated(model: SemanticModel, node: FunctionNode, pattern: RegExp): boolean {
  return node.decorator_list.some((decorator) =>
    pattern.test(model.qualifiedName(decorator.kind === "Call" ? decorator.func : decorator) ?? ""),
  );
}

/** A module-level function that has a view's decorator, or returns what only a view returns. */
function isFunctionView(model: SemanticModel, node: FunctionNode): boolean {
  if (node.parent?.kind !== "Module") return false;
  if (isDecorated(model, node, VIEW_DECORATOR)) return true;
  let answers = false;
  visit(node, (inner) => {
    if (answers || inner.kind !== "Return" || inner.value === null) return;
    answers = possibleCalls(model, inner.value).some((name) => VIEW_ANSWER.test(name));
  });
  return answers;
}

/** The names of the calls that a returned expression may be. */
function possibleCalls(model: SemanticModel, value: Expr): readonly string[] {
  const values = value.kind === "Name" ? (assignedValues(value, model) ?? []) : [value];
  return values.flatMap((one) => (one.kind === "Call" ? [model.callee(one) ?? ""] : []));
}

/** True where a function reads what only Django's requests have. */
function readsRequest(_model: SemanticModel, node: FunctionNode): boolean {
  let reads = false;
  visit(node, (inner) => {
    if (inner.kind !== "Attribute" || !DJANGO_ATTRIBUTES.has(inner.attr)) return;
    reads ||= inner.value.kind === "Name" && inner.value.id === "request";
  });
  return reads;
}

function visit(node: FunctionNode, visitor: (node: Node) => void): void {
  if (node.unit !== null) walkUnit(node.unit, visitor);
}

/** What the URL's pattern hands in: text, unless the pattern converts it, which stands in another file. */
function urlParts({ args }: FunctionNode, request: Arg): readonly ClientParameter[] {
  return [...args.args, ...args.kwonlyargs]
    .filter((arg) => arg !== request && arg.arg !== "self" && !KEY_NAMES.test(arg.arg))
    .filter((arg) => arg.annotation === null)
    .map((arg) => ({
      arg,
      label: `the URL part \`${arg.arg}\``,
      unproven: true,
      without: riskSet("path", "nosql"),
    }));
}

/** `def app(environ, start_response)` and `def handler(event, context)`: the names are the protocol. */
function webApplication(
  model: SemanticModel,
  node: FunctionNode,
  positional: readonly Arg[],
): Handler | null {
  const own = positional.filter((arg) => arg.arg !== "self");
  const [first, second, ...others] = own;
  if (first === undefined || others.length > 0) return null;
  if (first.arg === "environ" && second?.arg === "start_response") {
    const parameters = [{ arg: first, label: "the request environment" }];
    const typed = new Map([[second, "wsgiref.types.StartResponse"]]);
    return { kind: "web", decorator: "wsgi.application", parameters, typed };
  }
  if (first.arg === "event" && second?.arg === "context" && /handler$/.test(node.name)) {
    return {
      kind: "web",
      decorator: "aws.handler",
      parameters: [{ arg: first, label: "the event" }],
      typed: new Map(),
    };
  }
  const isAiohttp = first.arg === "request" && second === undefined && node.kind === "AsyncFunctionDef";
  if (!isAiohttp || first.annotation !== null || !returnsFrom(model, node, /^aiohttp\.web\./)) return null;
  const typed = new Map([[first, "aiohttp.web.Request"]]);
  return { kind: "web", decorator: "aiohttp.handler", parameters: [], typed };
}

function returnsFrom(model: SemanticModel, node: FunctionNode, pattern: RegExp): boolean {
  let found = false;
  visit(node, (inner) => {
    if (inner.kind !== "Return" || inner.value === null) return;
    found ||= possibleCalls(model, inner.value).some((name) => pattern.test(name));
  });
  return found;
}
