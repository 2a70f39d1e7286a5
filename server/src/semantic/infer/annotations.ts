/** The type that an annotation stands for. */

import type { Constant, Expr, Node } from "../../syntax/ast.ts";
import type { BindingTable } from "../scopes/table.ts";
import type { Inference } from "./context.ts";
import { parseQuoted } from "./quoted.ts";
import { sourceOf } from "./sources.ts";
import { builtin, NONE_TYPE, nameOfValue, plainType, sameType, type Type } from "./values.ts";

/** Type arguments nested deeper than this are not looked at. */
const MAX_DEPTH = 5;

/** `Wrapper[X]` that says something about the variable, while its values are of type X. */
const WRAPPERS = new Set(
  ["Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "InitVar"].map(
    (name) => `typing.${name}`,
  ),
).add("dataclasses.InitVar");

/** Names of `typing` that are no classes, and so no types of values. */
const NO_CLASS =
  /^typing\.(?:Any|Union|Optional|Callable|Literal|Final|ClassVar|Annotated|NoReturn|Never|TypeAlias|LiteralString|TypeGuard|TypeIs|Concatenate|AnyStr)$/;

interface Reading {
  readonly inf: Inference;
  readonly depth: number;
  /** Aliases that are being followed: a recursive one ends there. */
  readonly following: ReadonlySet<BindingTable>;
  parse(constant: Constant): Expr | null;
}

/**
 * Creates a reader of annotations.
 *
 * @param parsed remembers the expressions that strings spell: their nodes are asked about more than once
 */
export function createAnnotationReader(parsed: Map<Constant, Expr | null>) {
  const parse = (constant: Constant): Expr | null => {
    let expr = parsed.get(constant);
    if (expr === undefined) {
      expr = parseQuoted(constant);
      parsed.set(constant, expr);
    }
    return expr;
  };
  return (inf: Inference, node: Expr): Type | null =>
    readType({ inf, depth: 0, following: new Set(), parse }, node);
}

function readType(reading: Reading, node: Expr): Type | null {
  switch (node.kind) {
    case "Constant": {
      if (node.type === "None") return NONE_TYPE;
      const expr = node.type === "str" ? reading.parse(node) : null;
      return expr === null ? null : readType(reading, expr);
    }
    case "BinOp":
      return node.op === "BitOr" ? readUnion(reading, unionMembers(node)) : null;
    case "Subscript":
      return readSubscript(reading, node.value, node.slice);
    case "Name":
    case "Attribute":
      return readName(reading, node);
    default:
      return null;
  }
}

/** The members of `a | b | c`, which is nested to the left. */
function unionMembers(node: Expr): Expr[] {
  const members: Expr[] = [];
  let at = node;
  for (; at.kind === "BinOp" && at.op === "BitOr"; at = at.left) members.push(at.right);
  members.push(at);
  return members;
}

/** X for X or None; null for a union of several types. */
function readUnion(reading: Reading, members: readonly Expr[]): Type | null {
  let common: Type | null = null;
  for (const member of members) {
    const type = readType(reading, member);
    if (type === null) return null;
    if (type.name === NONE_TYPE.name) continue;
    if (common !== null && !sameType(common, type)) return null;
    common = type;
  }
  return common;
}

function readName(reading: Reading, node: Expr & { kind: "Name" | "Attribute" }): Type | null {
  const value = reading.inf.value(node);
  if (value?.kind === "class") return value.type;
  const foreign = value?.kind === "name" ? foreignBinding(reading.inf, value.name) : null;
  if (foreign !== null) return readAlias({ ...reading, inf: foreign.inf }, foreign.binding);
  const alias = node.kind === "Name" ? reading.inf.scopes.resolve(node) : undefined;
  if (alias !== undefined && alias.kind !== "import") return readAlias(reading, alias);
  if (value?.kind !== "name" || NO_CLASS.test(value.name)) return null;
  return plainType(value.name);
}

/** The variable of another module that a qualified name leads to, which may be an alias of a type. */
function foreignBinding(inf: Inference, name: string): { inf: Inference; binding: BindingTable } | null {
  const at = inf.others?.locate(name) ?? null;
  const [variable, ...more] = at?.rest ?? [];
  if (at === null || variable === undefined || more.length > 0) return null;
  at.read(variable);
  const home = at.inference();
  const binding = home === inf ? undefined : home.scopes.module.bindings.get(variable);
  return binding === undefined || binding.kind === "import" ? null : { inf: home, binding };
}

/** Follows `Alias = Annotated[Session, …]`, `type Alias = …` and `Id = NewType("Id", int)`. */
function readAlias(reading: Reading, binding: BindingTable): Type | null {
  const [definition] = binding.definitions;
  if (definition === undefined || binding.definitions.length !== 1 || reading.following.has(binding))
    return null;
  const expr = aliasedExpression(reading.inf, definition);
  if (expr === null) return null;
  return readType({ ...reading, following: new Set([...reading.following, binding]) }, expr);
}

function aliasedExpression(inf: Inference, definition: Node): Expr | null {
  const { parent } = definition;
  if (parent?.kind === "TypeAlias") return parent.value;
  const source = sourceOf(definition);
  if (source.from === "annotation") return source.node.value;
  if (source.from !== "value" || source.path.length > 0) return null;
  const { expr } = source;
  if (expr.kind !== "Call") return expr;
  return nameOfValue(inf.value(expr.func)) === "typing.NewType" ? (expr.args[1] ?? null) : null;
}

function readSubscript(reading: Reading, base: Expr, slice: Expr): Type | null {
  const items: readonly Expr[] = slice.kind === "Tuple" ? slice.elts : [slice];
  const [first] = items;
  const value = reading.inf.value(base);
  if (first === undefined) return null;
  if (value?.kind === "name") {
    if (WRAPPERS.has(value.name)) return readType(reading, first);
    if (value.name === "typing.Union") return readUnion(reading, items);
    if (value.name === "typing.Literal") return literalType(items);
    if (NO_CLASS.test(value.name)) return null;
    return plainType(value.name, readArguments(reading, items));
  }
  if (value?.kind !== "class") return null;
  if (value.type.name === "builtins.tuple" && items[1]?.kind === "Constant" && items[1].type === "Ellipsis") {
    return builtin("tuple", readArguments(reading, [first]));
  }
  return { ...value.type, args: readArguments(reading, items) };
}

function readArguments(reading: Reading, items: readonly Expr[]): (Type | null)[] {
  if (reading.depth >= MAX_DEPTH) return [];
  const inner = { ...reading, depth: reading.depth + 1 };
  return items.map((item) => readType(inner, item));
}

function literalType(items: readonly Expr[]): Type | null {
  const types = items.map((item) => (item.kind === "Constant" ? item.type : null));
  const [first] = types;
  if (first === undefined || first === null || first === "None" || !types.every((type) => type === first))
    return null;
  return builtin(first);
}
