/** Lists, tuples, sets, dicts and instances: reading, writing and the methods that Python gives them. */

import type { Node } from "../syntax/ast.ts";
import type { Frame, Run } from "./program.ts";
import {
  allocate,
  anyItem,
  type DictObject,
  type HeapObject,
  mayRaise,
  objectsOf,
  type SequenceObject,
  type State,
  updateObjects,
} from "./state.ts";
import { charAt } from "./strings.ts";
import { joinTaint } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  isBottom,
  joinValues,
  none,
  ofConst,
  onlyConst,
  onlyConsts,
  type Scalar,
  unknown,
  type Value,
} from "./value.ts";

/** Sequences longer than this are kept as "any element". */
const MAX_ITEMS = 32;

/** The key under which a dict keeps a constant: `1` and `True` share one, as in Python. */
export function keyOf(key: Scalar): string {
  if (key.type === "bool") return `n:${Number(key.value)}`;
  if (key.type === "int" || key.type === "float") return `n:${key.value}`;
  return `${key.type}:${key.value}`;
}

function scalarOfKey(key: string): Value {
  const text = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("n:"))
    return ofConst({ type: Number.isInteger(Number(text)) ? "int" : "float", value: Number(text) });
  if (key.startsWith("str:")) return ofConst({ type: "str", value: text });
  return key.startsWith("None:") ? none : unknown();
}

export function sequence(type: string, items: readonly Value[] | null, rest: Value = BOTTOM): SequenceObject {
  if (items !== null && items.length > MAX_ITEMS) {
    return { kind: "sequence", type, multiple: false, items: null, rest: items.reduce(joinValues, rest) };
  }
  return { kind: "sequence", type, multiple: false, items, rest };
}

export function dict(
  entries: ReadonlyMap<string, Value>,
  rest: Value = BOTTOM,
  keys: Value = BOTTOM,
  type = "builtins.dict",
): DictObject {
  return { kind: "dict", type, multiple: false, entries, rest, keys };
}

function indexOf(key: Scalar | null, length: number): number | null {
  if (key === null || (key.type !== "int" && key.type !== "bool")) return null;
  const index = Number(key.value);
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? at : null;
}

function readObject(object: HeapObject, key: Scalar | null): Value {
  if (object.kind === "sequence") {
    const at = object.items === null ? null : indexOf(key, object.items.length);
    return at === null ? anyItem(object) : joinValues(object.items?.[at] as Value, object.rest);
  }
  if (object.kind === "dict" && key !== null) {
    return joinValues(object.entries.get(keyOf(key)) ?? BOTTOM, object.rest);
  }
  return anyItem(object);
}

/** `value[key]`. */
export function readItem(state: State, value: Value, key: Value): Value {
  const scalar = onlyConst(key);
  let result = BOTTOM;
  for (const [, object] of objectsOf(state, value)) result = joinValues(result, readObject(object, scalar));
  if (value.opaque) result = joinValues(result, unknown(value.taint));
  if (value.consts.length > 0)
    result = joinValues(result, charAt({ ...value, opaque: false, refs: [] }, scalar));
  return addTaint(result, value.taint);
}

/** What iteration over a value yields: elements, keys of a dict, characters. */
export function iterate(state: State, value: Value): Value {
  let result = BOTTOM;
  for (const [, object] of objectsOf(state, value)) {
    result = joinValues(result, object.kind === "dict" ? anyKey(object) : anyItem(object));
  }
  if (value.opaque || value.consts.length > 0) result = joinValues(result, unknown(value.taint));
  return addTaint(result, value.taint);
}

/** The elements one by one, where a value is exactly one sequence of known length (or its dict keys). */
export function exactItems(state: State, value: Value): readonly Value[] | null {
  const objects = objectsOf(state, value);
  if (value.opaque || objects.length !== 1) return null;
  const [, object] = objects[0] as readonly [number, HeapObject];
  if (object.multiple || !isBottom(object.rest)) return null;
  if (object.kind === "sequence") return object.items;
  return object.kind === "dict" && isBottom(object.keys) ? [...object.entries.keys()].map(scalarOfKey) : null;
}

/** The constants that a collection holds, where it holds nothing else: what membership in it can prove. */
export function constantMembers(state: State, value: Value): readonly Scalar[] | null {
  const members: Scalar[] = [];
  const objects = objectsOf(state, value);
  if (value.opaque || objects.length === 0) return null;
  for (const [, object] of objects) {
    const any = object.kind === "dict" ? anyKey(object) : anyItem(object);
    if (isBottom(any)) continue;
    const items = object.kind === "sequence" && object.items !== null ? object.items : null;
    const parts =
      items ??
      (object.kind === "dict" && isBottom(object.keys) ? [...object.entries.keys()].map(scalarOfKey) : [any]);
    for (const part of parts) {
      const consts = onlyConsts(part);
      if (consts === null || part.taint.length > 0) return null;
      members.push(...consts);
    }
  }
  return members;
}

function anyKey(object: DictObject): Value {
  return [...object.entries.keys()].map(scalarOfKey).reduce(joinValues, object.keys);
}

/** `value[key] = item`. */
export function writeItem(state: State, value: Value, key: Value, item: Value): void {
  const scalar = onlyConst(key);
  updateObjects(state, value, (object) => {
    if (object.kind === "dict") {
      if (scalar === null)
        return { ...object, rest: joinValues(object.rest, item), keys: joinValues(object.keys, key) };
      return { ...object, entries: new Map(object.entries).set(keyOf(scalar), item) };
    }
    if (object.kind === "sequence") {
      const at = object.items === null ? null : indexOf(scalar, object.items.length);
      if (at === null || object.items === null) return { ...object, rest: joinValues(object.rest, item) };
      return { ...object, items: object.items.with(at, item) };
    }
    return { ...object, rest: joinValues(object.rest, item) };
  });
}

/** `del value[key]`. */
export function deleteItem(state: State, value: Value, key: Value): void {
  const scalar = onlyConst(key);
  if (scalar === null) return;
  updateObjects(state, value, (object) => {
    if (object.kind === "dict") {
      const entries = new Map(object.entries);
      entries.delete(keyOf(scalar));
      return { ...object, entries };
    }
    return object.kind === "sequence" ? removeAt(object, scalar) : object;
  });
}

function removeAt(object: SequenceObject, key: Scalar | null): SequenceObject {
  if (object.items === null) return object;
  const at = indexOf(key, object.items.length);
  if (at === null) return { ...object, items: null, rest: anyItem(object) };
  return { ...object, items: object.items.toSpliced(at, 1) };
}

function changeItems(
  object: HeapObject,
  change: (items: readonly Value[]) => readonly Value[] | null,
  added: Value,
): HeapObject {
  if (object.kind !== "sequence") return { ...object, rest: joinValues(object.rest, added) } as HeapObject;
  const items = object.items === null || object.multiple ? null : change(object.items);
  if (items === null) return { ...object, items: null, rest: joinValues(anyItem(object), added) };
  return { ...sequence(object.type ?? "builtins.list", items, object.rest), type: object.type };
}

/** Arguments of a method call on a container. */
export interface MethodCall {
  readonly run: Run;
  readonly frame: Frame;
  readonly state: State;
  readonly site: Node;
  /** A second node to allocate at: the called expression. */
  readonly inner: Node;
  readonly receiver: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

type Method = (call: MethodCall) => Value;

function mutate(
  call: MethodCall,
  change: (items: readonly Value[]) => readonly Value[] | null,
  added: Value,
): Value {
  updateObjects(call.state, call.receiver, (object) => changeItems(object, change, added));
  return none;
}

/** `list += more`, `list.extend(more)`. */
export function extendSequence(state: State, list: Value, more: Value): void {
  const added = exactItems(state, more);
  const any = iterate(state, more);
  updateObjects(state, list, (object) =>
    changeItems(object, (items) => (added === null ? null : [...items, ...added]), any),
  );
}

function copyAs(call: MethodCall, from: Value, type: string): Value {
  const items = exactItems(call.state, from);
  const object = items === null ? sequence(type, null, iterate(call.state, from)) : sequence(type, items);
  return allocate(call.run, call.frame, call.state, call.site, object);
}

const first = (call: MethodCall): Value => call.args[0] ?? BOTTOM;

const METHODS: Readonly<Record<string, Method>> = {
  append: (call) => mutate(call, (items) => [...items, first(call)], first(call)),
  add: (call) => mutate(call, (items) => [...items, first(call)], first(call)),
  appendleft: (call) => mutate(call, (items) => [first(call), ...items], first(call)),
  insert: (call) => {
    const item = call.args[1] ?? BOTTOM;
    const index = onlyConst(first(call));
    return mutate(
      call,
      (items) => (index?.type === "int" ? items.toSpliced(index.value, 0, item) : null),
      item,
    );
  },
  extend: (call) => {
    extendSequence(call.state, call.receiver, first(call));
    return none;
  },
  pop: (call) => {
    const key = call.args[0];
    const result = joinValues(
      readItem(call.state, call.receiver, key ?? ofConst({ type: "int", value: -1 })),
      call.args[1] ?? BOTTOM,
    );
    const scalar = key === undefined ? ofConst({ type: "int", value: -1 }) : key;
    const fallback = call.args[1] !== undefined;
    if (!fallback && !surelyHas(call.state, call.receiver, onlyConst(scalar))) mayRaise(call.run, call.state);
    if (onlyConst(scalar) === null)
      updateObjects(call.state, call.receiver, (o) => (o.kind === "sequence" ? removeAt(o, null) : o));
    else deleteItem(call.state, call.receiver, scalar);
    return result;
  },
  popleft: (call) => {
    const zero = ofConst({ type: "int", value: 0 });
    const result = readItem(call.state, call.receiver, zero);
    deleteItem(call.state, call.receiver, zero);
    return result;
  },
  remove: (call) => mutate(call, (items) => removeEqual(items, onlyConst(first(call))), BOTTOM),
  discard: (call) => mutate(call, (items) => removeEqual(items, onlyConst(first(call))), BOTTOM),
  clear: (call) => {
    updateObjects(call.state, call.receiver, (o) =>
      o.kind === "sequence"
        ? { ...o, items: [], rest: BOTTOM }
        : o.kind === "dict"
          ? { ...o, entries: new Map(), rest: BOTTOM, keys: BOTTOM }
          : o,
    );
    return none;
  },
  reverse: (call) => mutate(call, (items) => items.toReversed(), BOTTOM),
  sort: (call) => mutate(call, () => null, BOTTOM),
  copy: (call) => {
    const [entry, ...others] = objectsOf(call.state, call.receiver);
    if (entry === undefined || others.length > 0) return call.receiver;
    return allocate(call.run, call.frame, call.state, call.site, { ...entry[1], multiple: false });
  },
  get: (call) => {
    const missing = call.args[1] ?? call.keywords.get("default") ?? none;
    const found = readItem(call.state, call.receiver, first(call));
    return surelyHas(call.state, call.receiver, onlyConst(first(call))) ? found : joinValues(found, missing);
  },
  setdefault: (call) => {
    const value = call.args[1] ?? none;
    const found = readItem(call.state, call.receiver, first(call));
    if (surelyHas(call.state, call.receiver, onlyConst(first(call)))) return found;
    const result = joinValues(found, value);
    writeItem(call.state, call.receiver, first(call), result);
    return result;
  },
  update: (call) => {
    for (const [name, value] of call.keywords)
      writeItem(call.state, call.receiver, ofConst({ type: "str", value: name }), value);
    for (const other of call.args) mergeInto(call.state, call.receiver, other);
    return none;
  },
  keys: (call) => copyAs(call, call.receiver, "builtins.list"),
  values: (call) => {
    const any = objectsOf(call.state, call.receiver)
      .map(([, o]) => anyItem(o))
      .reduce(joinValues, BOTTOM);
    return allocate(call.run, call.frame, call.state, call.site, sequence("builtins.list", null, any));
  },
  items: (call) => {
    const any = objectsOf(call.state, call.receiver)
      .map(([, o]) => anyItem(o))
      .reduce(joinValues, BOTTOM);
    const pair = sequence("builtins.tuple", [iterate(call.state, call.receiver), any]);
    const pairs = allocate(call.run, call.frame, call.state, call.inner, pair);
    return allocate(call.run, call.frame, call.state, call.site, sequence("builtins.list", null, pairs));
  },
};

function removeEqual(items: readonly Value[], scalar: Scalar | null): readonly Value[] | null {
  if (scalar === null) return null;
  const at = items.findIndex((item) => {
    const other = onlyConst(item);
    return other !== null && keyOf(other) === keyOf(scalar);
  });
  const sure = items.slice(0, at + 1).every((item) => onlyConst(item) !== null);
  return at >= 0 && sure ? items.toSpliced(at, 1) : null;
}

/** True where reading an item cannot fail: the key is there on every path. */
export function surelyHas(state: State, value: Value, key: Scalar | null): boolean {
  const objects = objectsOf(state, value);
  if (key === null || value.opaque || objects.length !== 1) return false;
  const object = objects[0]?.[1];
  if (object === undefined || object.multiple) return false;
  if (object.kind === "dict") return object.entries.has(keyOf(key));
  return object.kind === "sequence" && object.items !== null && indexOf(key, object.items.length) !== null;
}

/** `into.update(from)`, `{**from}`, `into |= from`. */
export function mergeInto(state: State, into: Value, from: Value): void {
  const objects = objectsOf(state, from);
  for (const [, object] of objects) {
    if (object.kind !== "dict") continue;
    for (const [key, value] of object.entries)
      writeItem(
        state,
        into,
        scalarOfKey(key),
        objects.length === 1 ? value : joinValues(value, readItem(state, into, scalarOfKey(key))),
      );
    if (!isBottom(object.rest))
      writeItem(state, into, object.keys.opaque ? object.keys : unknown(object.keys.taint), object.rest);
  }
  if (from.opaque) writeItem(state, into, unknown(from.taint), unknown(from.taint));
}

/** The result of `receiver.name(...)` for heap containers, or null where it is no method that we know. */
export function containerMethod(name: string, call: MethodCall): Value | null {
  const objects = objectsOf(call.state, call.receiver);
  if (objects.length === 0 || objects.some(([, object]) => object.kind === "instance")) return null;
  const method = METHODS[name];
  if (method === undefined) return null;
  const result = method(call);
  return call.receiver.opaque
    ? joinValues(result, unknown(joinTaint(call.receiver.taint, [])))
    : addTaint(result, call.receiver.taint);
}
