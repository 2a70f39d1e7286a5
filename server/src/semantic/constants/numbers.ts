/** Arithmetic on constants, as Python does it. */

import type { Operator } from "../../syntax/ast.ts";
import { bool, bytes, type Const, int, integer, MAX_BITS, numeric, sequence, str } from "./value.ts";

/** `left op right` for two numbers; undefined where Python raises, or where floats might round otherwise. */
export function arithmetic(op: Operator, left: Const, right: Const): Const | undefined {
  const [a, b] = [integer(left), integer(right)];
  if (a !== undefined && b !== undefined) {
    if (left.type === "bool" && right.type === "bool") {
      if (op === "BitAnd") return bool(left.value && right.value);
      if (op === "BitOr") return bool(left.value || right.value);
      if (op === "BitXor") return bool(left.value !== right.value);
    }
    return integers(op, a, b);
  }
  const [x, y] = [numeric(left), numeric(right)];
  if (x === undefined || y === undefined || typeof x === "bigint" || typeof y === "bigint") return undefined;
  return floats(op, x, y);
}

function integers(op: Operator, a: number | bigint, b: number | bigint): Const | undefined {
  if (op === "Div") {
    const exact = typeof a === "number" && typeof b === "number" && b !== 0;
    return exact ? { type: "float", value: a / b } : undefined;
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  switch (op) {
    case "Add":
      return int(x + y);
    case "Sub":
      return int(x - y);
    case "Mult":
      return int(x * y);
    case "FloorDiv":
      return y === 0n ? undefined : int((x - modulo(x, y)) / y);
    case "Mod":
      return y === 0n ? undefined : int(modulo(x, y));
    case "Pow":
      return power(x, y);
    case "LShift":
      return y < 0n || y > BigInt(MAX_BITS) ? undefined : int(x << y);
    case "RShift":
      return y < 0n ? undefined : int(x >> y);
    case "BitAnd":
      return int(x & y);
    case "BitOr":
      return int(x | y);
    case "BitXor":
      return int(x ^ y);
    default:
      return undefined;
  }
}

/** The remainder with the sign of the divisor. */
function modulo(x: bigint, y: bigint): bigint {
  const rest = x % y;
  return rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
}

function power(base: bigint, exponent: bigint): Const | undefined {
  if (exponent < 0n) return undefined;
  if (base === 0n || base === 1n || base === -1n)
    return int(base ** (exponent === 0n ? 0n : 2n - (exponent % 2n)));
  const bits = (base < 0n ? -base : base).toString(2).length;
  return exponent * BigInt(bits - 1) > BigInt(MAX_BITS) ? undefined : int(base ** exponent);
}

function floats(op: Operator, x: number, y: number): Const | undefined {
  switch (op) {
    case "Add":
      return { type: "float", value: x + y };
    case "Sub":
      return { type: "float", value: x - y };
    case "Mult":
      return { type: "float", value: x * y };
    case "Div":
      return y === 0 ? undefined : { type: "float", value: x / y };
    default:
      // The last digit of `//`, `%` and `**` on floats depends on the platform.
      return undefined;
  }
}

/** `-x`, `+x` and `~x`. */
export function unary(op: "Invert" | "UAdd" | "USub", operand: Const): Const | undefined {
  const whole = integer(operand);
  if (whole !== undefined) {
    if (op === "Invert") return int(-BigInt(whole) - 1n);
    return int(op === "USub" ? -BigInt(whole) : BigInt(whole));
  }
  if (operand.type !== "float" || op === "Invert") return undefined;
  return { type: "float", value: op === "USub" ? -operand.value : operand.value };
}

/** `+` and `*` on texts and sequences. */
export function concatenation(op: Operator, left: Const, right: Const): Const | undefined {
  if (op === "Add") {
    if (left.type === "str" && right.type === "str") return str(left.value + right.value);
    if (left.type === "bytes" && right.type === "bytes") return bytes(left.value + right.value);
    if (left.type === "tuple" && right.type === "tuple")
      return sequence("tuple", [...left.value, ...right.value]);
    if (left.type === "list" && right.type === "list")
      return sequence("list", [...left.value, ...right.value]);
  }
  if (op !== "Mult") return undefined;
  return repetition(left, integer(right)) ?? repetition(right, integer(left));
}

function repetition(value: Const, times: number | bigint | undefined): Const | undefined {
  if (typeof times !== "number") return undefined;
  const count = Math.max(0, times);
  switch (value.type) {
    case "str":
    case "bytes":
      if (value.value.length * count > 100_000) return undefined;
      return value.type === "str" ? str(value.value.repeat(count)) : bytes(value.value.repeat(count));
    case "tuple":
    case "list":
      if (value.value.length * count > 100_000) return undefined;
      return sequence(value.type, Array.from({ length: count }, () => value.value).flat());
    default:
      return undefined;
  }
}
