/** Abstract values: what a Python expression may be at one point of a program, and how two answers join. */

import type { ClassDef, FunctionNode, Lambda } from "../syntax/ast.ts";
import type { FlowFile, Frame } from "./program.ts";
import { equalTaint, joinTaint, sameSource, type TaintSet, UNTAINTED } from "./taint.ts";

/** A constant without parts. Bytes hold one character (0-255) for each byte. */
export type Scalar =
  | { readonly type: "str" | "bytes"; readonly value: string }
  | { readonly type: "int" | "float"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "None"; readonly value: null };

/** An object of the abstract heap. */
export type ObjectId = number;

/** Something callable: a definition, with the frame that it closes over, and the receiver it is bound to. */
export type Callable =
  | {
      readonly kind: "function";
      readonly node: FunctionNode | Lambda;
      readonly file: FlowFile;
      readonly outer: Frame | null;
      readonly self: Value | null;
    }
  | { readonly kind: "class"; readonly node: ClassDef; readonly file: FlowFile; readonly outer: Frame | null }
  | { readonly kind: "known"; readonly name: string; readonly self: Value | null }
  | {
      readonly kind: "partial";
      readonly of: Value;
      readonly args: readonly Value[];
      readonly keywords: ReadonlyMap<string, Value>;
    };

/** Which other variable a value was computed from, so that a test of the one refines the other. */
export interface Link {
  readonly frame: Frame;
  readonly name: string;
  readonly how: "url" | "url-host" | "text";
}

/**
 * The possible values are the constants, the heap objects, the callables, and, if `opaque`, anything else (of
 * class `type`, if that is known). Without any of these it is bottom: no value arrives.
 */
export interface Value {
  readonly consts: readonly Scalar[];
  readonly refs: readonly ObjectId[];
  readonly callables: readonly Callable[];
  readonly opaque: boolean;
  readonly type: string | null;
  readonly taint: TaintSet;
  /** Text that every possible value starts with; "" where nothing is known. */
  readonly prefix: string;
  /**
   * For a text whose host part has surely ended (a URL past its host, a path of the own site): the taint that may
   * stand in the host part. Null where more text could still change the host.
   */
  readonly lead: TaintSet | null;
  /** True for a path with its `..` and links resolved. */
  readonly resolved: boolean;
  readonly link: Link | null;
}

const MAX_CONSTS = 8;
const MAX_REFS = 8;
const MAX_CALLABLES = 8;

const EMPTY: Value = {
  consts: [],
  refs: [],
  callables: [],
  opaque: false,
  type: null,
  taint: UNTAINTED,
  prefix: "",
  lead: null,
  resolved: false,
  link: null,
};

/** No value: what a function that never returns gives. */
export const BOTTOM: Value = EMPTY;

export const NONE: Scalar = { type: "None", value: null };

export function unknown(taint: TaintSet = UNTAINTED, type: string | null = null): Value {
  return { ...EMPTY, opaque: true, taint, type };
}
export const UNKNOWN: Value = unknown();

export function ofConst(value: Scalar): Value {
  return { ...EMPTY, consts: [value], prefix: value.type === "str" ? value.value : "" };
}

/** One of several constants. */
export function ofConsts(values: readonly Scalar[]): Value {
  return values.map(ofConst).reduce(joinValues, BOTTOM);
}

export const str = (value: string): Value => ofConst({ type: "str", value });
export const int = (value: number): Value => ofConst({ type: "int", value });
export const bool = (value: boolean): Value => ofConst({ type: "bool", value });
export const none: Value = ofConst(NONE);

export function ofRef(id: ObjectId, type: string | null): Value {
  return { ...EMPTY, refs: [id], type };
}
export function ofCallable(callable: Callable): Value {
  return { ...EMPTY, callables: [callable] };
}

/** Something of a library, known by its qualified name; `self` is the receiver where it is a method. */
export function ofKnown(name: string, self: Value | null = null): Value {
  return { ...EMPTY, opaque: true, callables: [{ kind: "known", name, self }] };
}

export function isBottom(value: Value): boolean {
  return (
    !value.opaque && value.consts.length === 0 && value.refs.length === 0 && value.callables.length === 0
  );
}

/** The constants, if the value is nothing but constants. */
export function onlyConsts(value: Value): readonly Scalar[] | null {
  if (value.opaque || value.refs.length > 0 || value.callables.length > 0) return null;
  return value.consts.length > 0 ? value.consts : null;
}

/** The constant, if the value is exactly one. */
export function onlyConst(value: Value): Scalar | null {
  const consts = onlyConsts(value);
  return consts?.length === 1 ? (consts[0] as Scalar) : null;
}

export function sameScalar(a: Scalar, b: Scalar): boolean {
  return a.type === b.type && Object.is(a.value, b.value);
}

/** `a == b` in Python, for two constants. */
export function pyEqual(a: Scalar, b: Scalar): boolean {
  const numeric = (s: Scalar): number | null =>
    s.type === "int" || s.type === "float" ? s.value : s.type === "bool" ? Number(s.value) : null;
  const x = numeric(a);
  const y = numeric(b);
  if (x !== null && y !== null) return x === y;
  return sameScalar(a, b);
}

function commonPrefix(a: string, b: string): string {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return a.slice(0, i);
}

function union<T>(a: readonly T[], b: readonly T[], equal: (x: T, y: T) => boolean): readonly T[] {
  if (a === b || b.length === 0) return a;
  const added = b.filter((item) => !a.some((other) => equal(item, other)));
  return added.length === 0 ? a : [...a, ...added];
}

export function sameCallable(a: Callable, b: Callable): boolean {
  if (a === b) return true;
  if (a.kind === "known") return b.kind === "known" && a.name === b.name && a.self === b.self;
  if (a.kind === "function") return b.kind === "function" && a.node === b.node && sameSelf(a.self, b.self);
  if (a.kind === "class") return b.kind === "class" && a.node === b.node;
  return false;
}

function sameSelf(a: Value | null, b: Value | null): boolean {
  return a === b || (a !== null && b !== null && equalValues(a, b));
}

/** The least value that covers both. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b || isBottom(b)) return isBottom(b) && b.taint.length > 0 ? withTaint(a, b.taint) : a;
  if (isBottom(a)) return a.taint.length > 0 ? withTaint(b, a.taint) : b;
  const consts = union(a.consts, b.consts, sameScalar);
  const refs = union(a.refs, b.refs, Object.is);
  const taint = joinTaint(a.taint, b.taint);
  const prefix = commonPrefix(a.prefix, b.prefix);
  const lead = joinLeads(a, b);
  const callables = union(a.callables, b.callables, sameCallable);
  const type = a.type === b.type ? a.type : joinTypes(a, b);
  const adds =
    consts !== a.consts ||
    refs !== a.refs ||
    callables !== a.callables ||
    taint !== a.taint ||
    prefix !== a.prefix ||
    lead !== a.lead ||
    type !== a.type ||
    (b.opaque && !a.opaque) ||
    (a.resolved && !b.resolved) ||
    a.link !== b.link;
  if (!adds) return a;
  const tooMany = consts.length > MAX_CONSTS || refs.length > MAX_REFS || callables.length > MAX_CALLABLES;
  return {
    consts: consts.length > MAX_CONSTS ? [] : consts,
    refs: refs.slice(0, MAX_REFS),
    callables: callables.length > MAX_CALLABLES ? [] : callables,
    opaque: a.opaque || b.opaque || tooMany,
    type,
    taint,
    prefix,
    lead,
    resolved: a.resolved && b.resolved,
    link: a.link === b.link ? a.link : null,
  };
}

/** A class is known for the join if the other side is `None` or has none to say. */
function joinTypes(a: Value, b: Value): string | null {
  const isNone = (v: Value): boolean => onlyConst(v)?.type === "None";
  if (isNone(a)) return b.type;
  return isNone(b) ? a.type : null;
}

function withTaint(value: Value, taint: TaintSet): Value {
  const lead = value.lead === null ? null : joinTaint(value.lead, taint);
  return { ...value, taint: joinTaint(value.taint, taint), lead };
}

/** Texts that say which host they lead to: `https://host/…`, `/path`, `folder/…`, `?query`. */
const DECIDED = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#\\@]+[/?#]|\/[^/\\]|[?#]|[^:/?#\\]+[/?#])/i;

/** The taint that may stand in the host part of a URL, or null where the host part may not have ended yet. */
export function leadOf(value: Value): TaintSet | null {
  if (value.lead !== null) return value.lead;
  if (DECIDED.test(value.prefix)) return UNTAINTED;
  const texts = onlyConsts(value);
  return texts?.every((c) => c.type === "str" && DECIDED.test(c.value)) === true ? UNTAINTED : null;
}

function joinLeads(a: Value, b: Value): TaintSet | null {
  if (a.lead === null && b.lead === null) return null;
  const x = leadOf(a);
  const y = leadOf(b);
  return x === null || y === null ? null : joinTaint(x, y);
}

/** The taint of a value that decides which host it leads to. */
export function hostTaint(value: Value): TaintSet {
  const lead = leadOf(value);
  return lead === null
    ? value.taint
    : value.taint.filter((taint) => lead.some((other) => sameSource(taint, other)));
}

/** The value with more taint. */
export function addTaint(value: Value, taint: TaintSet): Value {
  return taint.length === 0 ? value : withTaint(value, taint);
}

/** True where two values say the same; ways of taint do not count. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true;
  return (
    a.opaque === b.opaque &&
    a.type === b.type &&
    a.prefix === b.prefix &&
    (a.lead === b.lead || (a.lead !== null && b.lead !== null && equalTaint(a.lead, b.lead))) &&
    a.resolved === b.resolved &&
    a.consts.length === b.consts.length &&
    a.refs.length === b.refs.length &&
    a.callables.length === b.callables.length &&
    a.consts.every((c) => b.consts.some((d) => sameScalar(c, d))) &&
    a.refs.every((r) => b.refs.includes(r)) &&
    a.callables.every((c) => b.callables.some((d) => sameCallable(c, d))) &&
    equalTaint(a.taint, b.taint)
  );
}

/** Python's truth of a constant. */
export function truthOfScalar(value: Scalar): boolean {
  return value.type === "None" ? false : Boolean(value.value);
}

/** What a value says when asked `if value`; heap objects are answered by the caller, which knows their size. */
export function truthOf(value: Value): boolean | null {
  const consts = onlyConsts(value);
  if (consts === null)
    return value.callables.length > 0 && !value.opaque && value.consts.length === 0 ? true : null;
  const [first, ...rest] = consts.map(truthOfScalar);
  return rest.every((truth) => truth === first) ? (first as boolean) : null;
}
