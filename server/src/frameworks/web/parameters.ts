/** Where each parameter of a handler comes from, by the rules of its framework. */

import type { EndpointParameter, ParameterSource } from "./endpoint.ts";
import type { Guarding } from "./guarding.ts";
import type { ParameterSketch } from "./sketch.ts";

/** Names in a path template, converters taken off. */
export function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)(?::[^{}]*)?\}|<(?:[^<>:]*:)?(\w+)>/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
}

/** A template as it is shown: `/orders/{id}`, whatever the framework's own spelling. */
export function shownPath(path: string): string {
  const plain = path
    .replace(/<(?:[^<>:]*:)?(\w+)>/g, "{$1}")
    .replace(/\{(\w+):[^{}]*\}/g, "{$1}")
    .replace(/\/{2,}/g, "/");
  return plain.startsWith("/") ? plain : `/${plain}`;
}

/** A template with its converters, in one spelling: `/orders/{id:int}`. */
export function rawPath(path: string): string {
  const plain = path
    .replace(/<(\w+)(?:\([^<>]*\))?:(\w+)>/g, "{$2:$1}")
    .replace(/<(\w+)>/g, "{$1}")
    .replace(/\/{2,}/g, "/");
  return plain.startsWith("/") ? plain : `/${plain}`;
}

const INJECTED =
  /(?:^|\.)(?:Request|BackgroundTasks|WebSocket|Response|HTTPConnection|HttpRequest|SecurityScopes)$/;
const MARKED: Readonly<Record<string, ParameterSource>> = {
  Query: "query",
  Path: "path",
  Body: "body",
  Header: "header",
  Cookie: "cookie",
  Form: "form",
  File: "file",
};
/** Types that FastAPI reads from the query, everything else being a body. */
const SCALAR =
  /(?:^builtins\.(?:str|int|float|bool|bytes)$|\.(?:UUID[1-8]?|Decimal|date|datetime|time|timedelta|Literal|Enum|EmailStr|Path|PositiveInt|NonNegativeInt|HttpUrl|SecretStr|ObjectId)$)/;
const COLLECTION = /^builtins\.(?:list|set|tuple|dict)$|\.(?:List|Set|Tuple|Dict|Any)$/;

/** The parameters of a path operation of FastAPI. */
export function fastapiParameters(
  sketches: readonly ParameterSketch[],
  path: string,
  guarding: Guarding,
  isEnum: (type: string) => boolean,
): readonly EndpointParameter[] {
  const inPath = new Set(pathNames(path));
  return sketches.map((sketch) => {
    const dependency = guarding.dependencyOf(sketch);
    return {
      name: sketch.name,
      from: dependency === undefined ? sourceOf(sketch, inPath, isEnum) : "dependency",
      type: sketch.written,
      typeName: sketch.type,
      ...(dependency === undefined ? {} : { provider: dependency.name }),
      ...(sketch.bounded === true ? { bounded: true as const } : {}),
    };
  });
}

function sourceOf(
  { name, type, marker }: ParameterSketch,
  inPath: ReadonlySet<string>,
  isEnum: (type: string) => boolean,
): ParameterSource {
  if (inPath.has(name)) return "path";
  if (marker !== undefined) return MARKED[marker] ?? "query";
  if (type === null) return "query";
  if (INJECTED.test(type)) return "injected";
  if (/(?:^|\.)UploadFile$/.test(type)) return "file";
  if (COLLECTION.test(type)) return "body";
  return SCALAR.test(type) || isEnum(type) || !/(?:^|\.)[A-Z]\w*$/.test(type) ? "query" : "body";
}

/** The parameters of a handler that gets only what stands in its path: Flask, Django, aiohttp. */
export function pathParameters(
  sketches: readonly ParameterSketch[],
  path: string,
): readonly EndpointParameter[] {
  const declared = new Map(sketches.map((one) => [one.name, one]));
  return pathNames(path).map((name) => {
    const sketch = declared.get(name);
    return { name, from: "path" as const, type: sketch?.written ?? null, typeName: sketch?.type ?? null };
  });
}
