/** The types that operators give. */

import type { Operator } from "../../syntax/ast.ts";
import { attributeOfType } from "./classes.ts";
import type { Inference } from "./context.ts";
import { functionResult } from "./functions.ts";
import { instantiate } from "./instantiate.ts";
import { builtin, type FunctionValue, sameType, type Type } from "./values.ts";

const METHODS: Readonly<Record<Operator, string>> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "mod",
  Pow: "pow",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "or",
  BitXor: "xor",
  BitAnd: "and",
  FloorDiv: "floordiv",
};

/** Numbers by how wide they are: an operator gives the wider of two. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ["builtins.bool", 0],
  ["builtins.int", 1],
  ["builtins.float", 2],
  ["builtins.complex", 3],
]);
const WIDEST = ["int", "int", "float", "complex"] as const;
const BITWISE = new Set<Operator>(["LShift", "RShift", "BitOr", "BitXor", "BitAnd"]);
const SEQUENCES = new Set(["str", "bytes", "list", "tuple", "bytearray"].map((name) => `builtins.${name}`));
const SETS = new Set(["builtins.set", "builtins.frozenset"]);

/** The type of `left op right`, null where it is not known. */
export function binaryType(inf: Inference, op: Operator, left: Type | null, right: Type | null): Type | null {
  if (left === null) return right === null ? null : reflected(inf, op, right);
  const leftWidth = NUMBERS.get(left.name);
  if (leftWidth !== undefined) {
    const rightWidth = right === null ? undefined : NUMBERS.get(right.name);
    if (rightWidth !== undefined) return numberType(op, leftWidth, rightWidth);
    if (right === null) return null;
    return op === "Mult" && SEQUENCES.has(right.name) && leftWidth < 2 ? right : reflected(inf, op, right);
  }
  if (SEQUENCES.has(left.name)) return sequenceType(inf, op, left, right);
  if (SETS.has(left.name)) {
    const isSet = right !== null && SETS.has(right.name) && (op === "Sub" || BITWISE.has(op));
    return isSet ? (sameType(left, right) ? left : { ...left, args: [null] }) : null;
  }
  return operatorType(inf, left, `__${METHODS[op]}__`) ?? (right && reflected(inf, op, right));
}

function numberType(op: Operator, left: number, right: number): Type | null {
  const width = Math.max(left, right);
  if (op === "Div") return builtin(width < 3 ? "float" : "complex");
  // A negative exponent makes a float of an integer.
  if (op === "Pow" && width < 2) return null;
  if (BITWISE.has(op) && width === 0 && op !== "LShift" && op !== "RShift") return builtin("bool");
  return builtin(WIDEST[width] ?? "int");
}

function sequenceType(inf: Inference, op: Operator, left: Type, right: Type | null): Type | null {
  if (op === "Mod" && (left.name === "builtins.str" || left.name === "builtins.bytes")) return left;
  if (right === null) return null;
  if (op !== "Add" && op !== "Mult") return reflected(inf, op, right);
  if (op === "Mult") return (NUMBERS.get(right.name) ?? 2) < 2 ? left : null;
  if (left.name !== right.name) return reflected(inf, op, right);
  if (left.name === "builtins.tuple") return { ...left, args: [] };
  return sameType(left, right) ? left : { ...left, args: left.args.map(() => null) };
}

function reflected(inf: Inference, op: Operator, right: Type): Type | null {
  if (NUMBERS.has(right.name) || SEQUENCES.has(right.name) || SETS.has(right.name)) return null;
  return operatorType(inf, right, `__r${METHODS[op]}__`);
}

/** What a special method of a type returns. */
export function operatorType(inf: Inference, type: Type, method: string): Type | null {
  const member = attributeOfType(inf, type, method, "instance");
  return member?.kind === "function" ? methodResult(inf, member, type) : null;
}

/** The result of a method by its signature, where it does not depend on the arguments. */
export function methodResult(inf: Inference, method: FunctionValue, self: Type): Type | null {
  if (method.node !== null) return functionResult(inf, method.node, self);
  return method.facts === null ? null : instantiate(method.facts.returns, { self, args: method.args });
}
