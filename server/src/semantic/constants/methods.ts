/** Methods of texts and functions of builtins on constants. */

import { formatTemplate } from "./format.ts";
import { pythonRepr, pythonStr } from "./repr.ts";
import { bool, type Const, codePoints, int, integer, sequence, str, text, truth } from "./value.ts";

/** What Python's `str.strip` and `str.split` take for white space, written as a character class. */
const SPACE =
  "\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BYTE_SPACE = "\\t\\n\\v\\f\\r ";

interface Receiver {
  readonly type: "str" | "bytes";
  readonly value: string;
}

type Method = (receiver: Receiver, args: readonly Const[]) => Const | undefined;

const METHODS: Readonly<Record<string, Method>> = {
  strip: (on, args) => strip(on, args, true, true),
  lstrip: (on, args) => strip(on, args, true, false),
  rstrip: (on, args) => strip(on, args, false, true),
  lower: (on, args) =>
    args.length === 0 && isAscii(on.value) ? text(on.type, on.value.toLowerCase()) : undefined,
  upper: (on, args) =>
    args.length === 0 && isAscii(on.value) ? text(on.type, on.value.toUpperCase()) : undefined,
  replace,
  join,
  startswith: (on, args) => affix(on, args, (value, part) => value.startsWith(part)),
  endswith: (on, args) => affix(on, args, (value, part) => value.endsWith(part)),
  removeprefix: (on, args) =>
    remove(on, args, (value, part) => (value.startsWith(part) ? value.slice(part.length) : value)),
  removesuffix: (on, args) =>
    remove(on, args, (value, part) =>
      part !== "" && value.endsWith(part) ? value.slice(0, -part.length) : value,
    ),
  split,
  encode,
  decode,
};

/** The value of a method call on a text; undefined for methods and arguments that we leave out. */
export function callMethod(
  receiver: Receiver,
  name: string,
  args: readonly Const[],
  keywords: ReadonlyMap<string, Const>,
): Const | undefined {
  if (name === "format" && receiver.type === "str") {
    const formatted = formatTemplate(receiver.value, args, keywords);
    return formatted === undefined ? undefined : str(formatted);
  }
  if (keywords.size > 0 || !Object.hasOwn(METHODS, name)) return undefined;
  return METHODS[name]?.(receiver, args);
}

function isAscii(value: string): boolean {
  return !/[^\0-\x7f]/.test(value);
}

/** The text of an argument that has to be of the receiver's type. */
function partOf(on: Receiver, value: Const | undefined): string | undefined {
  return value?.type === on.type ? value.value : undefined;
}

function strip(on: Receiver, args: readonly Const[], start: boolean, end: boolean): Const | undefined {
  const [chars] = args;
  if (args.length > 1) return undefined;
  let set = on.type === "str" ? SPACE : BYTE_SPACE;
  if (chars !== undefined && chars.type !== "None") {
    const given = partOf(on, chars);
    if (given === undefined) return undefined;
    if (given === "") return text(on.type, on.value);
    set = given.replace(/[\\\]^-]/g, "\\$&");
  }
  let value = on.value;
  if (start) value = value.replace(new RegExp(`^[${set}]+`, "u"), "");
  if (end) value = trimEnd(value, new RegExp(`[${set}]`, "u"));
  return text(on.type, value);
}

/** A loop, because a pattern that is anchored at its end is tried at every place. */
function trimEnd(value: string, char: RegExp): string {
  const chars = codePoints(value);
  let end = chars.length;
  while (end > 0 && char.test(chars[end - 1] as string)) end--;
  return chars.slice(0, end).join("");
}

function replace(on: Receiver, args: readonly Const[]): Const | undefined {
  const [before, after] = [partOf(on, args[0]), partOf(on, args[1])];
  const limit = args[2] === undefined ? -1 : integer(args[2]);
  // An empty text is found between all characters: left out.
  if (before === undefined || before === "" || after === undefined || args.length > 3) return undefined;
  if (typeof limit !== "number") return undefined;
  if (after.length * on.value.length > 1_000_000) return undefined;
  const parts = on.value.split(before);
  if (limit < 0 || parts.length - 1 <= limit) return text(on.type, parts.join(after));
  return text(on.type, parts.slice(0, limit + 1).join(after) + before + parts.slice(limit + 1).join(before));
}

function join(on: Receiver, args: readonly Const[]): Const | undefined {
  const [items] = args;
  if (args.length !== 1 || items === undefined) return undefined;
  if (items.type === "str" && on.type === "str") return str(codePoints(items.value).join(on.value));
  if (items.type !== "tuple" && items.type !== "list") return undefined;
  const parts: string[] = [];
  for (const item of items.value) {
    const part = partOf(on, item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return text(on.type, parts.join(on.value));
}

function affix(
  on: Receiver,
  args: readonly Const[],
  test: (value: string, part: string) => boolean,
): Const | undefined {
  const [only] = args;
  if (args.length !== 1 || only === undefined) return undefined;
  const options = only.type === "tuple" ? only.value : [only];
  const parts = options.map((option) => partOf(on, option));
  if (parts.some((part) => part === undefined)) return undefined;
  return bool(parts.some((part) => part !== undefined && test(on.value, part)));
}

function remove(
  on: Receiver,
  args: readonly Const[],
  apply: (value: string, part: string) => string,
): Const | undefined {
  const part = partOf(on, args[0]);
  return args.length !== 1 || part === undefined ? undefined : text(on.type, apply(on.value, part));
}

function split(on: Receiver, args: readonly Const[]): Const | undefined {
  if (args.length > 1) return undefined;
  const [separator] = args;
  let parts: string[];
  if (separator === undefined || separator.type === "None") {
    const space = on.type === "str" ? SPACE : BYTE_SPACE;
    parts = on.value.split(new RegExp(`[${space}]+`, "u")).filter((part) => part !== "");
  } else {
    const given = partOf(on, separator);
    if (given === undefined || given === "") return undefined;
    parts = on.value.split(given);
  }
  return sequence(
    "list",
    parts.map((value): Const => ({ type: on.type, value })),
  );
}

/** What UTF-8 cannot encode. */
const LONE_SURROGATE = /\p{Cs}/u;

/** The name of an encoding that we know, by any of its usual spellings. */
function encodingOf(args: readonly Const[]): "utf-8" | "ascii" | "latin-1" | undefined {
  const [name] = args;
  if (args.length > 1) return undefined;
  if (name === undefined) return "utf-8";
  if (name.type !== "str") return undefined;
  const spelled = name.value.toLowerCase().replace(/_/g, "-");
  if (spelled === "utf-8" || spelled === "utf8") return "utf-8";
  if (spelled === "ascii" || spelled === "us-ascii") return "ascii";
  return spelled === "latin-1" || spelled === "latin1" || spelled === "iso-8859-1" ? "latin-1" : undefined;
}

function encode(on: Receiver, args: readonly Const[]): Const | undefined {
  const encoding = encodingOf(args);
  if (on.type !== "str" || encoding === undefined) return undefined;
  if (encoding === "utf-8") {
    if (LONE_SURROGATE.test(on.value)) return undefined;
    return text("bytes", String.fromCharCode(...chunked(new TextEncoder().encode(on.value))));
  }
  const highest = encoding === "ascii" ? /[^\0-\x7f]/ : /[^\0-\xff]/;
  return highest.test(on.value) ? undefined : text("bytes", on.value);
}

/** At most as many bytes as may be passed as arguments; longer texts are no constants anyway. */
function chunked(encoded: Uint8Array): Uint8Array {
  return encoded.subarray(0, 100_000);
}

function decode(on: Receiver, args: readonly Const[]): Const | undefined {
  const encoding = encodingOf(args);
  if (on.type !== "bytes" || encoding === undefined) return undefined;
  if (encoding === "latin-1") return str(on.value);
  if (isAscii(on.value)) return str(on.value);
  if (encoding === "ascii") return undefined;
  try {
    const raw = Uint8Array.from(on.value, (char) => char.charCodeAt(0));
    return str(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw));
  } catch {
    return undefined;
  }
}

type Builtin = (args: readonly Const[]) => Const | undefined;

const BUILTINS: Readonly<Record<string, Builtin>> = {
  len: ([only]) => (only === undefined ? undefined : length(only)),
  str: ([only]) =>
    only === undefined ? str("") : only.type === "bytes" ? undefined : textOrUndefined(pythonStr(only)),
  repr: ([only]) => (only === undefined ? undefined : textOrUndefined(pythonRepr(only))),
  bool: ([only]) => bool(only !== undefined && truth(only)),
  int: ([only]) => (only === undefined ? int(0) : toInteger(only)),
  chr: ([only]) => (only === undefined ? undefined : character(integer(only))),
  ord: ([only]) => (only === undefined ? undefined : ordinal(only)),
  tuple: ([only]) => (only === undefined ? sequence("tuple", []) : collected("tuple", only)),
  list: ([only]) => (only === undefined ? sequence("list", []) : collected("list", only)),
  frozenset: ([only]) => (only === undefined ? sequence("set", []) : collected("set", only)),
  set: ([only]) => (only === undefined ? sequence("set", []) : collected("set", only)),
};

/** The value of a call of a builtin with at most one argument. */
export function callBuiltin(name: string, args: readonly Const[]): Const | undefined {
  return args.length > 1 || !Object.hasOwn(BUILTINS, name) ? undefined : BUILTINS[name]?.(args);
}

function textOrUndefined(value: string | undefined): Const | undefined {
  return value === undefined ? undefined : str(value);
}

export function length(value: Const): Const | undefined {
  switch (value.type) {
    case "str":
      return int(codePoints(value.value).length);
    case "bytes":
    case "tuple":
    case "list":
    case "set":
    case "dict":
      return int(value.value.length);
    default:
      return undefined;
  }
}

function toInteger(value: Const): Const | undefined {
  const whole = integer(value);
  if (whole !== undefined) return int(whole);
  if (value.type !== "str") return undefined;
  const trimmed = value.value.trim();
  return /^[+-]?\d{1,300}$/.test(trimmed) ? int(BigInt(trimmed.replace(/^\+/, ""))) : undefined;
}

function character(code: number | bigint | undefined): Const | undefined {
  if (typeof code !== "number" || code < 0 || code > 0x10ffff) return undefined;
  return str(String.fromCodePoint(code));
}

function ordinal(value: Const): Const | undefined {
  if (value.type !== "str" && value.type !== "bytes") return undefined;
  const chars = codePoints(value.value);
  return chars.length === 1 ? int(chars[0]?.codePointAt(0) ?? 0) : undefined;
}

function collected(type: "tuple" | "list" | "set", value: Const): Const | undefined {
  if (value.type === "str") {
    return sequence(
      type,
      codePoints(value.value).map((char): Const => ({ type: "str", value: char })),
    );
  }
  // The order of a set is not known.
  if (value.type === "tuple" || value.type === "list" || (value.type === "set" && type === "set")) {
    return sequence(type, value.value);
  }
  return undefined;
}
