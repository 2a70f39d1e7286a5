/** Request handlers: which functions a framework calls for a client, and which parameters the client fills. */

import { riskSet } from "../models/taint/types.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Arg, Call, Expr, FunctionNode } from "../syntax/ast.ts";
import { conventionalHandler } from "./conventions.ts";
import type { ClientParameter, Handler } from "./handler.ts";

/** Qualified names of the decorators that register handlers, and of those that register tools of a model. */
export interface HandlerDecorators {
  readonly handlers: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
}

const NO_TYPES: ReadonlyMap<Arg, string> = new Map();

/** Types whose conversion leaves nothing that could do harm; frameworks enforce them before the call. */
const SAFE_TYPES =
  /^(builtins\.(int|float|bool)|uuid\.UUID|pydantic\.(types\.)?(UUID[1-8]|PositiveInt|NonNegativeInt|NegativeInt|StrictInt|StrictBool)|decimal\.Decimal|datetime\.(date|datetime|time|timedelta))$/;

/** What a framework hands in by itself: not the client's. */
const INJECTED =
  /^(fastapi|starlette)\.(requests\.|background\.|websockets\.|responses\.)?(Request|BackgroundTasks|WebSocket|Response)$/;

/** The handler that a function is by one of its decorators or by a framework's conventions, or null. */
export function handlerOf(
  model: SemanticModel,
  node: FunctionNode,
  known: HandlerDecorators,
): Handler | null {
  for (const decorator of node.decorator_list) {
    const call = decorator.kind === "Call" ? decorator : null;
    const name = model.qualifiedName(call === null ? decorator : call.func);
    if (name === undefined) continue;
    if (known.tools.has(name)) return toolOf(model, node, name);
    if (!known.handlers.has(name)) continue;
    return { kind: "web", decorator: name, parameters: clientParameters(model, node, call), typed: NO_TYPES };
  }
  return conventionalHandler(model, node);
}

/** A function that a language model may call: it chooses every argument. */
function toolOf(model: SemanticModel, node: FunctionNode, decorator: string): Handler {
  const parameters = clientParameters(model, node, null).map(({ arg }) => ({
    arg,
    label: `the argument \`${arg.arg}\` that a model chooses`,
  }));
  return { kind: "tool", decorator, parameters, typed: NO_TYPES };
}

function clientParameters(
  model: SemanticModel,
  node: FunctionNode,
  route: Call | null,
): readonly ClientParameter[] {
  const { args } = node;
  const positional = [...args.posonlyargs, ...args.args];
  const converted = convertedNames(model, route);
  const segments = segmentNames(model, route);
  const result: ClientParameter[] = [];
  for (const [i, arg] of positional.entries()) {
    const fallback = args.defaults[i - positional.length + args.defaults.length];
    if (arg.arg === "self" || arg.arg === "cls" || converted.has(arg.arg)) continue;
    if (isClientValue(model, arg, fallback)) result.push(parameterOf(arg, segments));
  }
  for (const [i, arg] of args.kwonlyargs.entries()) {
    if (isClientValue(model, arg, args.kw_defaults[i] ?? undefined)) {
      result.push(parameterOf(arg, segments));
    }
  }
  return result;
}

/** A part of the URL between two slashes has none in it. */
const SEGMENT_CLEARS = riskSet("path", "nosql");

function parameterOf(arg: Arg, segments: ReadonlySet<string>): ClientParameter {
  const label = `the parameter \`${arg.arg}\``;
  return segments.has(arg.arg) ? { arg, label, without: SEGMENT_CLEARS } : { arg, label };
}

function isClientValue(model: SemanticModel, arg: Arg, fallback: Expr | undefined): boolean {
  if (isDependency(model, fallback) || isDependency(model, metadataOf(arg.annotation))) return false;
  if (arg.annotation !== null && (isForeign(model, arg.annotation) || isEnum(model, arg.annotation)))
    return false;
  const type = arg.annotation === null ? undefined : model.annotationType(arg.annotation);
  return type === undefined || !(SAFE_TYPES.test(type) || INJECTED.test(type));
}

/** A name out of another module of the project: as likely an alias of a dependency as a model of the body. */
function isForeign(model: SemanticModel, annotation: Expr): boolean {
  if (annotation.kind !== "Name") return false;
  const [definition] = model.resolve(annotation)?.definitions ?? [];
  return definition?.kind === "alias" && !KNOWN_PACKAGES.test(model.qualifiedName(annotation) ?? "");
}

/** A framework converts to the members of an enumeration, and refuses everything else. */
function isEnum(model: SemanticModel, annotation: Expr): boolean {
  const definition = model.definitionOf(annotation);
  return definition?.kind === "ClassDef" && model.derivesFrom(definition, ENUMS);
}

const ENUMS: ReadonlySet<string> = new Set(
  ["Enum", "StrEnum", "IntEnum", "Flag"].map((name) => `enum.${name}`),
);

const KNOWN_PACKAGES = /^(builtins|typing|fastapi|starlette|pydantic|uuid|datetime|decimal|pathlib|enum)\./;

/** `Annotated[User, Depends(current_user)]`: the dependency. */
function metadataOf(annotation: Expr | null): Expr | undefined {
  if (annotation?.kind !== "Subscript" || annotation.slice.kind !== "Tuple") return undefined;
  return annotation.slice.elts.find((part) => part.kind === "Call");
}

function isDependency(model: SemanticModel, node: Expr | undefined): boolean {
  if (node?.kind !== "Call") return false;
  return /^fastapi\.(params\.)?(Depends|Security)$/.test(model.callee(node) ?? "");
}

/** Names of parts of a route that one segment of the path fills: `<name>`, `{name}`, but not `<path:name>`. */
function segmentNames(model: SemanticModel, route: Call | null): ReadonlySet<string> {
  const rule = route?.args[0] === undefined ? undefined : model.stringValue(route.args[0]);
  const names = [...(rule ?? "").matchAll(/<(?:string(?:\([^)]*\))?:)?(\w+)>|\{(\w+)\}/g)];
  return new Set(names.map((match) => match[1] ?? match[2] ?? ""));
}

/** Names in a Flask route whose converter admits no free text: `<int:id>`. */
function convertedNames(model: SemanticModel, route: Call | null): ReadonlySet<string> {
  const rule = route?.args[0] === undefined ? undefined : model.stringValue(route.args[0]);
  return new Set(
    [...(rule ?? "").matchAll(/<(?:int|float|uuid)(?:\([^)]*\))?:(\w+)>/g)].map((m) => m[1] ?? ""),
  );
}
