/** Finds functions, classes and routers by qualified name in the sketches of all files, re-exports followed. */

import type { PartOf } from "../../semantic/project.ts";
import type {
  AttributeSketch,
  ClassSketch,
  FunctionSketch,
  Mention,
  ParameterSketch,
  RouterSketch,
  UrlSketch,
  WebSketch,
} from "./sketch.ts";

type Part = PartOf<WebSketch>;

export interface Found<Sketch> {
  /** The name under which it is defined. */
  readonly name: string;
  readonly sketch: Sketch;
  readonly path: string;
}

export interface Lookup {
  readonly parts: readonly Part[];
  /** The name under which something is defined, as far as the project defines it. */
  resolve(name: string): string;
  functionNamed(name: string): Found<FunctionSketch> | undefined;
  classNamed(name: string): Found<ClassSketch> | undefined;
  aliasNamed(name: string): ParameterSketch | undefined;
  objectNamed(name: string): Mention | undefined;
  routerNamed(name: string): Found<RouterSketch> | undefined;
  urlsNamed(name: string): Found<readonly UrlSketch[]> | undefined;
  /** Functions that are defined inside another: the wrappers of a decorator. */
  innerFunctions(name: string): readonly FunctionSketch[];
  /** A class and all its bases, nearest first, libraries' classes by name. */
  lineage(name: string): readonly string[];
  /** An attribute as a class or the nearest of its own bases has it. */
  attribute(className: string, attribute: string): AttributeSketch | undefined;
  method(className: string, method: string): Found<FunctionSketch> | undefined;
  /** The file of a function, method or class. */
  fileOf(name: string): string;
  /** Its name within its module: `OrderView.get`. */
  localName(name: string): string;
}

/**
 * Gives modules that share a name, because no package tells them apart, names after their paths: `views` of two
 * folders are two modules.
 */
function withOwnNames(parts: readonly Part[]): readonly Part[] {
  const count = new Map<string, number>();
  for (const { moduleName } of parts) count.set(moduleName, (count.get(moduleName) ?? 0) + 1);
  return parts.map((part) => {
    const { moduleName, relativePath } = part;
    const dotted = relativePath.replace(/(?:\/__init__)?\.pyi?$/, "").replaceAll("/", ".");
    if ((count.get(moduleName) ?? 0) < 2 || dotted === moduleName) return part;
    const json = JSON.stringify(part.part).replaceAll(`"${moduleName}.`, `"${dotted}.`);
    return { ...part, moduleName: dotted, part: JSON.parse(json) as WebSketch };
  });
}

/** Steps of re-exports that are followed. */
const MAX_HOPS = 8;

export function createLookup(files: readonly Part[]): Lookup {
  const parts = withOwnNames(files);
  const functions = index(parts, ({ functions }) => functions);
  const classes = index(parts, ({ classes }) => classes);
  const aliases = index(parts, ({ aliases }) => aliases);
  const objects = index(parts, ({ objects }) => objects);
  const routers = index(parts, ({ routers }) => routers);
  const urls = index(parts, ({ urls }) => urls);
  const tables = [functions, classes, aliases, objects, routers, urls];
  const inner = innerByOwner(functions);
  const modules = createModules(parts);
  const resolved = new Map<string, string>();

  const isDefined = (name: string) => tables.some((table) => table.has(name));
  const search = (name: string, hops: number): string => {
    if (isDefined(name) || hops > MAX_HOPS) return name;
    const place = modules.split(name);
    if (place === null) return name;
    const { part, rest } = place;
    const own = `${part.moduleName}.${rest.join(".")}`;
    if (own !== name && isDefined(own)) return own;
    const [first = "", ...more] = rest;
    const exported = Object.hasOwn(part.part.exports, first) ? part.part.exports[first] : undefined;
    if (exported !== undefined) return search([exported, ...more].join("."), hops + 1);
    for (const star of part.part.stars) {
      const found = search(`${star}.${rest.join(".")}`, hops + 1);
      if (isDefined(found)) return found;
    }
    return own;
  };
  const resolve = (name: string): string => {
    let found = resolved.get(name);
    if (found === undefined) {
      found = search(name, 0);
      resolved.set(name, found);
    }
    return found;
  };
  const get = <Sketch>(table: ReadonlyMap<string, Found<Sketch>>, name: string) => table.get(resolve(name));

  const lineages = new Map<string, readonly string[]>();
  const lineage = (name: string): readonly string[] => {
    const start = resolve(name);
    let known = lineages.get(start);
    if (known !== undefined) return known;
    const found = [start];
    for (const one of found) {
      for (const base of classes.get(one)?.sketch.bases ?? []) {
        const full = resolve(base);
        if (!found.includes(full) && found.length < 60) found.push(full);
      }
    }
    known = found;
    lineages.set(start, known);
    return known;
  };
  const inLineage = <Value>(name: string, pick: (sketch: ClassSketch) => Value | undefined) => {
    for (const one of lineage(name)) {
      const found = classes.get(one);
      const value = found === undefined ? undefined : pick(found.sketch);
      if (found !== undefined && value !== undefined) return { owner: found, value };
    }
    return undefined;
  };

  return {
    parts,
    resolve,
    functionNamed: (name) => get(functions, name),
    classNamed: (name) => get(classes, name),
    aliasNamed: (name) => get(aliases, name)?.sketch,
    objectNamed: (name) => get(objects, name)?.sketch,
    routerNamed: (name) => get(routers, name),
    urlsNamed: (name) => get(urls, name),
    innerFunctions: (name) => inner.get(resolve(name)) ?? [],
    lineage,
    attribute: (className, attribute) =>
      inLineage(className, ({ attributes }) => own(attributes, attribute))?.value,
    method(className, method) {
      const found = inLineage(className, ({ methods }) => own(methods, method));
      if (found === undefined) return undefined;
      const { owner, value } = found;
      return { name: `${owner.name}.${method}`, sketch: value, path: owner.path };
    },
    localName(name) {
      const place = modules.split(name);
      return place === null ? name : place.rest.join(".");
    },
    fileOf(name) {
      const found = get(functions, name) ?? get(classes, name);
      if (found !== undefined) return found.path;
      return get(classes, name.slice(0, name.lastIndexOf(".")))?.path ?? "";
    },
  };
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function index<Sketch>(
  parts: readonly Part[],
  pick: (sketch: WebSketch) => Readonly<Record<string, Sketch>>,
): ReadonlyMap<string, Found<Sketch>> {
  const table = new Map<string, Found<Sketch>>();
  for (const { part, path } of parts) {
    for (const [name, sketch] of Object.entries(pick(part))) {
      // Two modules may have one name where no packages tell them apart: the first stands.
      if (!table.has(name)) table.set(name, { name, sketch, path });
    }
  }
  return table;
}

const LOCALS = ".<locals>.";

function innerByOwner(
  functions: ReadonlyMap<string, Found<FunctionSketch>>,
): ReadonlyMap<string, readonly FunctionSketch[]> {
  const inner = new Map<string, FunctionSketch[]>();
  for (const { name, sketch } of functions.values()) {
    const end = name.indexOf(LOCALS);
    if (end < 0) continue;
    const owner = name.slice(0, end);
    const list = inner.get(owner);
    if (list === undefined) inner.set(owner, [sketch]);
    else list.push(sketch);
  }
  return inner;
}

interface Modules {
  /** The module that a qualified name begins with, and the rest of the name. */
  split(name: string): { readonly part: Part; readonly rest: readonly string[] } | null;
}

/** Modules by name, and by the ends of their paths: a folder of sources need not be a package. */
function createModules(parts: readonly Part[]): Modules {
  const byName = new Map<string, Part>();
  const byPath = new Map<string, Part | null>();
  for (const part of parts) {
    if (!byName.has(part.moduleName)) byName.set(part.moduleName, part);
    const segments = part.relativePath.replace(/(?:\/__init__)?\.pyi?$/, "").split("/");
    for (let from = 0; from < segments.length; from++) {
      const end = segments.slice(from).join(".");
      byPath.set(end, byPath.has(end) && from > 0 ? null : part);
    }
  }
  return {
    split(name) {
      const segments = name.split(".");
      for (let length = segments.length - 1; length > 0; length--) {
        const module = segments.slice(0, length).join(".");
        const part = byName.get(module) ?? byPath.get(module);
        if (part !== undefined && part !== null) return { part, rest: segments.slice(length) };
      }
      return null;
    },
  };
}
