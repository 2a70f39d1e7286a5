/** Python values known without running the program, and what Python says of them: truth, equality, order. */

import type { ConstantValue } from "../model.ts";

/** Constants while they are computed: dictionaries take part, but are not handed out. */
export type Const =
  | ConstantValue
  | { readonly type: "dict"; readonly value: readonly (readonly [Const, Const])[] };

/** Limits that keep `"x" * 10**9` and its like from costing anything. */
export const MAX_TEXT = 65_536;
export const MAX_ITEMS = 1_000;
export const MAX_BITS = 4_096;

export function str(value: string): Const | undefined {
  return value.length > MAX_TEXT ? undefined : { type: "str", value };
}

export function bytes(value: string): Const | undefined {
  return value.length > MAX_TEXT ? undefined : { type: "bytes", value };
}

export function text(type: "str" | "bytes", value: string): Const | undefined {
  return value.length > MAX_TEXT ? undefined : { type, value };
}

export function bool(value: boolean): Const {
  return { type: "bool", value };
}

/** An integer: a number where that is exact, else a bigint. */
export function int(value: number | bigint): Const | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? { type: "int", value: value + 0 } : undefined;
  }
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return { type: "int", value: Number(value) };
  }
  return bitLength(value) > MAX_BITS ? undefined : { type: "int", value };
}

export function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

export function sequence(type: "tuple" | "list" | "set", value: readonly Const[]): Const | undefined {
  if (value.length > MAX_ITEMS) return undefined;
  return { type, value: type === "set" ? distinct(value) : value } as Const;
}

function distinct(values: readonly Const[]): Const[] {
  const kept: Const[] = [];
  for (const value of values) if (!kept.some((other) => equal(value, other) === true)) kept.push(value);
  return kept;
}

/** The number that an int, bool or float is in arithmetic; undefined for other types. */
export function numeric(value: Const): number | bigint | undefined {
  switch (value.type) {
    case "int":
    case "float":
      return value.value;
    case "bool":
      return value.value ? 1 : 0;
    default:
      return undefined;
  }
}

/** The integer that an int or bool is; undefined for other types. */
export function integer(value: Const): number | bigint | undefined {
  return value.type === "float" ? undefined : numeric(value);
}

export function truth(value: Const): boolean {
  switch (value.type) {
    case "None":
      return false;
    case "bool":
      return value.value;
    case "int":
    case "float":
      // A bigint zero does not occur: it would be a number.
      return value.value !== 0;
    default:
      return value.value.length > 0;
  }
}

/** Python's `==`; undefined where we do not decide it. */
export function equal(a: Const, b: Const): boolean | undefined {
  const [left, right] = [numeric(a), numeric(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: a number and a bigint are compared by what they are worth
  if (left !== undefined && right !== undefined) return left == right;
  if (a.type !== b.type) return false;
  switch (a.type) {
    case "str":
    case "bytes":
      return a.value === textValue(b);
    case "None":
      return true;
    case "tuple":
    case "list":
      return equalItems(a.value, (b as typeof a).value);
    default:
      return undefined;
  }
}

function textValue(value: Const): string {
  return value.type === "str" || value.type === "bytes" ? value.value : "";
}

function equalItems(a: readonly Const[], b: readonly Const[]): boolean | undefined {
  if (a.length !== b.length) return false;
  let unsure = false;
  for (const [index, item] of a.entries()) {
    const same = equal(item, b[index] as Const);
    if (same === false) return false;
    if (same === undefined) unsure = true;
  }
  return unsure ? undefined : true;
}

/** Negative, zero or positive as `a` comes before, with or after `b`; undefined where Python does not order them. */
export function order(a: Const, b: Const): number | undefined {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) {
    if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.type !== b.type) return undefined;
  if (a.type === "str" || a.type === "bytes") return orderTexts(a.value, textValue(b));
  if (a.type === "tuple" || a.type === "list") return orderItems(a.value, (b as typeof a).value);
  return undefined;
}

/** By code points: UTF-16 sorts characters above U+FFFF before some below. */
function orderTexts(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  for (const [index, char] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (char !== other) return (char.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}

function orderItems(a: readonly Const[], b: readonly Const[]): number | undefined {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const same = equal(item, other);
    if (same === undefined) return undefined;
    if (!same) return order(item, other);
  }
  return a.length - b.length;
}

/** The characters of a text as Python counts them. */
export function codePoints(value: string): readonly string[] {
  return /[\ud800-\udfff]/.test(value) ? Array.from(value) : value.split("");
}

/** True where no part of a value can be changed in place. */
export function isImmutable(value: Const): boolean {
  if (value.type === "tuple") return value.value.every(isImmutable);
  return value.type !== "list" && value.type !== "set" && value.type !== "dict";
}
