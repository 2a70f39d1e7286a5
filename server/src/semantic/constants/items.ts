/** Indexing, slicing and dictionary lookup of constants. */

import type { Dict, Expr } from "../../syntax/ast.ts";
import type { Surroundings } from "./evaluate.ts";
import { type Const, codePoints, equal, int, integer, sequence, text } from "./value.ts";

/** `value[key]` of a text or sequence. */
export function itemOf(value: Const, key: Const): Const | undefined {
  const index = integer(key);
  if (typeof index !== "number") return undefined;
  if (value.type === "str") {
    const char = at(codePoints(value.value), index);
    return char === undefined ? undefined : { type: "str", value: char };
  }
  if (value.type === "bytes") {
    const char = at(value.value.split(""), index);
    return char === undefined ? undefined : int(char.charCodeAt(0));
  }
  return value.type === "tuple" || value.type === "list" ? at(value.value, index) : undefined;
}

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index < 0 ? items.length + index : index];
}

/** `value[lower:upper:step]`, each bound None where it is not written. */
export function sliceOf(value: Const, bounds: readonly Const[]): Const | undefined {
  const numbers = bounds.map((bound) => (bound.type === "None" ? null : integer(bound)));
  if (numbers.some((bound) => bound !== null && typeof bound !== "number")) return undefined;
  const [lower = null, upper = null, step = null] = numbers as (number | null)[];
  if (step === 0) return undefined;
  switch (value.type) {
    case "str":
    case "bytes":
      return text(value.type, pick(codePoints(value.value), lower, upper, step ?? 1).join(""));
    case "tuple":
    case "list":
      return sequence(value.type, pick(value.value, lower, upper, step ?? 1));
    default:
      return undefined;
  }
}

/** The items that a slice takes, by Python's rules for bounds beyond the ends. */
function pick<Item>(
  items: readonly Item[],
  lower: number | null,
  upper: number | null,
  step: number,
): Item[] {
  const { length } = items;
  const clamp = (bound: number) =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, step < 0 ? -1 : 0), step < 0 ? length - 1 : length);
  const start = lower === null ? (step < 0 ? length - 1 : 0) : clamp(lower);
  const stop = upper === null ? (step < 0 ? -1 : length) : clamp(upper);
  const picked: Item[] = [];
  for (let index = start; step < 0 ? index > stop : index < stop; index += step) {
    picked.push(items[index] as Item);
  }
  return picked;
}

/**
 * The expression that a dictionary display holds for a key, also where its other values are not constant.
 * "absent" where the key is not in it; undefined where not all of its keys are known.
 */
export function dictionaryEntry(
  around: Surroundings,
  display: Dict,
  key: Const,
): Expr | "absent" | undefined {
  let entry: Expr | "absent" = "absent";
  for (const [index, keyNode] of display.keys.entries()) {
    const known = keyNode === null ? undefined : around.constantOf(keyNode);
    const same = known && equal(known, key);
    if (same === undefined) return undefined;
    if (same) entry = display.values[index] as Expr;
  }
  return entry;
}
