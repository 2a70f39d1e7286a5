/**
 * Lists, tuples, sets and queues: a beginning that is known element by element, then any number of further
 * elements that `rest` covers. Where `rest` is bottom, the whole sequence is known.
 */

import type { SequenceObject } from "./objects.ts";

import { BOTTOM, isBottom, joinValues, onlyConst, pyEqual, type Scalar, type Value } from "./value.ts";

/** Sequences longer than this are kept as "any element". */
const MAX_ITEMS = 32;

/** A sequence of known elements, followed by what `rest` covers; `items` null: nothing of it is known. */
export function sequence(type: string, items: readonly Value[] | null, rest: Value = BOTTOM): SequenceObject {
  const known = items ?? [];
  const kept = known.slice(0, MAX_ITEMS);
  const more = known.slice(MAX_ITEMS).reduce(joinValues, rest);
  return { kind: "sequence", type, multiple: false, items: kept, rest: more };
}

/** True where all elements are known one by one. */
export function isExact(list: SequenceObject): boolean {
  return isBottom(list.rest) && !list.multiple;
}

export function anyElement(list: SequenceObject): Value {
  return list.items.reduce(joinValues, list.rest);
}

/** The position that an index means, or null where that is not known. */
function positionOf(list: SequenceObject, key: Scalar | null): number | null {
  if (key === null || (key.type !== "int" && key.type !== "bool")) return null;
  const index = Number(key.value);
  if (index >= 0) return index;
  return isBottom(list.rest) ? list.items.length + index : null;
}

/** True where reading an index cannot fail. */
export function hasIndex(list: SequenceObject, key: Scalar | null): boolean {
  const at = positionOf(list, key);
  return at !== null && at >= 0 && at < list.items.length;
}

/** `list[key]`. */
export function elementAt(list: SequenceObject, key: Scalar | null): Value {
  const at = positionOf(list, key);
  if (at === null) return anyElement(list);
  return list.items[at] ?? list.rest;
}

/** `list[key] = value`. */
export function withElement(list: SequenceObject, key: Scalar | null, value: Value): SequenceObject {
  const at = positionOf(list, key);
  if (at !== null && at >= 0 && at < list.items.length) return { ...list, items: list.items.with(at, value) };
  const rest = isBottom(list.rest) ? list.rest : joinValues(list.rest, value);
  if (at !== null) return { ...list, rest };
  return { ...list, items: list.items.map((item) => joinValues(item, value)), rest };
}

/** `list.append(value)`. */
export function appended(list: SequenceObject, value: Value): SequenceObject {
  if (!isBottom(list.rest)) return { ...list, rest: joinValues(list.rest, value) };
  return { ...sequence(list.type ?? "builtins.list", [...list.items, value]), type: list.type };
}

/** `list.insert(key, value)`. */
export function inserted(list: SequenceObject, key: Scalar | null, value: Value): SequenceObject {
  const at = positionOf(list, key);
  if (at === null) return forgotten(list, value);
  const index = Math.max(0, at);
  if (index > list.items.length) return appended(list, value);
  return { ...list, items: list.items.toSpliced(index, 0, value) };
}

/** `list.extend(more)`: known elements, then what `rest` covers. */
export function extended(list: SequenceObject, items: readonly Value[], rest: Value): SequenceObject {
  const longer = items.reduce(appended, list);
  return isBottom(rest) ? longer : { ...longer, rest: joinValues(longer.rest, rest) };
}

/** `del list[key]`; without a known position the elements lose theirs. */
export function removedAt(list: SequenceObject, key: Scalar | null): SequenceObject {
  const at = positionOf(list, key);
  if (at !== null && at >= 0) return { ...list, items: list.items.toSpliced(at, 1) };
  const isLast = key?.type === "int" && key.value === -1;
  if (!isLast) return forgotten(list, BOTTOM);
  // The last element went: it was one of `rest`, or there was none and it was the last of the known ones.
  const last = list.items.at(-1) ?? BOTTOM;
  return { ...list, items: list.items.slice(0, -1), rest: joinValues(list.rest, last) };
}

/** `list.pop(-1)` where not all elements are known gives one of `rest`, or the last known one. */
export function lastElement(list: SequenceObject): Value {
  const last = list.items.at(-1) ?? BOTTOM;
  return isBottom(list.rest) ? last : joinValues(list.rest, last);
}

/** `list.remove(value)`: exact where the element is surely the first that equals the constant. */
export function withoutFirst(list: SequenceObject, value: Value): SequenceObject {
  const wanted = onlyConst(value);
  for (const [at, item] of list.items.entries()) {
    const scalar = onlyConst(item);
    if (wanted === null || scalar === null) break;
    if (pyEqual(wanted, scalar)) return { ...list, items: list.items.toSpliced(at, 1) };
  }
  return forgotten(list, BOTTOM);
}

/** The same elements in an order that is not known, perhaps with one more. */
export function forgotten(list: SequenceObject, added: Value): SequenceObject {
  return { ...list, items: [], rest: joinValues(anyElement(list), added) };
}

/** `list.reverse()`. */
export function reversed(list: SequenceObject): SequenceObject {
  return isBottom(list.rest) ? { ...list, items: list.items.toReversed() } : forgotten(list, BOTTOM);
}
