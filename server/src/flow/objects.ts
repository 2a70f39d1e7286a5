/** Objects of the abstract heap: lists, dicts and instances, and how two answers about one of them join. */

import type { ClassDef } from "../syntax/ast.ts";
import type { FlowFile } from "./program.ts";
import { BOTTOM, equalValues, joinValues, type Value } from "./value.ts";

interface ObjectBase {
  /** Qualified class name. */
  readonly type: string | null;
  /** Stands for several run-time objects: updates only add. */
  readonly multiple: boolean;
}

/** A list, tuple, set or other sequence: known elements, then any number of others that `rest` covers. */
export interface SequenceObject extends ObjectBase {
  readonly kind: "sequence";
  readonly items: readonly Value[];
  readonly rest: Value;
}

/** A mapping. `rest` covers the values under keys that are not in `entries`; bottom where there are none. */
export interface DictObject extends ObjectBase {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, Value>;
  /** Keys of entries that are there on some paths only. */
  readonly perhaps: ReadonlySet<string>;
  readonly rest: Value;
  /** Covers the keys that are not constants. */
  readonly keys: Value;
}

export interface InstanceObject extends ObjectBase {
  readonly kind: "instance";
  readonly cls: { readonly node: ClassDef; readonly file: FlowFile } | null;
  readonly attrs: ReadonlyMap<string, Value>;
  /** Covers attributes that are not in `attrs`; bottom where the class declares the rest. */
  readonly rest: Value;
}

export type HeapObject = SequenceObject | DictObject | InstanceObject;

function joinMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const result = new Map(a);
  for (const [key, value] of b) result.set(key, joinValues(result.get(key) ?? BOTTOM, value));
  return result;
}

/** The object that covers both. Keys that one side lacks are perhaps there. */
export function joinObjects(a: HeapObject, b: HeapObject): HeapObject {
  const multiple = a.multiple || b.multiple;
  const type = a.type === b.type ? a.type : null;
  if (a.kind === "sequence" && b.kind === "sequence") {
    const both = Math.min(a.items.length, b.items.length);
    const items = a.items.slice(0, both).map((item, i) => joinValues(item, b.items[i] as Value));
    const further = [...a.items.slice(both), ...b.items.slice(both), b.rest].reduce(joinValues, a.rest);
    return { kind: "sequence", type, multiple, items, rest: further };
  }
  if (a.kind === "dict" && b.kind === "dict") {
    const entries = joinMaps(a.entries, b.entries);
    const rest = joinValues(a.rest, b.rest);
    const oneSided = [...entries.keys()].filter((key) => !a.entries.has(key) || !b.entries.has(key));
    const perhaps = new Set([...a.perhaps, ...b.perhaps, ...oneSided]);
    return { kind: "dict", type, multiple, entries, perhaps, rest, keys: joinValues(a.keys, b.keys) };
  }
  if (a.kind === "instance" && b.kind === "instance") {
    const attrs = joinMaps(a.attrs, b.attrs);
    return { kind: "instance", type, multiple, cls: a.cls, attrs, rest: joinValues(a.rest, b.rest) };
  }
  return { kind: "sequence", type: null, multiple, items: [], rest: joinValues(anyItem(a), anyItem(b)) };
}

export function equalMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !equalValues(value, other)) return false;
  }
  return true;
}

export function equalObjects(a: HeapObject, b: HeapObject): boolean {
  if (a.multiple !== b.multiple || !equalValues(a.rest, b.rest)) return false;
  if (a.kind === "sequence" && b.kind === "sequence") {
    return (
      a.items.length === b.items.length && a.items.every((item, i) => equalValues(item, b.items[i] as Value))
    );
  }
  if (a.kind === "dict" && b.kind === "dict")
    return (
      equalMaps(a.entries, b.entries) && a.perhaps.size === b.perhaps.size && equalValues(a.keys, b.keys)
    );
  return a.kind === "instance" && b.kind === "instance" && equalMaps(a.attrs, b.attrs);
}

/** Any element of a sequence, any value of a mapping, any attribute of an instance. */
export function anyItem(object: HeapObject): Value {
  const parts =
    object.kind === "sequence"
      ? object.items
      : object.kind === "dict"
        ? [...object.entries.values()]
        : [...object.attrs.values()];
  return parts.reduce(joinValues, object.rest);
}

export function widenValue(before: Value | undefined, after: Value): Value {
  if (before === undefined || before.consts.length === after.consts.length) return after;
  return { ...after, consts: [], opaque: true, prefix: "" };
}

export function widenObject(before: HeapObject, after: HeapObject): HeapObject {
  const rest = widenValue(before.rest, after.rest);
  if (before.kind === "sequence" && after.kind === "sequence") {
    return { ...after, items: after.items.map((item, i) => widenValue(before.items[i], item)), rest };
  }
  if (before.kind === "dict" && after.kind === "dict") {
    return { ...after, entries: widenMap(before.entries, after.entries), rest };
  }
  if (before.kind === "instance" && after.kind === "instance") {
    return { ...after, attrs: widenMap(before.attrs, after.attrs), rest };
  }
  return after;
}

function widenMap(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  return new Map([...after].map(([key, value]) => [key, widenValue(before.get(key), value)]));
}
