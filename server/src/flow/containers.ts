/** Containers of the heap: reading, writing and the methods that Python gives them. */

import type { Node } from "../syntax/ast.ts";
import { anyItem, type DictObject, type HeapObject, type SequenceObject } from "./objects.ts";
import type { Frame, Run } from "./program.ts";
import {
  appended,
  elementAt,
  extended,
  forgotten,
  hasIndex,
  inserted,
  lastElement,
  removedAt,
  reversed,
  sequence,
  withElement,
  withoutFirst,
} from "./sequences.ts";
import { allocate, mayRaise, objectsOf, type State, updateObjects } from "./state.ts";
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

export function dict(
  entries: ReadonlyMap<string, Value>,
  rest: Value = BOTTOM,
  keys: Value = BOTTOM,
  type = "builtins.dict",
): DictObject {
  return { kind: "dict", type, multiple: false, entries, perhaps: new Set(), rest, keys };
}

function readObject(object: HeapObject, key: Scalar | null): Value {
  if (object.kind === "sequence") return elementAt(object, key);
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
  const isKnown = object.kind === "dict" && isBottom(object.keys) && object.perhaps.size === 0;
  return isKnown ? [...object.entries.keys()].map(scalarOfKey) : null;
}

/** The constants that a collection holds, where it holds nothing else: what membership in it can prove. */
export function constantMembers(state: State, value: Value): readonly Scalar[] | null {
  const members: Scalar[] = [];
  const objects = objectsOf(state, value);
  if (value.opaque || objects.length === 0) return null;
  for (const [, object] of objects) {
    const any = object.kind === "dict" ? anyKey(object) : anyItem(object);
    if (isBottom(any)) continue;
    const items = object.kind === "sequence" && isBottom(object.rest) ? object.items : null;
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
      const name = keyOf(scalar);
      return {
        ...object,
        entries: new Map(object.entries).set(name, item),
        perhaps: without(object.perhaps, name),
      };
    }
    if (object.kind === "sequence") return withElement(object, scalar, item);
    return { ...object, rest: joinValues(object.rest, item) };
  });
}

/** `del value[key]`. */
export function deleteItem(state: State, value: Value, key: Value): void {
  const scalar = onlyConst(key);
  updateObjects(state, value, (object) => withoutKey(object, scalar));
}

function withoutKey(object: HeapObject, key: Scalar | null): HeapObject {
  if (object.kind === "sequence") return removedAt(object, key);
  if (object.kind !== "dict") return object;
  if (key === null) return { ...object, perhaps: new Set(object.entries.keys()) };
  const entries = new Map(object.entries);
  entries.delete(keyOf(key));
  return { ...object, entries, perhaps: without(object.perhaps, keyOf(key)) };
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((other) => other !== key)) : keys;
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

function mutate(call: MethodCall, change: (list: SequenceObject) => SequenceObject): Value {
  updateObjects(call.state, call.receiver, (object) =>
    object.kind === "sequence" ? change(object) : object,
  );
  return none;
}

/** `list += more`, `list.extend(more)`. */
export function extendSequence(state: State, list: Value, more: Value): void {
  const added = exactItems(state, more);
  const rest = added === null ? iterate(state, more) : BOTTOM;
  updateObjects(state, list, (object) =>
    object.kind === "sequence" ? extended(object, added ?? [], rest) : object,
  );
}

function copyAs(call: MethodCall, from: Value, type: string): Value {
  const items = exactItems(call.state, from);
  const object = items === null ? sequence(type, null, iterate(call.state, from)) : sequence(type, items);
  return allocate(call.run, call.frame, call.state, call.site, object);
}

const first = (call: MethodCall): Value => call.args[0] ?? BOTTOM;

const ZERO: Scalar = { type: "int", value: 0 };
const LAST: Scalar = { type: "int", value: -1 };

/** `pop()`, `pop(key)`, `pop(key, missing)` of lists and dicts. */
function pop(call: MethodCall, key: Value | undefined, missing: Value | undefined): Value {
  const { state, receiver } = call;
  const scalar = key === undefined ? LAST : onlyConst(key);
  let result = missing ?? BOTTOM;
  if (missing === undefined) checkItem(call.run, state, receiver, scalar);
  for (const [, object] of objectsOf(state, receiver)) {
    const isLast = object.kind === "sequence" && scalar?.type === "int" && scalar.value === -1;
    result = joinValues(result, isLast ? lastElement(object) : readObject(object, scalar));
  }
  updateObjects(state, receiver, (object) => withoutKey(object, scalar));
  return result;
}

const METHODS: Readonly<Record<string, Method>> = {
  append: (call) => mutate(call, (list) => appended(list, first(call))),
  add: (call) => mutate(call, (list) => appended(list, first(call))),
  appendleft: (call) => mutate(call, (list) => inserted(list, ZERO, first(call))),
  insert: (call) => mutate(call, (list) => inserted(list, onlyConst(first(call)), call.args[1] ?? BOTTOM)),
  extend: (call) => {
    extendSequence(call.state, call.receiver, first(call));
    return none;
  },
  pop: (call) => pop(call, call.args[0], call.args[1]),
  popleft: (call) => pop(call, ofConst(ZERO), undefined),
  remove: (call) => mutate(call, (list) => withoutFirst(list, first(call))),
  discard: (call) => mutate(call, (list) => withoutFirst(list, first(call))),
  clear: (call) => {
    updateObjects(call.state, call.receiver, (o) =>
      o.kind === "sequence"
        ? { ...o, items: [], rest: BOTTOM }
        : o.kind === "dict"
          ? { ...o, entries: new Map(), perhaps: new Set(), rest: BOTTOM, keys: BOTTOM }
          : o,
    );
    return none;
  },
  reverse: (call) => mutate(call, reversed),
  sort: (call) => mutate(call, (list) => forgotten(list, BOTTOM)),
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

/** True where reading an item cannot fail: the key is there on every path. */
export function surelyHas(state: State, value: Value, key: Scalar | null): boolean {
  const objects = objectsOf(state, value);
  if (key === null || value.opaque || objects.length !== 1) return false;
  const object = objects[0]?.[1];
  if (object === undefined || object.multiple) return false;
  if (object.kind === "dict") return object.entries.has(keyOf(key)) && !object.perhaps.has(keyOf(key));
  return object.kind === "sequence" && hasIndex(object, key);
}

/** True where reading an item surely fails: the key is there on no path. */
export function surelyLacks(state: State, value: Value, key: Scalar | null): boolean {
  const objects = objectsOf(state, value);
  if (key === null || value.opaque || value.consts.length > 0 || objects.length !== 1) return false;
  const object = objects[0]?.[1];
  if (object === undefined || object.multiple || !isBottom(object.rest)) return false;
  if (object.kind === "dict") return !object.entries.has(keyOf(key));
  return object.kind === "sequence" && key.type === "int" && !hasIndex(object, key);
}

/** Reading an item may raise where it is not surely there; control does not go on where it surely is not. */
export function checkItem(run: Run, state: State, value: Value, key: Scalar | null): void {
  if (surelyHas(state, value, key)) return;
  mayRaise(run, state);
  if (surelyLacks(state, value, key)) state.alive = false;
}

/** Writing an item of a list raises where there is none; a dict takes any key. */
export function checkWrite(run: Run, state: State, value: Value, key: Scalar | null): void {
  const onlyLists = objectsOf(state, value).every(([, object]) => object.kind === "sequence");
  if (onlyLists && value.refs.length > 0) checkItem(run, state, value, key);
}

/** `into.update(from)`, `{**from}`, `into |= from`. */
export function mergeInto(state: State, into: Value, from: Value): void {
  const objects = objectsOf(state, from);
  for (const [, object] of objects) {
    if (object.kind !== "dict") continue;
    for (const [key, value] of object.entries) {
      const name = scalarOfKey(key);
      const sure = objects.length === 1 && !object.perhaps.has(key);
      writeItem(state, into, name, sure ? value : joinValues(value, readItem(state, into, name)));
    }
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
