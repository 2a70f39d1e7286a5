/** The value of an expression that is constant, without running the program. */

import type {
  Attribute,
  BoolOp,
  Call,
  CmpOperator,
  Compare,
  Constant,
  Dict,
  Expr,
  JoinedStr,
  Subscript,
} from "../../syntax/ast.ts";
import { convert, formatPercent, formatValue } from "./format.ts";
import { dictionaryEntry, itemOf, sliceOf } from "./items.ts";
import { callBuiltin, callMethod } from "./methods.ts";
import { arithmetic, concatenation, unary } from "./numbers.ts";
import { bool, type Const, equal, isImmutable, order, sequence, str, truth } from "./value.ts";

/** What evaluation asks of the rest of the model. */
export interface Surroundings {
  /** The value of a part, remembered. */
  constantOf(node: Expr): Const | undefined;
  /** The expression that a name or a class attribute stands for, where it is bound to just that one. */
  definitionOf(node: Expr): Expr | undefined;
  /** The dictionary display that an expression is, or stands for and nobody changes. */
  displayOf(node: Expr): Dict | undefined;
  /** The name of the builtin that an expression refers to, such as "len". */
  builtinOf(node: Expr): string | undefined;
}

export function evaluate(at: Surroundings, node: Expr): Const | undefined {
  switch (node.kind) {
    case "Constant":
      return literal(node);
    case "Name":
    case "Attribute":
      return named(at, node);
    case "NamedExpr":
      return at.constantOf(node.value);
    case "JoinedStr":
      return joined(at, node);
    case "Tuple":
      return items(at, "tuple", node.elts);
    case "List":
      return items(at, "list", node.elts);
    case "Set":
      return items(at, "set", node.elts);
    case "Dict":
      return dictionary(at, node.keys, node.values);
    case "BinOp": {
      const left = at.constantOf(node.left);
      const right = left && at.constantOf(node.right);
      if (left === undefined || right === undefined) return undefined;
      if (node.op === "Mod" && left.type === "str") return textOf(formatPercent(left.value, right));
      return arithmetic(node.op, left, right) ?? concatenation(node.op, left, right);
    }
    case "UnaryOp": {
      const operand = at.constantOf(node.operand);
      if (operand === undefined) return undefined;
      return node.op === "Not" ? bool(!truth(operand)) : unary(node.op, operand);
    }
    case "BoolOp":
      return junction(at, node);
    case "Compare":
      return comparison(at, node);
    case "IfExp": {
      const test = at.constantOf(node.test);
      return test && at.constantOf(truth(test) ? node.body : node.orelse);
    }
    case "Subscript":
      return subscript(at, node);
    case "Call":
      return call(at, node);
    default:
      return undefined;
  }
}

function literal(node: Constant): Const | undefined {
  switch (node.type) {
    case "str":
      return str(node.value as string);
    case "bytes":
      return { type: "bytes", value: node.value as string };
    case "int":
      return { type: "int", value: node.value as number | bigint };
    case "float":
      return { type: "float", value: node.value as number };
    case "bool":
      return bool(node.value as boolean);
    case "None":
      return { type: "None" };
    default:
      return undefined;
  }
}

function named(at: Surroundings, node: Expr): Const | undefined {
  const definition = at.definitionOf(node);
  return definition && at.constantOf(definition);
}

function textOf(value: string | undefined): Const | undefined {
  return value === undefined ? undefined : str(value);
}

/** All of the values, or undefined where one is not known. */
function all(at: Surroundings, nodes: readonly Expr[]): Const[] | undefined {
  const values: Const[] = [];
  for (const node of nodes) {
    const value = at.constantOf(node);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** Elements of a display or arguments of a call, `*sequence` spread out. */
function spread(at: Surroundings, nodes: readonly Expr[]): Const[] | undefined {
  const values: Const[] = [];
  for (const node of nodes) {
    const value = at.constantOf(node.kind === "Starred" ? node.value : node);
    if (value === undefined) return undefined;
    if (node.kind !== "Starred") values.push(value);
    else if (value.type === "tuple" || value.type === "list") values.push(...value.value);
    else return undefined;
  }
  return values;
}

function items(at: Surroundings, type: "tuple" | "list" | "set", nodes: readonly Expr[]): Const | undefined {
  const values = spread(at, nodes);
  return values && sequence(type, values);
}

function dictionary(
  at: Surroundings,
  keys: readonly (Expr | null)[],
  values: readonly Expr[],
): Const | undefined {
  const names = keys.every((key) => key !== null) ? all(at, keys) : undefined;
  const contents = names && all(at, values);
  if (names === undefined || contents === undefined) return undefined;
  return { type: "dict", value: names.map((name, index) => [name, contents[index] as Const] as const) };
}

function joined(at: Surroundings, node: JoinedStr): Const | undefined {
  let filled = "";
  for (const part of node.values) {
    const piece = part.kind === "FormattedValue" ? formatted(at, part) : at.constantOf(part);
    if (piece?.type !== "str") return undefined;
    filled += piece.value;
  }
  return str(filled);
}

function formatted(at: Surroundings, node: Expr & { kind: "FormattedValue" }): Const | undefined {
  const value = at.constantOf(node.value);
  const spec = node.format_spec === null ? str("") : at.constantOf(node.format_spec);
  const converted = value && convert(value, node.conversion);
  return converted === undefined || spec?.type !== "str"
    ? undefined
    : textOf(formatValue(converted, spec.value));
}

/** `and` and `or` give the operand at which they stop. */
function junction(at: Surroundings, node: BoolOp): Const | undefined {
  let last: Const | undefined;
  for (const operand of node.values) {
    last = at.constantOf(operand);
    if (last === undefined || truth(last) === (node.op === "Or")) return last;
  }
  return last;
}

function comparison(at: Surroundings, node: Compare): Const | undefined {
  let left = at.constantOf(node.left);
  for (const [index, comparator] of node.comparators.entries()) {
    const right = left && at.constantOf(comparator);
    if (left === undefined || right === undefined) return undefined;
    const holds = compare(node.ops[index] as CmpOperator, left, right);
    if (holds !== true) return holds === undefined ? undefined : bool(false);
    left = right;
  }
  return bool(true);
}

function compare(op: CmpOperator, left: Const, right: Const): boolean | undefined {
  switch (op) {
    case "Eq":
      return equal(left, right);
    case "NotEq":
      return negated(equal(left, right));
    case "Is":
      return identical(left, right);
    case "IsNot":
      return negated(identical(left, right));
    case "In":
      return contains(right, left);
    case "NotIn":
      return negated(contains(right, left));
    default: {
      const difference = order(left, right);
      if (difference === undefined) return undefined;
      if (op === "Lt") return difference < 0;
      if (op === "LtE") return difference <= 0;
      return op === "Gt" ? difference > 0 : difference >= 0;
    }
  }
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** `is` is certain only for None, True and False. */
function identical(left: Const, right: Const): boolean | undefined {
  const single = (value: Const) => value.type === "None" || value.type === "bool";
  if (!single(left) && !single(right)) return undefined;
  return left.type === right.type && equal(left, right);
}

function contains(container: Const, item: Const): boolean | undefined {
  switch (container.type) {
    case "str":
      return item.type === "str" ? container.value.includes(item.value) : undefined;
    case "bytes":
      return item.type === "bytes" ? container.value.includes(item.value) : undefined;
    case "tuple":
    case "list":
    case "set":
      return containsItem(container.value, item);
    case "dict":
      return containsItem(
        container.value.map(([key]) => key),
        item,
      );
    default:
      return undefined;
  }
}

function containsItem(values: readonly Const[], item: Const): boolean | undefined {
  const found = values.map((value) => equal(value, item));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}

function subscript(at: Surroundings, node: Subscript): Const | undefined {
  const { slice } = node;
  if (slice.kind === "Slice") {
    const value = at.constantOf(node.value);
    if (value === undefined) return undefined;
    const bounds: (Const | undefined)[] = [];
    for (const part of [slice.lower, slice.upper, slice.step]) {
      const bound = part === null ? { type: "None" as const } : at.constantOf(part);
      if (bound === undefined) return undefined;
      bounds.push(bound);
    }
    return sliceOf(value, bounds as Const[]);
  }
  const key = at.constantOf(slice);
  if (key === undefined) return undefined;
  const display = at.displayOf(node.value);
  if (display !== undefined) {
    const entry = dictionaryEntry(at, display, key);
    return entry === undefined || entry === "absent" ? undefined : entryValue(at, entry);
  }
  const value = at.constantOf(node.value);
  return value && itemOf(value, key);
}

/** A value out of a dictionary: what can be changed there is not constant. */
function entryValue(at: Surroundings, entry: Expr): Const | undefined {
  const value = at.constantOf(entry);
  return value !== undefined && isImmutable(value) ? value : undefined;
}

function call(at: Surroundings, node: Call): Const | undefined {
  const { func } = node;
  const name = func.kind === "Name" ? at.builtinOf(func) : undefined;
  if (name !== undefined) {
    const args = node.keywords.length === 0 ? spread(at, node.args) : undefined;
    return args && callBuiltin(name, args);
  }
  if (func.kind !== "Attribute") return undefined;
  if (func.attr === "get") return lookup(at, func, node);
  const receiver = at.constantOf(func.value);
  if (receiver?.type !== "str" && receiver?.type !== "bytes") return undefined;
  const args = spread(at, node.args);
  const keywords = args && namedArguments(at, node);
  return keywords && callMethod(receiver, func.attr, args, keywords);
}

/** Keyword arguments by name, `**mapping` included; undefined where one is not known. */
function namedArguments(at: Surroundings, node: Call): Map<string, Const> | undefined {
  const given = new Map<string, Const>();
  for (const { arg, value } of node.keywords) {
    const known = at.constantOf(value);
    if (known === undefined) return undefined;
    if (arg !== null) given.set(arg, known);
    else if (known.type !== "dict") return undefined;
    else {
      for (const [key, entry] of known.value) {
        if (key.type !== "str") return undefined;
        given.set(key.value, entry);
      }
    }
  }
  return given;
}

/** `mapping.get(key, default)`. */
function lookup(at: Surroundings, func: Attribute, node: Call): Const | undefined {
  const [keyNode, defaultNode] = node.args;
  const key = keyNode && at.constantOf(keyNode);
  if (key === undefined || node.args.length > 2 || node.keywords.length > 0) return undefined;
  const display = at.displayOf(func.value);
  const entry = display && dictionaryEntry(at, display, key);
  if (entry === undefined) return undefined;
  if (entry !== "absent") return entryValue(at, entry);
  return defaultNode === undefined ? { type: "None" } : at.constantOf(defaultNode);
}
