/** The state at one point of the program: the variables of each open frame, and the objects of the heap. */

import type { Node } from "../syntax/ast.ts";
import {
  anyItem,
  equalMaps,
  equalObjects,
  type HeapObject,
  joinObjects,
  widenObject,
  widenValue,
} from "./objects.ts";
import type { Frame, Run } from "./program.ts";
import { joinTaint, type TaintSet } from "./taint.ts";
import { BOTTOM, isBottom, joinValues, type ObjectId, ofRef, type Value } from "./value.ts";

/** A map that several states may hold at once: whoever writes to a shared one first makes a copy of it. */
interface Shared<Key, Item> {
  readonly map: Map<Key, Item>;
  shared: boolean;
}

/** Maps in a map that several states may hold at once as well. Where it is shared, so are the maps in it. */
type Maps<Key, Item> = Shared<number, Shared<Key, Item>>;

/** Changed in place by the one who holds it; copied at each branch, which costs nothing until one of the two is changed. */
export interface State {
  envs: Maps<string, Value>;
  /** Objects by chunks of neighbouring ids, so that a write copies a chunk and not the heap. */
  heap: Maps<ObjectId, HeapObject>;
  /** False once control cannot get here. */
  alive: boolean;
}

export function newState(): State {
  return { envs: { map: new Map(), shared: false }, heap: { map: new Map(), shared: false }, alive: true };
}

export function copyState({ envs, heap, alive }: State): State {
  envs.shared = true;
  heap.shared = true;
  return { envs, heap, alive };
}

/** The variables of a frame. */
export function variablesOf(state: State, frame: number): ReadonlyMap<string, Value> | undefined {
  return state.envs.map.get(frame)?.map;
}

/** The same maps, held by nobody else. */
function own<Key, Item>(maps: Maps<Key, Item>): Maps<Key, Item> {
  if (!maps.shared) return maps;
  for (const inner of maps.map.values()) inner.shared = true;
  return { map: new Map(maps.map), shared: false };
}

/** The map under a key of maps that are held by nobody else, for writing: a shared one is copied first. */
function writable<Key, Item>({ map: maps }: Maps<Key, Item>, key: number): Map<Key, Item> {
  const known = maps.get(key);
  if (known !== undefined && !known.shared) return known.map;
  const map = new Map(known?.map);
  maps.set(key, { map, shared: false });
  return map;
}

function writableVariables(state: State, frame: number): Map<string, Value> {
  state.envs = own(state.envs);
  return writable(state.envs, frame);
}

const CHUNK_BITS = 4;

export function getObject(state: State, id: ObjectId): HeapObject | undefined {
  return state.heap.map.get(id >> CHUNK_BITS)?.map.get(id);
}

/** Puts an object into the heap, or another in its place. */
export function setObject(state: State, id: ObjectId, object: HeapObject): void {
  state.heap = own(state.heap);
  writable(state.heap, id >> CHUNK_BITS).set(id, object);
}

/** Makes the heap of `into` that of `from`. */
export function takeHeap(into: State, from: State): void {
  from.heap.shared = true;
  into.heap = from.heap;
}

/** Forgets the variables of a frame that was left. */
export function closeFrame(state: State, frame: Frame): void {
  if (!state.envs.map.has(frame.id)) return;
  state.envs = own(state.envs);
  state.envs.map.delete(frame.id);
}

/** True where two states share everything: nothing was written since one was copied from the other. */
function sameContent(a: State, b: State): boolean {
  return sameMaps(a.envs, b.envs) && sameMaps(a.heap, b.heap);
}

function sameMaps<Key, Item>(a: Maps<Key, Item>, b: Maps<Key, Item>): boolean {
  if (a.map === b.map) return true;
  if (a.map.size !== b.map.size) return false;
  for (const [key, item] of a.map) if (b.map.get(key) !== item) return false;
  return true;
}

/** Here an exception may leave: the handlers around see the state as it is now. */
export function mayRaise(run: Run, state: State): void {
  const states = run.tries.at(-1);
  const last = states?.at(-1);
  if (states === undefined || (last !== undefined && sameContent(last, state))) return;
  states.push(copyState(state));
}

/** Makes `into` say what `from` says. */
export function replaceState(into: State, from: State): void {
  if (into === from) return;
  const { envs, heap, alive } = copyState(from);
  into.envs = envs;
  into.heap = heap;
  into.alive = alive;
}

/** The least state that covers both; a dead one adds nothing. Returns one of the two, changed. */
export function joinStates(a: State, b: State): State {
  if (!b.alive) return a;
  if (!a.alive) return b;
  if (a.envs.map !== b.envs.map) {
    for (const [id, env] of b.envs.map) {
      const into = a.envs.map.get(id);
      if (into === env) continue;
      if (into === undefined) {
        env.shared = true;
        a.envs = own(a.envs);
        a.envs.map.set(id, env);
      } else joinVariables(a, id, env.map);
    }
  }
  if (a.heap.map === b.heap.map) return a;
  for (const [key, chunk] of b.heap.map) {
    if (a.heap.map.get(key) === chunk) continue;
    for (const [id, object] of chunk.map) {
      const other = getObject(a, id);
      if (other !== object) setObject(a, id, other === undefined ? object : joinObjects(other, object));
    }
  }
  return a;
}

function joinVariables(state: State, frame: number, more: ReadonlyMap<string, Value>): void {
  const known = variablesOf(state, frame);
  for (const [name, value] of more) {
    const old = known?.get(name);
    const joined = joinBound(old, value, name);
    if (joined !== old) writableVariables(state, frame).set(name, joined);
  }
  for (const [name, value] of variablesOf(state, frame) ?? []) {
    // What only one branch learnt of an expression does not hold after both.
    if (isRefinement(name) && (!more.has(name) || isBottom(value)))
      writableVariables(state, frame).delete(name);
  }
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

export function equalStates(a: State, b: State): boolean {
  if (a.alive !== b.alive || a.heap.map.size !== b.heap.map.size) return false;
  if (sameContent(a, b)) return true;
  for (const [id, env] of a.envs.map) {
    const other = b.envs.map.get(id);
    if (other === env) continue;
    if (other === undefined || !equalMaps(env.map, other.map)) return false;
  }
  for (const [key, chunk] of a.heap.map) {
    const counterpart = b.heap.map.get(key);
    if (counterpart === chunk) continue;
    if (counterpart?.map.size !== chunk.map.size) return false;
    for (const [id, object] of chunk.map) {
      const other = counterpart.map.get(id);
      if (other === undefined || (other !== object && !equalObjects(object, other))) return false;
    }
  }
  return true;
}

/**
 * Allocates the object of an expression. The same expression met again on one path (a loop) is the same
 * abstract object, which from then on stands for several.
 */
export function allocate(run: Run, frame: Frame, state: State, site: Node, object: HeapObject): Value {
  const id = siteId(run, frame, site);
  const old = getObject(state, id);
  setObject(state, id, old === undefined ? object : { ...joinObjects(old, object), multiple: true });
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
    const object = getObject(state, id);
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
    setObject(
      state,
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
    const object = getObject(state, id);
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
  return state.envs.map.get(frame.id)?.map.get(name);
}

/** Binds a variable; what was learnt of expressions that begin with it is forgotten. */
export function setVariable(state: State, frame: Frame, name: string, value: Value): void {
  const env = writableVariables(state, frame.id);
  env.set(name, value);
  if (!isRefinement(name)) forgetIn(env, name);
}

/** Forgets what was learnt of expressions that begin with a variable. */
export function forgetRefinements(state: State, frame: Frame, name: string): void {
  const known = variablesOf(state, frame.id);
  if (known !== undefined && [...known.keys()].some(isRefinement))
    forgetIn(writableVariables(state, frame.id), name);
}

function forgetIn(env: Map<string, Value>, name: string): void {
  for (const key of env.keys()) {
    if (!isRefinement(key)) continue;
    if (key.startsWith(name, 1) && !/\w/.test(key[name.length + 1] ?? "")) env.delete(key);
  }
}

/** Says more of a variable that keeps its value: what was learnt of longer expressions stays. */
export function refineVariable(state: State, frame: Frame, name: string, value: Value): void {
  writableVariables(state, frame.id).set(name, value);
}

/** Gives up the constants that are not what they were, in variables and objects, so that a loop ends. */
export function widenState(before: State, after: State): void {
  for (const id of [...after.envs.map.keys()]) {
    const old = variablesOf(before, id);
    for (const [name, value] of [...(variablesOf(after, id) ?? [])]) {
      const widened = widenValue(old?.get(name), value);
      if (widened !== value) writableVariables(after, id).set(name, widened);
    }
  }
  for (const [key, chunk] of [...after.heap.map]) {
    if (before.heap.map.get(key) === chunk) continue;
    for (const [id, object] of [...chunk.map]) {
      const old = getObject(before, id);
      if (old !== undefined && old !== object) setObject(after, id, widenObject(old, object));
    }
  }
}
