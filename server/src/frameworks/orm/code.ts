/** Functions, methods and classes of a project that the ORM view looks into: what they return and read. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { ClassDef, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import { createNameIndex, type NameIndex } from "../names.ts";
import { classPath, parametersOf, type Sym, symbolOf } from "../symbols.ts";

export interface FunctionPart {
  /** Qualified name. */
  readonly name: string;
  readonly parameters: readonly string[];
  /** True where it is read without a call. */
  readonly property: boolean;
  /** True for a method, which is called without its first parameter. */
  readonly method: boolean;
  /** What it gives back, where that may be a query or rows. */
  readonly returns: Sym | null;
  /** What it reads of the instance and of its parameters. */
  readonly reads: readonly Sym[];
}

export interface ClassPart {
  readonly name: string;
  readonly bases: readonly string[];
  /** Class attributes that say which rows a class works on. */
  readonly attributes: Readonly<Record<string, Sym>>;
}

export interface CodePart {
  readonly functions: readonly FunctionPart[];
  readonly classes: readonly ClassPart[];
}

export interface OrmCode {
  functionNamed(name: string): FunctionPart | undefined;
  classNamed(name: string): ClassPart | undefined;
  /** A method or property of a class or of its bases. */
  member(cls: string, name: string): FunctionPart | undefined;
  attribute(cls: string, name: string): Sym | undefined;
  /** A class and its bases, nearest first. */
  lineage(cls: string): readonly string[];
}

const ATTRIBUTES = new Set([
  "queryset",
  "model",
  "serializer_class",
  "ordering",
  "pagination_class",
  "paginate_by",
]);
/** Steps that make a returned expression a query, or rows of one. */
const QUERY_STEPS =
  /"name":"(?:objects|_default_manager|query|select|filter|filter_by|exclude|get_queryset|queryset|scalars|exec|execute|select_related|prefetch_related|all|options|get_object_or_404|get)"|\.select"|get_model|"k":"self"/;
/** Parameters that hold no rows. */
const OTHER_PARAMETERS = new Set([
  "request",
  "session",
  "db",
  "logger",
  "settings",
  "config",
  "app",
  "client",
  "cls",
  "info",
]);
const MAX_READS = 24;
const MAX_LENGTH = 1500;

/** The functions and classes of a module; null where none says anything. */
export function collectCode(model: SemanticModel): CodePart | null {
  const functions: FunctionPart[] = [];
  const classes: ClassPart[] = [];
  for (const { root } of model.tree.units) {
    if (root.kind === "ClassDef") classes.push(classPart(root, model));
    if (root.kind === "FunctionDef" || root.kind === "AsyncFunctionDef") {
      const part = functionPart(root, model);
      if (part !== null) functions.push(part);
    }
  }
  const telling = classes.filter((cls) => cls.bases.length > 0 || Object.keys(cls.attributes).length > 0);
  return functions.length + telling.length === 0 ? null : { functions, classes: telling };
}

function classPart(cls: ClassDef, model: SemanticModel): ClassPart {
  const attributes: Record<string, Sym> = {};
  for (const statement of cls.body) {
    if (statement.kind !== "Assign") continue;
    const [target] = statement.targets;
    if (target?.kind !== "Name" || !ATTRIBUTES.has(target.id)) continue;
    const value = symbolOf(statement.value, model);
    if (value !== null) attributes[target.id] = value;
  }
  return {
    name: `${model.moduleName}.${classPath(cls)}`,
    bases: cls.bases.flatMap(
      (base) => model.qualifiedName(base.kind === "Subscript" ? base.value : base) ?? [],
    ),
    attributes,
  };
}

function functionPart(fn: FunctionNode, model: SemanticModel): FunctionPart | null {
  const cls = fn.parent?.kind === "ClassDef" ? fn.parent : null;
  const returns = returned(fn, model);
  const reads = readsOf(fn, model);
  if (returns === null && reads.length === 0) return null;
  const owner = cls === null ? "" : `${classPath(cls)}.`;
  return {
    name: `${model.moduleName}.${owner}${fn.name}`,
    parameters: parametersOf(fn).map((parameter) => parameter.arg),
    property: fn.decorator_list.some((it) => /property$/.test(lastName(it))),
    method: cls !== null && !fn.decorator_list.some((it) => lastName(it) === "staticmethod"),
    returns,
    reads,
  };
}

function returned(fn: FunctionNode, model: SemanticModel): Sym | null {
  const values: Sym[] = [];
  own(fn, (node) => {
    if (node.kind !== "Return" || node.value === null) return;
    const value = symbolOf(node.value, model);
    if (value !== null) values.push(value);
  });
  const [first] = values;
  const value: Sym | null = values.length > 1 ? { k: "any", of: values } : (first ?? null);
  const text = JSON.stringify(value);
  return value !== null && text.length < MAX_LENGTH * 2 && QUERY_STEPS.test(text) ? value : null;
}

/** Expressions that start at the instance or a parameter, or hand one on; each once. */
function readsOf(fn: FunctionNode, model: SemanticModel): readonly Sym[] {
  const found = new Map<string, Sym>();
  const hasRow = fn.parent?.kind !== "ClassDef" || !isOtherClass(fn.parent);
  for (const expression of readExpressions(fn)) {
    if (found.size >= MAX_READS) break;
    const value = readSymbol(expression, model);
    if (value === null || !readsRow(value, hasRow)) continue;
    const text = JSON.stringify(pruned(value));
    if (text.length < MAX_LENGTH) found.set(text, JSON.parse(text) as Sym);
  }
  return [...found.values()];
}

/** The longest chains of attributes and calls of a function's own code, in document order. */
export function readExpressions(root: Node | readonly Node[]): readonly Expr[] {
  const found: Expr[] = [];
  for (const node of "kind" in root ? [root] : root) {
    own(node, (at) => {
      if ((at.kind === "Attribute" || at.kind === "Call") && isLongest(at)) found.push(at);
      // `for item in order.items` reads the relation by its loop.
      if (at.kind === "Name" && at.ctx === "Load" && isIterated(at)) found.push(at);
    });
  }
  return found;
}

/** The symbolic form of such an expression; one that is read to the end gives its elements. */
export function readSymbol(node: Expr, model: SemanticModel): Sym | null {
  const of = symbolOf(node, model);
  return of !== null && (isIterated(node) || isListed(node)) ? { k: "item", of, loop: false, at: null } : of;
}

/** Functions that read all of a query set; `list` and its kin are known to the evaluation. */
function isListed({ parent }: Expr): boolean {
  return (
    parent?.kind === "Call" &&
    parent.func.kind === "Name" &&
    /^(?:len|bool|sum|any|all|min|max)$/.test(parent.func.id)
  );
}

function isIterated(node: Expr): boolean {
  const { parent } = node;
  return (parent?.kind === "For" || parent?.kind === "comprehension") && parent.iter === node;
}

function isLongest(node: Expr): boolean {
  const { parent } = node;
  if (parent?.kind === "Attribute") return false;
  return !(parent?.kind === "Call" && parent.func === node);
}

/** Visits a function's own code: functions and classes in it run at another time. */
function own(root: Node, visit: (node: Node) => void): void {
  walk(root, (node) => {
    if (
      node !== root &&
      (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef")
    )
      return false;
    visit(node);
    return true;
  });
}

/** True where an expression reads an attribute of the instance or a parameter, or hands one to a function. */
function readsRow(value: Sym, hasRow: boolean): boolean {
  if (value.k === "any" || value.k === "list") {
    return value.of.some((part) => part !== null && readsRow(part, hasRow));
  }
  if (value.k === "self" || value.k === "param") return false;
  if (startsAtRow(value)) return hasRow || !startsAtInstance(value);
  if (value.k !== "call" || value.of.k !== "name" || value.of.name.startsWith("builtins.")) return false;
  return [...value.args, ...Object.values(value.named)].some((arg) => arg !== null && startsAtRow(arg));
}

/** True where a chain of attributes, calls and elements begins at the instance or at a parameter. */
function startsAtRow(value: Sym): boolean {
  let at: Sym = value;
  while (at.k === "attr" || at.k === "call" || at.k === "item" || at.k === "slice" || at.k === "held")
    at = at.of;
  return at.k === "self" || (at.k === "param" && !OTHER_PARAMETERS.has(at.name));
}

function startsAtInstance(value: Sym): boolean {
  let at: Sym = value;
  while (at.k === "attr" || at.k === "call" || at.k === "item" || at.k === "slice" || at.k === "held")
    at = at.of;
  return at.k === "self";
}

/** True for a class that its name says to be no model: its instances are no rows. */
function isOtherClass(cls: ClassDef): boolean {
  const names = [cls.name, ...cls.bases.map(lastName)];
  return names.some((name) =>
    /(?:View|ViewSet|Serializer|Form|Admin|Command|Config|Controller|Service|TestCase|Middleware|Error|Exception|Endpoint|Adapter|Plugin|Handler|Client|Factory|Backend|Field|Widget)$/.test(
      name,
    ),
  );
}

/** Leaves out the arguments that hand no row on: what is read does not depend on them. */
function pruned(value: Sym): Sym {
  switch (value.k) {
    case "attr":
    case "slice":
    case "item":
    case "held":
      return { ...value, of: pruned(value.of) };
    case "call": {
      const keep = (arg: Sym | null) => (arg !== null && startsAtRow(arg) ? pruned(arg) : null);
      const named = Object.entries(value.named).flatMap(([name, arg]) => {
        const kept = keep(arg);
        return kept === null ? [] : [[name, kept]];
      });
      return { ...value, of: pruned(value.of), args: value.args.map(keep), named: Object.fromEntries(named) };
    }
    case "any":
      return { ...value, of: value.of.filter(startsAtRow).map(pruned) };
    default:
      return value;
  }
}

/** Merges the parts of all files. */
export function createCode(parts: readonly CodePart[]): OrmCode {
  const functions = createNameIndex(
    parts.flatMap((part) => part.functions.map((it) => [it.name, it] as const)),
  );
  const classes = createNameIndex(parts.flatMap((part) => part.classes.map((it) => [it.name, it] as const)));
  return {
    functionNamed: (name) => functions.find(name),
    classNamed: (name) => classes.find(name),
    member(cls, name) {
      for (const owner of lineageOf(classes, cls)) {
        const found = functions.named(`${owner}.${name}`);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    attribute(cls, name) {
      for (const owner of lineageOf(classes, cls)) {
        const found = classes.find(owner)?.attributes[name];
        if (found !== undefined) return found;
      }
      return undefined;
    },
    lineage: (cls) => lineageOf(classes, cls),
  };
}

function lineageOf(classes: NameIndex<ClassPart>, cls: string): readonly string[] {
  const names = [classes.find(cls)?.name ?? cls];
  for (const name of names) {
    for (const base of classes.find(name)?.bases ?? []) {
      const known = classes.find(base)?.name ?? base;
      if (!names.includes(known)) names.push(known);
    }
  }
  return names;
}
