/** Python's `str()` and `repr()` of constants. */

import type { Const } from "./value.ts";

/** `str(value)`; undefined where the text is not certain. */
export function pythonStr(value: Const): string | undefined {
  return value.type === "str" ? value.value : pythonRepr(value);
}

/** `repr(value)`; undefined where the text is not certain: sets have no fixed order. */
export function pythonRepr(value: Const): string | undefined {
  switch (value.type) {
    case "None":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return String(value.value);
    case "float":
      return floatRepr(value.value);
    case "str":
      return quote(value.value, escapeText);
    case "bytes":
      return `b${quote(value.value, escapeByte)}`;
    case "list":
    case "tuple":
      return sequenceRepr(value.type, value.value);
    default:
      return undefined;
  }
}

function sequenceRepr(type: "list" | "tuple", items: readonly Const[]): string | undefined {
  const parts: string[] = [];
  for (const item of items) {
    const part = pythonRepr(item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  if (type === "list") return `[${parts.join(", ")}]`;
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
}

/** The shortest text that reads back as the same number, in Python's notation. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa = "", exponentText = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

function quote(text: string, escapeChar: (char: string) => string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let quoted = "";
  for (const char of text) quoted += char === mark ? `\\${char}` : escapeChar(char);
  return mark + quoted + mark;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeText(char: string): string {
  const short = SHORT_ESCAPES.get(char);
  if (short !== undefined) return short;
  return char !== " " && /[\p{C}\p{Z}]/u.test(char) ? escapeCode(char) : char;
}

function escapeByte(char: string): string {
  const short = SHORT_ESCAPES.get(char);
  if (short !== undefined) return short;
  return char < " " || char > "~" ? escapeCode(char) : char;
}

function escapeCode(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** `ascii(value)`. */
export function pythonAscii(value: Const): string | undefined {
  const text = pythonRepr(value);
  return text?.replace(/[^\0-\x7f]/gu, escapeCode);
}
