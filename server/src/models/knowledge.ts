/** Looks facts up in the models of all libraries, by canonical name. */

import { parseTypeText, type TypeTerm } from "./type-text.ts";
import type { ClassModel, DecoratorEffect, FunctionEntry, FunctionModel, LibraryModel } from "./types.ts";

/** A `FunctionModel` with its types parsed. */
export interface FunctionFacts {
  /** The name by which it goes, where that is not its place. */
  readonly name: string | undefined;
  readonly returns: TypeTerm;
  readonly coroutine: boolean;
  readonly returnsBy:
    | { readonly position: number; readonly keyword: string; readonly types: ReadonlyMap<string, TypeTerm> }
    | undefined;
  readonly unknownWith: readonly string[];
  readonly decorator: DecoratorEffect | undefined;
}

/** A class, or one of its bases, with its type arguments in terms of the class asked for. */
export interface Ancestor {
  readonly name: string;
  readonly args: readonly TypeTerm[];
  readonly model: ClassModel | undefined;
}

export interface Knowledge {
  /** The name by which the models know an object that has several. */
  canonical(name: string): string;
  functionNamed(name: string): FunctionFacts | undefined;
  classNamed(name: string): ClassModel | undefined;
  /** The type of a module-level object. */
  valueNamed(name: string): TypeTerm | undefined;
  /** The facts of a method, as it stands in one class; bases are not searched. */
  methodOf(owner: Ancestor, name: string): FunctionFacts | undefined;
  /** A class and all its bases as far as they are known, nearest first. */
  lineage(className: string): readonly Ancestor[];
  /** True where `from module import *` cannot hide a builtin. */
  keepsBuiltins(module: string): boolean;
  /** Parses a type of the models, once. */
  term(text: string): TypeTerm;
}

const UNKNOWN: TypeTerm = { kind: "unknown" };
/** A class model for a generic class refers to its own arguments by position; more than these none has. */
const OWN_ARGUMENTS: readonly TypeTerm[] = [0, 1, 2].map((index) => ({ kind: "parameter", index }));

/** Indexes the models. Types are parsed when they are first asked for. */
export function createKnowledge(libraries: readonly LibraryModel[]): Knowledge {
  const functions = mergeRecords(libraries, (library) => library.functions);
  const classes = mergeRecords(libraries, (library) => library.classes);
  const values = mergeRecords(libraries, (library) => library.values);
  const aliases = mergeRecords(libraries, (library) => library.aliases);
  /** Top-level packages that have aliases: most names can be told to have none by their first part. */
  const aliasedPackages = new Set([...aliases.keys()].map(topLevel));
  const harmlessStars = new Set(libraries.flatMap((library) => library.keepsBuiltins ?? []));
  const terms = new Map<string, TypeTerm>();
  const facts = new Map<FunctionEntry, FunctionFacts>();
  const lineages = new Map<string, readonly Ancestor[]>();

  const term = (text: string): TypeTerm => remember(terms, text, () => parseTypeText(text));
  const factsOf = (entry: FunctionEntry | undefined) =>
    entry === undefined ? undefined : remember(facts, entry, () => readEntry(entry, term));

  return {
    canonical: (name) => (aliasedPackages.has(topLevel(name)) ? canonicalName(aliases, name) : name),
    functionNamed: (name) => factsOf(functions.get(name)),
    classNamed: (name) => classes.get(name),
    valueNamed: (name) => {
      const text = values.get(name);
      return text === undefined ? undefined : term(text);
    },
    methodOf: (owner, name) => factsOf(ownEntry(owner.model?.methods, name)),
    lineage: (name) => remember(lineages, name, () => buildLineage(name, classes, term)),
    keepsBuiltins: (module) => harmlessStars.has(module),
    term,
  };
}

function mergeRecords<Value>(
  libraries: readonly LibraryModel[],
  pick: (library: LibraryModel) => Readonly<Record<string, Value>> | undefined,
): ReadonlyMap<string, Value> {
  const merged = new Map<string, Value>();
  for (const library of libraries) {
    for (const [name, value] of Object.entries(pick(library) ?? {})) merged.set(name, value);
  }
  return merged;
}

/** A record's own entry: a method may be called `constructor` or `toString`. */
export function ownEntry<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

function topLevel(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}

function remember<Key, Value>(memo: Map<Key, Value>, key: Key, compute: () => Value): Value {
  let value = memo.get(key);
  if (value === undefined) {
    value = compute();
    memo.set(key, value);
  }
  return value;
}

/** Replaces the longest known prefix until nothing changes: modules have aliases as well as their members. */
function canonicalName(aliases: ReadonlyMap<string, string>, name: string): string {
  let current = name;
  for (let changes = 0; changes < 4; changes++) {
    const next = replacePrefix(aliases, current);
    if (next === current) break;
    current = next;
  }
  return current;
}

function replacePrefix(aliases: ReadonlyMap<string, string>, name: string): string {
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
    const target = aliases.get(name.slice(0, end));
    if (target !== undefined) return target + name.slice(end);
  }
  return name;
}

const ASYNC = "async ";

function readEntry(entry: FunctionEntry, term: (text: string) => TypeTerm): FunctionFacts {
  const model: FunctionModel =
    typeof entry !== "string"
      ? entry
      : entry.startsWith(ASYNC)
        ? { returns: entry.slice(ASYNC.length), coroutine: true }
        : { returns: entry };
  const { returnsBy } = model;
  return {
    name: model.name,
    returns: model.returns === undefined ? UNKNOWN : term(model.returns),
    coroutine: model.coroutine ?? false,
    returnsBy: returnsBy && {
      position: returnsBy.position,
      keyword: returnsBy.keyword,
      types: new Map(Object.entries(returnsBy.types).map(([value, text]) => [value, term(text)])),
    },
    unknownWith: model.unknownWith ?? [],
    decorator: model.decorator,
  };
}

/** Breadth first through the bases: for the hierarchies we know, Python's own order among those that matter. */
function buildLineage(
  name: string,
  classes: ReadonlyMap<string, ClassModel>,
  term: (text: string) => TypeTerm,
): readonly Ancestor[] {
  const lineage: Ancestor[] = [{ name, args: OWN_ARGUMENTS, model: classes.get(name) }];
  const seen = new Set([name]);
  // The list grows while it is walked.
  for (const ancestor of lineage) {
    for (const text of ancestor.model?.bases ?? []) {
      const base = term(text);
      if (base.kind !== "class" || seen.has(base.name)) continue;
      seen.add(base.name);
      const args = base.args.map((arg) => substitute(arg, ancestor.args));
      lineage.push({ name: base.name, args, model: classes.get(base.name) });
    }
  }
  return lineage;
}

/** Puts the arguments of a derived class in the place of the parameters of its base. */
function substitute(term: TypeTerm, args: readonly TypeTerm[]): TypeTerm {
  if (term.kind === "parameter") return args[term.index] ?? UNKNOWN;
  if (term.kind !== "class") return term;
  return { kind: "class", name: term.name, args: term.args.map((arg) => substitute(arg, args)) };
}
