/** Values of number and string literals, as Python computes them. */

import type { ConstantType } from "../ast.ts";

export interface LiteralValue {
  readonly type: ConstantType;
  readonly value: number | bigint;
}

/** Python itself refuses decimal literals with more digits. */
const MAX_DECIMAL_DIGITS = 4300;

/** The value of a number literal, or null for one that Python 3 does not have (`10L`, `0777`, `1__0`). */
export function parseNumber(text: string): LiteralValue | null {
  const last = text.charCodeAt(text.length - 1) | 0x20;
  if (/__|_$|_[.eEjJ]|[.eE+-]_/.test(text)) return null;
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  if (/^0[xXoObB]/.test(digits)) return last === 0x6c ? null : integer(digits);
  if (last === 0x6c) return null;
  if (last === 0x6a) return { type: "complex", value: Number(digits.slice(0, -1)) };
  if (/[.eE]/.test(digits)) return { type: "float", value: Number(digits) };
  if (digits.length > 1 && digits.startsWith("0") && !/^0+$/.test(digits)) return null;
  return digits.length > MAX_DECIMAL_DIGITS ? null : integer(digits);
}

function integer(digits: string): LiteralValue | null {
  const near = Number(digits);
  if (Number.isSafeInteger(near)) return { type: "int", value: near };
  try {
    return { type: "int", value: BigInt(digits) };
  } catch {
    return null;
  }
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\n", ""],
]);

const STRING_ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([\\'"abfnrtv\n]))/g;
const BYTES_ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|([\\'"abfnrtv\n]))/g;

/** Line ends as Python's reader leaves them: `\n` only. */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * The text that a `str` literal's content stands for.
 *
 * `\N{...}` becomes U+FFFD: the table of names would be larger than the rest of the product, and a value that
 * is plainly not the real one cannot be mistaken for it.
 */
export function unescapeString(raw: string): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(STRING_ESCAPE, (all, octal, hex, short, long, name, simple) => {
    if (simple !== undefined) return SIMPLE_ESCAPES.get(simple) ?? all;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (name !== undefined) return "\ufffd";
    const code = Number.parseInt(hex ?? short ?? long, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** The bytes that a `bytes` literal's content stands for, one character (0-255) each; null where it is not ASCII. */
export function unescapeBytes(raw: string): string | null {
  for (let at = 0; at < raw.length; at++) if (raw.charCodeAt(at) > 127) return null;
  if (!raw.includes("\\")) return raw;
  return raw.replace(BYTES_ESCAPE, (all, octal, hex, simple) => {
    if (simple !== undefined) return SIMPLE_ESCAPES.get(simple) ?? all;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
}

/** What stands before and around the content of a string literal. */
export interface StringShape {
  readonly raw: boolean;
  readonly kind: "str" | "bytes" | "f" | "t";
  /** Length of prefix and opening quotes. */
  readonly open: number;
  /** Length of the closing quotes, 0 where they are missing. */
  readonly close: number;
}

/** Reads the prefix and the quotes of a string literal; null for a prefix that Python 3 does not have. */
export function stringShape(literal: string): StringShape | null {
  let at = 0;
  while (at < literal.length && literal[at] !== '"' && literal[at] !== "'") at++;
  const prefix = literal.slice(0, at).toLowerCase();
  const quote = literal[at] ?? "";
  const triple = literal.startsWith(quote.repeat(3), at);
  const quotes = triple ? quote.repeat(3) : quote;
  const open = at + quotes.length;
  const closed = quotes !== "" && literal.length >= open + quotes.length && literal.endsWith(quotes);
  const shape = PREFIXES.get(prefix);
  return shape === undefined ? null : { ...shape, open, close: closed ? quotes.length : 0 };
}

const PREFIXES: ReadonlyMap<string, { readonly raw: boolean; readonly kind: StringShape["kind"] }> = new Map([
  ["", { raw: false, kind: "str" }],
  ["u", { raw: false, kind: "str" }],
  ["r", { raw: true, kind: "str" }],
  ["b", { raw: false, kind: "bytes" }],
  ["br", { raw: true, kind: "bytes" }],
  ["rb", { raw: true, kind: "bytes" }],
  ["f", { raw: false, kind: "f" }],
  ["fr", { raw: true, kind: "f" }],
  ["rf", { raw: true, kind: "f" }],
  ["t", { raw: false, kind: "t" }],
  ["tr", { raw: true, kind: "t" }],
  ["rt", { raw: true, kind: "t" }],
]);
