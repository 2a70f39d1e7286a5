/**
 * Expressions as plain data: what an expression refers to, variables followed, so that it can be evaluated with
 * knowledge of other files. What is not followed is null.
 */

import type { SemanticModel } from "../semantic/model.ts";
import type {
  Arg,
  Call,
  ClassDef,
  Comprehension,
  Expr,
  FunctionNode,
  Name,
  Node,
  Stmt,
} from "../syntax/ast.ts";

export type Sym =
  /** A qualified name: a class, function, or an object of a module. */
  | { readonly k: "name"; readonly name: string }
  /** The instance that a method works on. */
  | { readonly k: "self"; readonly cls: string }
  /** A parameter, with its annotation as text. */
  | {
      readonly k: "param";
      readonly at: number;
      readonly name: string;
      readonly type: string | null;
      readonly many: boolean;
    }
  | { readonly k: "attr"; readonly of: Sym; readonly name: string }
  | {
      readonly k: "call";
      readonly of: Sym;
      readonly args: readonly (Sym | null)[];
      readonly named: Readonly<Record<string, Sym | null>>;
      readonly spread: boolean;
    }
  /** An element of what is iterated over. `loop` is true where the loop still runs at the place of use. */
  | { readonly k: "item"; readonly of: Sym; readonly loop: boolean; readonly at: number | null }
  /** A part of a sequence, with its length where that is known. */
  | { readonly k: "slice"; readonly of: Sym; readonly length: number | null }
  /** One of several values. */
  | { readonly k: "any"; readonly of: readonly Sym[] }
  | { readonly k: "text"; readonly value: string }
  | { readonly k: "list"; readonly of: readonly (Sym | null)[] }
  /** What a variable holds: computed before, and elsewhere. */
  | { readonly k: "held"; readonly of: Sym }
  /** `left == right`: what a query filters by. */
  | { readonly k: "compare"; readonly left: Sym | null; readonly equal: boolean };

/** Expressions nested deeper than this are not followed. */
const MAX_DEPTH = 24;
/** More parts than this and the expression is given up: variables in branches multiply. */
const MAX_PARTS = 240;

/** An object of which nothing is known but that it is there: methods can be called on it. */
const UNNAMED: Sym = { k: "name", name: "?" };

interface Reader {
  readonly model: SemanticModel;
  /** Where the expression is used: definitions behind it do not count. */
  readonly at: Node;
  parts: number;
}

/** The symbolic form of an expression, or null where nothing is known of it. */
export function symbolOf(node: Expr, model: SemanticModel): Sym | null {
  return read({ model, at: node, parts: 0 }, node, 0);
}

function read(reader: Reader, node: Expr, depth: number): Sym | null {
  if (depth > MAX_DEPTH || ++reader.parts > MAX_PARTS) return null;
  const inner = (part: Expr) => read(reader, part, depth + 1);
  switch (node.kind) {
    case "Name":
      return readName(reader, node, depth);
    case "Attribute": {
      const of = inner(node.value);
      return of && { k: "attr", of, name: node.attr };
    }
    case "Call":
      return readCall(reader, node, depth);
    case "Await":
    case "Starred":
    case "NamedExpr":
      return inner(node.value);
    case "Subscript": {
      const of = inner(node.value);
      if (of === null) return null;
      if (node.slice.kind !== "Slice") return { k: "item", of, loop: false, at: null };
      return { k: "slice", of, length: sliceLength(reader.model, node.slice.lower, node.slice.upper) };
    }
    case "IfExp":
      return joined([inner(node.body), inner(node.orelse)]);
    case "BoolOp":
      return joined(node.values.map(inner));
    case "BinOp":
      // `first | second` of two query sets.
      return node.op === "BitOr" ? joined([inner(node.left), inner(node.right)]) : null;
    case "List":
    case "Tuple":
      return { k: "list", of: node.elts.map(inner) };
    case "ListComp":
    case "GeneratorExp":
    case "SetComp": {
      const element = inner(node.elt);
      return element && { k: "list", of: [element] };
    }
    case "Compare": {
      const left = inner(node.left);
      return {
        k: "compare",
        left,
        equal: node.ops.length === 1 && (node.ops[0] === "Eq" || node.ops[0] === "In"),
      };
    }
    case "Constant":
      return node.type === "str" ? { k: "text", value: node.value as string } : null;
    default:
      return null;
  }
}

function joined(parts: readonly (Sym | null)[]): Sym | null {
  const known = parts.filter((part) => part !== null);
  if (known.length <= 1) return known[0] ?? null;
  return { k: "any", of: known };
}

function sliceLength(model: SemanticModel, lower: Expr | null, upper: Expr | null): number | null {
  const end = upper === null ? undefined : model.constant(upper);
  const start = lower === null ? undefined : model.constant(lower);
  if (end?.type !== "int") return null;
  return Number(end.value) - (start?.type === "int" ? Number(start.value) : 0);
}

function readCall(reader: Reader, call: Call, depth: number): Sym | null {
  const of = read(reader, call.func, depth + 1);
  if (of === null) return null;
  const named: Record<string, Sym | null> = {};
  for (const { arg, value } of call.keywords) if (arg !== null) named[arg] = read(reader, value, depth + 1);
  return {
    k: "call",
    of,
    args: call.args.map((arg) => read(reader, arg, depth + 1)),
    named,
    spread: call.args.some((arg) => arg.kind === "Starred") || call.keywords.some(({ arg }) => arg === null),
  };
}

function readName(reader: Reader, name: Name, depth: number): Sym | null {
  const { model } = reader;
  const binding = model.resolve(name);
  if (binding === undefined) {
    const builtin = model.qualifiedName(name);
    return builtin === undefined ? null : { k: "name", name: builtin };
  }
  const [only] = binding.definitions;
  if (only?.kind === "arg") {
    if (binding.definitions.length === 1) return parameterSymbol(only, model);
    return followed(reader, name, binding.definitions, depth, parameterSymbol(only, model));
  }
  if (
    binding.scope.kind === "module" ||
    binding.kind === "import" ||
    binding.kind === "function" ||
    binding.kind === "class"
  ) {
    return globalSymbol(reader, name, binding.definitions, depth);
  }
  return followed(reader, name, binding.definitions, depth, null);
}

/** A name of the module: what it is assigned once to a call (`Order = get_model("order", "Order")`), else itself. */
function globalSymbol(reader: Reader, name: Name, definitions: readonly Node[], depth: number): Sym | null {
  const [only, ...others] = definitions;
  if (only !== undefined && others.length === 0 && only.kind === "Name" && only !== name) {
    const value = assignedTo(only);
    if (value?.kind === "Call" || value?.kind === "Attribute") {
      const followedValue = read(reader, value, depth + 1);
      if (followedValue !== null) return followedValue;
    }
  }
  const qualified = reader.model.qualifiedName(name);
  return qualified === undefined ? null : { k: "name", name: qualified };
}

/** A parameter: the instance in a method, else by its place and annotation. */
function parameterSymbol(arg: Arg, model: SemanticModel): Sym | null {
  const fn = functionOf(arg);
  if (fn === null) return null;
  const parameters = parametersOf(fn);
  const at = parameters.indexOf(arg);
  if (at === 0 && fn.parent?.kind === "ClassDef" && !isStatic(fn)) {
    const cls = `${model.moduleName}.${classPath(fn.parent)}`;
    return isClassMethod(fn) ? { k: "name", name: cls } : { k: "self", cls };
  }
  const annotation = arg.annotation === null ? null : annotationClass(arg.annotation, model);
  return { k: "param", at, name: arg.arg, type: annotation?.name ?? null, many: annotation?.many ?? false };
}

/** The function that a parameter belongs to. */
function functionOf(arg: Arg): FunctionNode | null {
  const fn = arg.parent?.parent;
  return fn?.kind === "FunctionDef" || fn?.kind === "AsyncFunctionDef" ? fn : null;
}

/** All parameters that can be passed by place or name, in order. */
export function parametersOf(fn: FunctionNode): readonly Arg[] {
  return [...fn.args.posonlyargs, ...fn.args.args, ...fn.args.kwonlyargs];
}

export function isStatic(fn: FunctionNode): boolean {
  return fn.decorator_list.some((it) => it.kind === "Name" && it.id === "staticmethod");
}

function isClassMethod(fn: FunctionNode): boolean {
  return fn.decorator_list.some((it) => it.kind === "Name" && it.id === "classmethod");
}

/** The path of a class in its module. */
export function classPath(cls: ClassDef): string {
  return cls.parent?.kind === "ClassDef" ? `${classPath(cls.parent)}.${cls.name}` : cls.name;
}

/** The class that an annotation names, and whether it stands for several. */
function annotationClass(
  node: Expr,
  model: SemanticModel,
): { readonly name: string; readonly many: boolean } | null {
  if (node.kind === "Constant" && node.type === "str") {
    return { name: node.value as string, many: /[[]/.test(node.value as string) };
  }
  if (node.kind === "Subscript") {
    const parts = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    const [inner] = parts;
    const named = inner === undefined ? null : annotationClass(inner, model);
    const outer =
      node.value.kind === "Name" ? node.value.id : node.value.kind === "Attribute" ? node.value.attr : "";
    if (named === null) return null;
    return { name: named.name, many: named.many || !/^(?:Optional|Annotated|Awaitable)$/.test(outer) };
  }
  if (node.kind === "BinOp") {
    const left = annotationClass(node.left, model);
    return left?.name === undefined || left.name === "builtins.None"
      ? annotationClass(node.right, model)
      : left;
  }
  const name = model.qualifiedName(node);
  return name === undefined ? null : { name, many: false };
}

/** What a local name holds at the place of use: its last definitions before that, joined. */
function followed(
  reader: Reader,
  name: Name,
  definitions: readonly Node[],
  depth: number,
  initial: Sym | null,
): Sym | null {
  const values: (Sym | null)[] = [];
  const before = definitions.filter((definition) => definition.kind !== "arg" && isBefore(definition, name));
  const inLoop = definitions.filter((definition) => definition.kind !== "arg" && !isBefore(definition, name));
  for (const definition of [...before].reverse()) {
    const value = definedValue(reader, definition, name, depth);
    if (value === undefined) return null;
    values.push(value);
    if (isCertain(definition, name)) return held(joined(values));
  }
  // Only a definition behind the use, in a loop around both: unknown.
  if (before.length === 0 && inLoop.length > 0) return null;
  if (initial !== null) values.push(initial);
  return held(joined(values));
}

function held(of: Sym | null): Sym | null {
  return of && { k: "held", of };
}

/** True where a definition stands before a use, in the text of their function. */
function isBefore(definition: Node, use: Name): boolean {
  const generator = generatorOf(definition);
  if (generator !== null) return true;
  if (definition.parent?.kind === "NamedExpr") return definition.start < use.start;
  const statement = statementAround(definition);
  // The value of an assignment is computed before its target is bound.
  if (statement !== null && statement.start <= use.start && use.end <= statement.end) {
    return loopOf(definition, use) !== null || withOf(definition, use);
  }
  return definition.start < use.start;
}

/** True where the definition runs whenever the use does: its block holds the use, later. */
function isCertain(definition: Node, use: Name): boolean {
  if (generatorOf(definition) !== null || loopOf(definition, use) !== null || withOf(definition, use))
    return true;
  const statement = statementAround(definition);
  const holder = statement?.parent ?? null;
  if (holder === null) return false;
  if (statement?.kind === "For" || statement?.kind === "AsyncFor") return false;
  for (let at: Node | null = use; at !== null; at = at.parent) {
    if (at.parent === holder) return sameBlock(holder, statement as Stmt, at);
  }
  return false;
}

/** True where two children of a node stand in one list of statements: not in `body` and `else`. */
function sameBlock(holder: Node, first: Stmt, second: Node): boolean {
  if (holder.kind === "If" || holder.kind === "While") {
    return holder.body.includes(first) === holder.body.includes(second as Stmt);
  }
  if (holder.kind === "Try") {
    // What the body bound is bound in `else`, and after it; in a handler perhaps not.
    return !(second.kind === "ExceptHandler");
  }
  return true;
}

function statementAround(node: Node): Stmt | null {
  for (let at: Node | null = node; at !== null; at = at.parent) if ("unit" in at) return at;
  return null;
}

function generatorOf(definition: Node): Comprehension | null {
  for (let at = definition.parent; at !== null && !("unit" in at); at = at.parent) {
    if (at.kind === "comprehension") return at;
  }
  return null;
}

/** The loop that a definition is the target of, where its body holds the use. */
function loopOf(definition: Node, use: Node): Node | null {
  const loop = statementAround(definition);
  if (loop === null || (loop.kind !== "For" && loop.kind !== "AsyncFor")) return null;
  if (!isWithin(definition, loop.target)) return null;
  return loop.body.some((statement) => isWithin(use, statement)) ? loop : null;
}

function withOf(definition: Node, use: Node): boolean {
  const statement = statementAround(definition);
  if (statement?.kind !== "With" && statement?.kind !== "AsyncWith") return false;
  return statement.body.some((inner) => isWithin(use, inner));
}

function isWithin(node: Node, holder: Node): boolean {
  for (let at: Node | null = node; at !== null; at = at.parent) if (at === holder) return true;
  return false;
}

/** The value that a definition gives; undefined where it is bound in a way that nothing is known of. */
function definedValue(reader: Reader, definition: Node, use: Name, depth: number): Sym | null | undefined {
  const generator = generatorOf(definition);
  if (generator !== null) return element(reader, definition, generator.target, generator.iter, true, depth);
  const statement = statementAround(definition);
  if (statement?.kind === "For" || statement?.kind === "AsyncFor") {
    if (!isWithin(definition, statement.target)) return undefined;
    return element(
      reader,
      definition,
      statement.target,
      statement.iter,
      loopOf(definition, use) !== null,
      depth,
    );
  }
  if (statement?.kind === "With" || statement?.kind === "AsyncWith") return UNNAMED;
  const value = definition.kind === "Name" ? assignedTo(definition) : null;
  return value === null ? undefined : read(reader, value, depth + 1);
}

/** What a target of a loop is bound to. */
function element(
  reader: Reader,
  definition: Node,
  target: Expr,
  iter: Expr,
  loop: boolean,
  depth: number,
): Sym | null {
  if (definition === target) {
    const of = read(reader, iter, depth + 1);
    return of && { k: "item", of, loop, at: null };
  }
  if (target.kind !== "Tuple" && target.kind !== "List") return null;
  const at = target.elts.indexOf(definition as Expr);
  if (iter.kind === "Call" && iter.func.kind === "Name" && at >= 0) {
    const source =
      iter.func.id === "enumerate" && at === 1
        ? iter.args[0]
        : iter.func.id === "zip"
          ? iter.args[at]
          : undefined;
    const of = source === undefined ? null : read(reader, source, depth + 1);
    return of && { k: "item", of, loop, at: null };
  }
  const of = at < 0 ? null : read(reader, iter, depth + 1);
  return of && { k: "item", of, loop, at };
}

/** The value of the assignment that a name is a target of; null where it is bound in another way. */
function assignedTo(definition: Node): Expr | null {
  const { parent } = definition;
  if (parent?.kind === "Assign") return parent.value;
  if (parent?.kind === "AnnAssign") return parent.value;
  if (parent?.kind === "NamedExpr") return parent.value;
  return null;
}
