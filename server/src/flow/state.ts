/** The state at one point of the program: the variables of each open frame, and the objects of the heap. */

import type { ClassDef, Node } from "../syntax/ast.ts";
import type { FlowFile, Frame, Run } from "./program.ts";
import { joinTaint, type TaintSet } from "./taint.ts";
import { BOTTOM, equalValues, isBottom, joinValues, type ObjectId, ofRef, type Value } from "./value.ts";

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

/** Changed in place by the one who holds it; copied at each branch. */
export interface State {
  readonly envs: Map<number, Map<string, Value>>;
  readonly heap: Map<ObjectId, HeapObject>;
  /** False once control cannot get here. */
  alive: boolean;
}

export function newState(): State {
  return { envs: new Map(), heap: new Map(), alive: true };
}

export function copyState(state: State): State {
  const envs = new Map<number, Map<string, Value>>();
  for (const [id, env] of state.envs) envs.set(id, new Map(env));
  return { envs, heap: new Map(state.heap), alive: state.alive };
}

/** Here an exception may leave: the handlers around see the state as it is now. */
export function mayRaise(run: Run, state: State): void {
  run.tries.at(-1)?.push(copyState(state));
}

/** Makes `into` say what `from` says. */
export function replaceState(into: State, from: State): void {
  if (into === from) return;
  into.envs.clear();
  for (const [id, env] of from.envs) into.envs.set(id, env);
  into.heap.clear();
  for (const [id, object] of from.heap) into.heap.set(id, object);
  into.alive = from.alive;
}

/** The least state that covers both; a dead one adds nothing. Returns one of the two, changed. */
export function joinStates(a: State, b: State): State {
  if (!b.alive) return a;
  if (!a.alive) return b;
  for (const [id, env] of b.envs) {
    const into = a.envs.get(id);
    if (into === undefined) a.envs.set(id, env);
    else for (const [name, value] of env) into.set(name, joinBound(into.get(name), value, name));
    if (into !== undefined) dropOneSidedRefinements(into, env);
  }
  for (const [id, object] of b.heap) {
    const other = a.heap.get(id);
    if (other !== object) a.heap.set(id, other === undefined ? object : joinObjects(other, object));
  }
  return a;
}

function joinBound(a: Value | undefined, b: Value, name: string): Value {
  if (a === undefined) return isRefinement(name) ? BOTTOM : b;
  return joinValues(a, b);
}

/** Names of refinements of whole expressions (`request.args["x"]`) begin so; no Python name does. */
export const REFINEMENT = "\0";
function isRefinement(name: string): boolean {
  return name.startsWith(REFINEMENT);
}

/** What only one branch learnt of an expression does not hold after both. */
function dropOneSidedRefinements(a: Map<string, Value>, b: ReadonlyMap<string, Value>): void {
  for (const [name, value] of a) {
    if (isRefinement(name) && (!b.has(name) || isBottom(value))) a.delete(name);
  }
}

export function equalStates(a: State, b: State): boolean {
  if (a.alive !== b.alive || a.heap.size !== b.heap.size) return false;
  for (const [id, env] of a.envs) {
    const other = b.envs.get(id);
    if (other === undefined || other.size !== env.size) return false;
    for (const [name, value] of env) {
      const counterpart = other.get(name);
      if (counterpart === undefined || !equalValues(value, counterpart)) return false;
    }
  }
  for (const [id, object] of a.heap) {
    const other = b.heap.get(id);
    if (other === undefined || (other !== object && !equalObjects(object, other))) return false;
  }
  return true;
}

function joinMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const result = new Map(a);
  for (const [key, value] of b) result.set(key, joinValues(result.get(key) ?? BOTTOM, value));
  return result;
}

/** Keys that one side lacks are "perhaps there": reading them also covers `rest`, which stays as it is. */
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
    return { kind: "dict", type, multiple, entries, rest, keys: joinValues(a.keys, b.keys) };
  }
  if (a.kind === "instance" && b.kind === "instance") {
    const attrs = joinMaps(a.attrs, b.attrs);
    return { kind: "instance", type, multiple, cls: a.cls, attrs, rest: joinValues(a.rest, b.rest) };
  }
  return { kind: "sequence", type: null, multiple, items: [], rest: joinValues(anyItem(a), anyItem(b)) };
}

function equalMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !equalValues(value, other)) return false;
  }
  return true;
}

function equalObjects(a: HeapObject, b: HeapObject): boolean {
  if (a.multiple !== b.multiple || !equalValues(a.rest, b.rest)) return false;
  if (a.kind === "sequence" && b.kind === "sequence") {
    return (
      a.items.length === b.items.length && a.items.every((item, i) => equalValues(item, b.items[i] as Value))
    );
  }
  if (a.kind === "dict" && b.kind === "dict")
    return equalMaps(a.entries, b.entries) && equalValues(a.keys, b.keys);
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

/**
 * Allocates the object of an expression. The same expression met again on one path (a loop) is the same
 * abstract object, which from then on stands for several.
 */
export function allocate(run: Run, frame: Frame, state: State, site: Node, object: HeapObject): Value {
  const id = siteId(run, frame, site);
  const old = state.heap.get(id);
  state.heap.set(id, old === undefined ? object : { ...joinObjects(old, object), multiple: true });
  return ofRef(id, object.type);
}

function siteId(run: Run, frame: Frame, site: Node): ObjectId {
  let sites = run.sites.get(frame.id);
  if (sites === undefined) {
    sites = new Map();
    run.sites.set(frame.id, sites);
  }
  const known = sites.get(site);
  if (known !== undefined) return known;
  const id = run.nextId++;
  sites.set(site, id);
  return id;
}

/** The heap objects that a value may be. */
export function objectsOf(state: State, value: Value): readonly (readonly [ObjectId, HeapObject])[] {
  const result: (readonly [ObjectId, HeapObject])[] = [];
  for (const id of value.refs) {
    const object = state.heap.get(id);
    if (object !== undefined) result.push([id, object]);
  }
  return result;
}

/** Replaces an object's content: exactly where the value can be no other object, else in addition. */
export function updateObjects(state: State, value: Value, change: (object: HeapObject) => HeapObject): void {
  const objects = objectsOf(state, value);
  const strong = objects.length === 1 && !value.opaque;
  for (const [id, object] of objects) {
    const changed = change(object);
    state.heap.set(
      id,
      strong && !object.multiple ? changed : { ...joinObjects(object, changed), multiple: object.multiple },
    );
  }
}

/** Taint of a value and of everything that can be reached from it. */
export function deepTaint(state: State, value: Value): TaintSet {
  if (value.refs.length === 0) return value.taint;
  let taint = value.taint;
  const seen = new Set<ObjectId>();
  const pending = [...value.refs];
  while (pending.length > 0 && seen.size < 64) {
    const id = pending.pop() as ObjectId;
    if (seen.has(id)) continue;
    seen.add(id);
    const object = state.heap.get(id);
    if (object === undefined) continue;
    const any = anyItem(object);
    taint = joinTaint(taint, any.taint);
    if (object.kind === "dict") taint = joinTaint(taint, object.keys.taint);
    pending.push(...any.refs);
  }
  return taint;
}

/** A variable of a frame, or undefined where it is not bound on this path. */
export function getVariable(state: State, frame: Frame, name: string): Value | undefined {
  return state.envs.get(frame.id)?.get(name);
}

/** Binds a variable; what was learnt of expressions that begin with it is forgotten. */
export function setVariable(state: State, frame: Frame, name: string, value: Value): void {
  let env = state.envs.get(frame.id);
  if (env === undefined) {
    env = new Map();
    state.envs.set(frame.id, env);
  }
  env.set(name, value);
  if (isRefinement(name)) return;
  for (const key of env.keys()) {
    if (!isRefinement(key)) continue;
    if (key.startsWith(name, 1) && !/\w/.test(key[name.length + 1] ?? "")) env.delete(key);
  }
}
