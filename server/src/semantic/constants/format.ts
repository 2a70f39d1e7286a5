/** Format specifications, `%` and `str.format` on constants. */

import { pythonAscii, pythonRepr, pythonStr } from "./repr.ts";
import { type Const, codePoints, equal, integer, MAX_TEXT } from "./value.ts";

const SPEC = /^(?:(.)?([<>=^]))?([+\- ]?)(#?)(0?)(\d{0,5})([,_]?)(?:\.(\d{1,5}))?([bcdosxX]?)$/su;

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

/** `format(value, spec)`; undefined for what Python rejects and for what we leave out, such as `.2f`. */
export function formatValue(value: Const, spec: string): string | undefined {
  if (spec === "") return pythonStr(value);
  const parsed = parseSpec(spec);
  if (parsed === undefined) return undefined;
  if (value.type === "str") return formatText(value.value, parsed);
  const number = integer(value);
  return number === undefined ? undefined : formatInteger(BigInt(number), parsed);
}

function parseSpec(spec: string): Spec | undefined {
  const match = SPEC.exec(spec);
  if (match === null) return undefined;
  const [, fill = "", align = "", sign = "", alternate, zero, width, grouping = "", precision, type = ""] =
    match;
  return {
    fill,
    align,
    sign,
    alternate: alternate === "#",
    zero: zero === "0",
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? null : Number(precision),
    type,
  };
}

function formatText(value: string, spec: Spec): string | undefined {
  const { sign, alternate, zero, grouping, align, type, precision } = spec;
  if (sign !== "" || alternate || zero || grouping !== "" || align === "=" || (type !== "" && type !== "s")) {
    return undefined;
  }
  const text = precision === null ? value : codePoints(value).slice(0, precision).join("");
  return pad(text, "", spec, "<");
}

const BASES: Readonly<Record<string, readonly [number, string]>> = {
  b: [2, "0b"],
  o: [8, "0o"],
  x: [16, "0x"],
  X: [16, "0X"],
};

function formatInteger(value: bigint, spec: Spec): string | undefined {
  const { type, precision, grouping, alternate, sign } = spec;
  if (precision !== null || type === "s" || type === "c") return undefined;
  const [base, prefix] = BASES[type] ?? [10, ""];
  if (grouping === "," && base !== 10) return undefined;
  const magnitude = value < 0n ? -value : value;
  let digits = magnitude.toString(base);
  if (type === "X") digits = digits.toUpperCase();
  if (grouping !== "") {
    // Zeros that pad a grouped number are grouped as well: left out.
    if (spec.zero || spec.align === "=") return undefined;
    digits = group(digits, grouping, base === 10 ? 3 : 4);
  }
  const lead = (value < 0n ? "-" : sign === "-" ? "" : sign) + (alternate ? prefix : "");
  return pad(digits, lead, spec, ">");
}

function group(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size)
    groups.unshift(digits.slice(Math.max(0, end - size), end));
  return groups.join(separator);
}

function pad(text: string, lead: string, spec: Spec, ownAlign: string): string | undefined {
  const missing = spec.width - codePoints(lead + text).length;
  if (spec.width > MAX_TEXT) return undefined;
  if (missing <= 0) return lead + text;
  const align = spec.align || (spec.zero ? "=" : ownAlign);
  const fill = spec.fill || (spec.zero ? "0" : " ");
  switch (align) {
    case "<":
      return lead + text + fill.repeat(missing);
    case ">":
      return fill.repeat(missing) + lead + text;
    case "=":
      return lead + fill.repeat(missing) + text;
    default: {
      const before = Math.floor(missing / 2);
      return fill.repeat(before) + lead + text + fill.repeat(missing - before);
    }
  }
}

/** Applies `!r`, `!s` or `!a`; `code` is the character's code, -1 for none. */
export function convert(value: Const, code: number): Const | undefined {
  if (code === -1) return value;
  const text = code === 114 ? pythonRepr(value) : code === 97 ? pythonAscii(value) : pythonStr(value);
  return text === undefined ? undefined : { type: "str", value: text };
}

/** `template.format(*args, **keywords)`. */
export function formatTemplate(
  template: string,
  args: readonly Const[],
  keywords: ReadonlyMap<string, Const>,
): string | undefined {
  return fillTemplate(template, { args, keywords, next: 0, numbered: false }, 2);
}

interface TemplateArguments {
  readonly args: readonly Const[];
  readonly keywords: ReadonlyMap<string, Const>;
  /** The argument of the next `{}`. */
  next: number;
  /** True once a field was numbered: then `{}` is an error. */
  numbered: boolean;
}

function fillTemplate(template: string, given: TemplateArguments, depth: number): string | undefined {
  let filled = "";
  for (let at = 0; at < template.length; ) {
    const char = template[at] as string;
    if ((char === "{" || char === "}") && template[at + 1] === char) {
      filled += char;
      at += 2;
    } else if (char === "}") return undefined;
    else if (char !== "{") {
      filled += char;
      at++;
    } else {
      const end = fieldEnd(template, at + 1);
      const field = end < 0 || depth === 0 ? undefined : fillField(template.slice(at + 1, end), given, depth);
      if (field === undefined) return undefined;
      filled += field;
      at = end + 1;
    }
    if (filled.length > MAX_TEXT) return undefined;
  }
  return filled;
}

function fieldEnd(template: string, start: number): number {
  let open = 1;
  for (let at = start; at < template.length; at++) {
    if (template[at] === "{") open++;
    else if (template[at] === "}" && --open === 0) return at;
  }
  return -1;
}

function fillField(field: string, given: TemplateArguments, depth: number): string | undefined {
  const match = /^([^!:.[\]{}]*)(?:!([rsa]))?(?::(.*))?$/s.exec(field);
  if (match === null) return undefined;
  const [, name = "", conversion, spec = ""] = match;
  const value = argumentOfField(name, given);
  const converted = value && convert(value, conversion === undefined ? -1 : conversion.charCodeAt(0));
  const filledSpec = spec.includes("{") ? fillTemplate(spec, given, depth - 1) : spec;
  if (converted === undefined || filledSpec === undefined || filledSpec.includes("}")) return undefined;
  return formatValue(converted, filledSpec);
}

function argumentOfField(name: string, given: TemplateArguments): Const | undefined {
  if (name === "") return given.numbered ? undefined : given.args[given.next++];
  if (!/^\d+$/.test(name)) return given.keywords.get(name);
  if (given.next > 0) return undefined;
  given.numbered = true;
  return given.args[Number(name)];
}

const PERCENT = /%(?:\(([^()]*)\))?([#0\- +]*)(\d{0,5})(?:\.(\d{0,5}))?[hlL]?(.)/gs;

/** `template % value`. */
export function formatPercent(template: string, value: Const): string | undefined {
  const given = value.type === "tuple" ? value.value : [value];
  let used = 0;
  let failed = template.replace(PERCENT, "").includes("%");
  const filled = template.replace(PERCENT, (_all, key, flags, width, precision, type) => {
    if (type === "%") return "%";
    const item = key === undefined ? given[used++] : entryOf(value, key);
    const part = item && percentPart(item, flags, Number(width), precision, type);
    if (part === undefined) failed = true;
    return part ?? "";
  });
  const isMapping = value.type === "dict";
  if (failed || (used !== given.length && !(isMapping && used === 0))) return undefined;
  return filled.length > MAX_TEXT ? undefined : filled;
}

function entryOf(mapping: Const, key: string): Const | undefined {
  if (mapping.type !== "dict") return undefined;
  return mapping.value.findLast(([name]) => equal(name, { type: "str", value: key }) === true)?.[1];
}

function percentPart(
  value: Const,
  flags: string,
  width: number,
  precision: string | undefined,
  type: string,
): string | undefined {
  const left = flags.includes("-");
  if (type === "s" || type === "r" || type === "a") {
    const text = type === "s" ? pythonStr(value) : type === "r" ? pythonRepr(value) : pythonAscii(value);
    if (text === undefined) return undefined;
    const cut = precision === undefined ? text : codePoints(text).slice(0, Number(precision)).join("");
    const missing = " ".repeat(Math.max(0, width - codePoints(cut).length));
    return left ? cut + missing : missing + cut;
  }
  const number = integer(value);
  if (number === undefined || precision !== undefined || !/[dioxX]/.test(type)) return undefined;
  return formatInteger(BigInt(number), {
    fill: "",
    align: left ? "<" : "",
    sign: flags.includes("+") ? "+" : flags.includes(" ") ? " " : "",
    alternate: flags.includes("#"),
    zero: flags.includes("0") && !left,
    width,
    grouping: "",
    precision: null,
    type: type === "i" || type === "d" ? "d" : type,
  });
}
