/** Text and numbers: what operators and methods of Python's scalars give for abstract values. */

import { riskSet } from "../models/taint/types.ts";
import type { Operator } from "../syntax/ast.ts";
import { clearRisks, joinTaint, type TaintSet } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  bool,
  int,
  joinValues,
  leadOf,
  ofConst,
  onlyConst,
  onlyConsts,
  pyEqual,
  type Scalar,
  str,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

/** A text is no mapping: nothing in it is taken for an operator of a query. */
const TEXT_CLEARS = riskSet("nosql");

/** What cannot stand after text of ours: a formula begins its cell. */
const AFTER_TEXT_CLEARS = riskSet("csv");

/** Longer constants are not computed. */
const MAX_TEXT = 4096;

/** Applies a function to each pair of constants; null where one side is more than constants, or too many. */
function eachPair(a: Value, b: Value, apply: (x: Scalar, y: Scalar) => Value | null): Value | null {
  const left = onlyConsts(a);
  const right = onlyConsts(b);
  if (left === null || right === null || left.length * right.length > 16) return null;
  let result = BOTTOM;
  for (const x of left) {
    for (const y of right) {
      const value = apply(x, y);
      if (value === null) return null;
      result = joinValues(result, value);
    }
  }
  return addTaint(result, joinTaint(a.taint, b.taint));
}

/** Python's `str()` of a constant, or null where the format is not worth knowing (floats). */
export function textOf(value: Scalar): string | null {
  switch (value.type) {
    case "str":
      return value.value;
    case "int":
      return String(value.value);
    case "bool":
      return value.value ? "True" : "False";
    case "None":
      return "None";
    default:
      return null;
  }
}

/** The text of a value as an f-string or `str()` would show it. */
export function asText(value: Value, carried: TaintSet = value.taint): Value {
  const taint = carried.length === 0 ? carried : clearRisks(carried, TEXT_CLEARS);
  const consts = onlyConsts(value);
  const texts = consts?.map(textOf);
  if (texts !== undefined && !texts.includes(null)) {
    return addTaint(texts.map((text) => str(text as string)).reduce(joinValues, BOTTOM), taint);
  }
  return {
    ...unknown(taint, "builtins.str"),
    prefix: value.type === "builtins.str" ? value.prefix : "",
    lead: carried === value.taint ? value.lead : null,
  };
}

/** What ends the host part of a URL that began with text we do not know; `://` does not. */
const ENDS_HOST = /[/?#]/;

/** The taint in the host part of `a + b`, or null where more text may still belong to it. */
function concatLead(a: Value, b: Value): TaintSet | null {
  const known = leadOf(a);
  if (known !== null) return known;
  const texts = onlyConsts(b);
  if (texts === null) return b.lead === null ? null : joinTaint(a.taint, b.lead);
  // Two constants, or a constant beginning: `prefix` says it all.
  if (onlyConsts(a) !== null) return null;
  const ends = texts.every((c) =>
    ENDS_HOST.test((textOf(c) ?? "").replaceAll("://", "").replace(/^\/\//, "")),
  );
  return ends ? a.taint : null;
}

/** `a + b` for text. Both sides are taken as text. */
export function concat(a: Value, b: Value): Value {
  const folded = eachPair(a, b, (x, y) => {
    const text = (textOf(x) ?? "") + (textOf(y) ?? "");
    return text.length > MAX_TEXT ? null : str(text);
  });
  if (folded !== null) return folded;
  const whole = onlyConst(a);
  const head = whole === null ? a.prefix : (textOf(whole) ?? "");
  const prefix = whole === null ? head : head + b.prefix;
  const taint = joinTaint(a.taint, b.taint);
  const isPlain = head !== "" && !/^[=+\-@\t\r]/.test(head);
  return {
    ...unknown(isPlain ? clearRisks(taint, AFTER_TEXT_CLEARS) : taint, "builtins.str"),
    prefix,
    lead: concatLead(a, b),
  };
}

function isText(value: Value): boolean {
  const consts = onlyConsts(value);
  if (consts !== null) return consts.every((c) => c.type === "str" || c.type === "bytes");
  return value.type === "builtins.str" || value.prefix !== "";
}

function numberOf(scalar: Scalar): number | null {
  if (scalar.type === "int" || scalar.type === "float") return scalar.value;
  return scalar.type === "bool" ? Number(scalar.value) : null;
}

function floorDivide(x: number, y: number): number {
  return Math.floor(x / y);
}

function arithmetic(op: Operator, a: Scalar, b: Scalar): Value | null {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x === null || y === null) return null;
  const result = compute(op, x, y);
  if (result === null || !Number.isSafeInteger(Math.trunc(result))) return null;
  const isFloat = a.type === "float" || b.type === "float" || op === "Div" || !Number.isInteger(result);
  return ofConst({ type: isFloat ? "float" : "int", value: result });
}

function compute(op: Operator, x: number, y: number): number | null {
  switch (op) {
    case "Add":
      return x + y;
    case "Sub":
      return x - y;
    case "Mult":
      return x * y;
    case "Div":
      return y === 0 ? null : x / y;
    case "FloorDiv":
      return y === 0 ? null : floorDivide(x, y);
    case "Mod":
      return y === 0 ? null : x - y * floorDivide(x, y);
    case "Pow":
      return y < 0 || y > 64 ? null : x ** y;
    case "BitAnd":
    case "BitOr":
    case "BitXor":
    case "LShift":
    case "RShift":
      return bitwise(op, x, y);
    default:
      return null;
  }
}

function bitwise(op: Operator, x: number, y: number): number | null {
  const small = (n: number): boolean => Number.isInteger(n) && n >= 0 && n < 2 ** 30;
  if (!small(x) || !small(y)) return null;
  switch (op) {
    case "BitAnd":
      return x & y;
    case "BitOr":
      return x | y;
    case "BitXor":
      return x ^ y;
    case "LShift":
      return y < 31 ? x * 2 ** y : null;
    default:
      return x >> Math.min(y, 31);
  }
}

function repeat(a: Scalar, b: Scalar): Value | null {
  const [text, count] = a.type === "str" ? [a, numberOf(b)] : [b, numberOf(a)];
  if (text.type !== "str" || count === null) return null;
  const times = Math.max(0, count);
  return text.value.length * times > MAX_TEXT ? null : str(text.value.repeat(times));
}

/** `a <op> b` for scalars; `%` on text is formatting and handled by the caller. */
export function binary(op: Operator, a: Value, b: Value): Value {
  if (op === "Add" && (isText(a) || isText(b))) return concatSame(a, b);
  const folded = eachPair(a, b, (x, y) => (op === "Mult" ? repeat(x, y) : null) ?? arithmetic(op, x, y));
  if (folded !== null) return folded;
  // Nothing but a path is divided by a text.
  const isPath = op === "Div" && (a.type?.startsWith("pathlib.") === true || (a.type === null && isText(b)));
  const type = isPath ? (a.type ?? "pathlib.Path") : null;
  return unknown(joinTaint(a.taint, b.taint), type);
}

function concatSame(a: Value, b: Value): Value {
  const bytes = eachPair(a, b, (x, y) =>
    x.type === "bytes" && y.type === "bytes" ? ofConst({ type: "bytes", value: x.value + y.value }) : null,
  );
  return bytes ?? concat(a, b);
}

/** `x <op> y` for constants: true, false, or null where it is not known. */
export function compareScalars(op: string, x: Scalar, y: Scalar): boolean | null {
  if (op === "Eq" || op === "Is") return pyEqual(x, y);
  if (op === "NotEq" || op === "IsNot") return !pyEqual(x, y);
  if (op === "In" || op === "NotIn") {
    if (x.type !== "str" || y.type !== "str") return null;
    return y.value.includes(x.value) === (op === "In");
  }
  const a = x.type === "str" ? x.value : numberOf(x);
  const b = y.type === "str" ? y.value : numberOf(y);
  if (a === null || b === null || typeof a !== typeof b) return null;
  switch (op) {
    case "Lt":
      return a < b;
    case "LtE":
      return a <= b;
    case "Gt":
      return a > b;
    case "GtE":
      return a >= b;
    default:
      return null;
  }
}

/** `text[lower:upper:step]` for constants; step only where it is 1 or absent. */
export function sliceText(value: Value, lower: Scalar | null, upper: Scalar | null, plain: boolean): Value {
  const consts = onlyConsts(value);
  const from = lower === null || lower.type === "None" ? 0 : numberOf(lower);
  const to = upper === null || upper.type === "None" ? undefined : numberOf(upper);
  if (consts !== null && plain && from !== null && to !== null && consts.every((c) => c.type === "str")) {
    const parts = consts.map((c) =>
      str(
        Array.from(c.value as string)
          .slice(from, to)
          .join(""),
      ),
    );
    return addTaint(parts.reduce(joinValues, BOTTOM), value.taint);
  }
  const keepsStart = plain && from === 0 && to === undefined;
  return { ...unknown(value.taint, value.type), prefix: keepsStart ? value.prefix : "" };
}

/** `text[i]` for constants. */
export function charAt(value: Value, index: Scalar | null): Value {
  const consts = onlyConsts(value);
  const i = index === null ? null : numberOf(index);
  if (consts === null || i === null || !consts.every((c) => c.type === "str")) return unknown(value.taint);
  const chars = consts.map((c) => {
    const char = Array.from(c.value as string).at(i);
    return char === undefined ? BOTTOM : str(char);
  });
  return addTaint(chars.reduce(joinValues, BOTTOM), value.taint);
}

type Fold = (text: string, args: readonly string[]) => Value | null;

const FOLDS: Readonly<Record<string, Fold>> = {
  lower: (text) => str(text.toLowerCase()),
  upper: (text) => str(text.toUpperCase()),
  casefold: (text) => str(text.toLowerCase()),
  strip: (text, [chars]) => (chars === undefined ? str(text.trim()) : null),
  lstrip: (text, [chars]) => (chars === undefined ? str(text.trimStart()) : null),
  rstrip: (text, [chars]) => (chars === undefined ? str(text.trimEnd()) : null),
  replace: (text, [from, to, count]) =>
    from !== undefined && to !== undefined && count === undefined && from !== ""
      ? str(text.split(from).join(to))
      : null,
  startswith: (text, [start]) => (start === undefined ? null : bool(text.startsWith(start))),
  endswith: (text, [end]) => (end === undefined ? null : bool(text.endsWith(end))),
  find: (text, [part]) => (part === undefined ? null : int(text.indexOf(part))),
  count: (text, [part]) => (part ? int(text.split(part).length - 1) : null),
  isdigit: (text) => bool(/^\d+$/.test(text)),
  removeprefix: (text, [start]) =>
    start === undefined ? null : str(text.startsWith(start) ? text.slice(start.length) : text),
  removesuffix: (text, [end]) =>
    end === undefined ? null : str(end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text),
};

const ANSWERS_BOOL = /^(is[a-z]+|startswith|endswith)$/;
const ANSWERS_INT = /^(find|rfind|index|rindex|count)$/;

/** What a line break does harm to. */
export const LINE_CLEARS = riskSet("log", "header", "mail");

/** `text.replace("\n", …)`: nothing starts a line of its own. */
function removesLines(name: string, args: readonly (Scalar | null)[]): boolean {
  const [from, to] = args;
  return (
    name === "replace" && from?.value === "\n" && typeof to?.value === "string" && !to.value.includes("\n")
  );
}

/** The result of a text method that is not about containers (`split`, `join`, `format` are the caller's). */
export function textMethod(name: string, text: Value, args: readonly Value[]): Value {
  const fold = FOLDS[name];
  const strings = args.map((arg) => onlyConst(arg));
  const consts = onlyConsts(text);
  if (fold !== undefined && consts !== null && strings.every((s) => s !== null && s.type === "str")) {
    const results = consts.map((c) =>
      c.type === "str"
        ? fold(
            c.value,
            strings.map((s) => s?.value as string),
          )
        : null,
    );
    if (!results.includes(null)) return addTaint((results as Value[]).reduce(joinValues, BOTTOM), text.taint);
  }
  if (ANSWERS_BOOL.test(name)) return { ...UNKNOWN, type: "builtins.bool" };
  if (ANSWERS_INT.test(name)) return { ...UNKNOWN, type: "builtins.int" };
  const all = args.reduce((set, arg) => joinTaint(set, arg.taint), text.taint);
  const taint = removesLines(name, strings) ? clearRisks(all, LINE_CLEARS) : all;
  const keepsStart = name === "rstrip" || name === "ljust";
  return { ...unknown(taint, "builtins.str"), prefix: keepsStart ? text.prefix : "" };
}
