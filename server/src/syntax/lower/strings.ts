/** Lowers string literals: implicit concatenation, and the parts of f-strings and t-strings. */

import type { Constant, Expr, FormattedValue, Interpolation, JoinedStr, TemplateStr } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  after,
  endOf,
  exprAt,
  fail,
  failedExpr,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  startOf,
  textOf,
} from "./context.ts";
import {
  normalizeLineEnds,
  type StringShape,
  stringShape,
  unescapeBytes,
  unescapeString,
} from "./literals.ts";

/** One `"..."` of a concatenation. */
interface Literal {
  readonly row: number;
  readonly shape: StringShape;
}

/** Lowers a `string` or a `concatenated_string`. */
export function lowerString(l: Lowering, row: number): Expr {
  const literals = literalsOf(l, row);
  if (literals === null) return failedExpr(l, row);
  let bytes = 0;
  let formatted = 0;
  let templates = 0;
  for (const { shape } of literals) {
    if (shape.kind === "bytes") bytes++;
    else if (shape.kind === "f") formatted++;
    else if (shape.kind === "t") templates++;
  }
  const mixed = (bytes > 0 && bytes < literals.length) || (templates > 0 && templates < literals.length);
  if (mixed) return failedExpr(l, row);
  if (bytes > 0) return joinBytes(l, row, literals);
  if (formatted + templates > 0) return joinParts(l, row, literals, templates > 0);
  let value = "";
  for (const { row: at, shape } of literals) value += decode(contentOf(l, at, shape), shape.raw);
  return constant("str", value, startOf(l, row), endOf(l, row));
}

function literalsOf(l: Lowering, row: number): Literal[] | null {
  const literals: Literal[] = [];
  const add = (at: number): boolean => {
    const shape = stringShape(textOf(l, at));
    if (shape !== null) literals.push({ row: at, shape });
    return shape !== null;
  };
  if (kindOf(l, row) === K.string) return add(row) ? literals : null;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) === K.string && !add(at)) return null;
  }
  return literals;
}

function joinBytes(l: Lowering, row: number, literals: readonly Literal[]): Expr {
  let value = "";
  for (const { row: at, shape } of literals) {
    const raw = contentOf(l, at, shape);
    const part = shape.raw && isAscii(raw) ? raw : unescapeBytes(raw);
    if (part === null) return failedExpr(l, row);
    value += part;
  }
  return constant("bytes", value, startOf(l, row), endOf(l, row));
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

function contentOf(l: Lowering, row: number, shape: StringShape): string {
  const from = startOf(l, row) + shape.open;
  return normalizeLineEnds(l.source.slice(from, endOf(l, row) - shape.close));
}

function decode(raw: string, isRaw: boolean): string {
  return isRaw ? raw : unescapeString(raw);
}

function constant(type: "str" | "bytes", value: string, start: number, end: number): Constant {
  return { kind: "Constant", start, end, parent: null, type, value };
}

/** Values of an f-string in the making: text that touches becomes one Constant. */
interface Parts {
  readonly values: Expr[];
  text: string;
  textStart: number;
  textEnd: number;
}

function addText(parts: Parts, text: string, start: number, end: number): void {
  if (text === "") return;
  if (parts.text === "") parts.textStart = start;
  parts.text += text;
  parts.textEnd = end;
}

function addValue(parts: Parts, value: Expr): void {
  closeText(parts);
  parts.values.push(value);
}

function closeText(parts: Parts): void {
  if (parts.text !== "") parts.values.push(constant("str", parts.text, parts.textStart, parts.textEnd));
  parts.text = "";
}

function joinParts(l: Lowering, row: number, literals: readonly Literal[], template: boolean): Expr {
  const parts: Parts = { values: [], text: "", textStart: 0, textEnd: 0 };
  for (const { row: at, shape } of literals) {
    const from = startOf(l, at) + shape.open;
    const to = endOf(l, at) - shape.close;
    // A plain literal counts with its quotes, the text of an f-string without.
    if (shape.kind === "str")
      addText(parts, decode(contentOf(l, at, shape), shape.raw), startOf(l, at), endOf(l, at));
    else addReplacements(l, at, from, to, shape, parts);
  }
  closeText(parts);
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const node: JoinedStr | TemplateStr = template
    ? { kind: "TemplateStr", ...place, values: parts.values }
    : { kind: "JoinedStr", ...place, values: parts.values };
  adoptAll(node, parts.values);
  return node;
}

/** Adds the text and the `{...}` between two offsets of the unit; `row` has the replacement fields as children. */
function addReplacements(
  l: Lowering,
  row: number,
  from: number,
  to: number,
  shape: StringShape,
  parts: Parts,
): void {
  const last = after(l, row);
  let at = from;
  for (let field = row + 1; field < last; field = after(l, field)) {
    const kind = kindOf(l, field);
    if (kind !== K.interpolation && kind !== K.format_expression) continue;
    addLiteralText(l, at, startOf(l, field), shape, parts);
    addField(l, field, shape, parts);
    at = endOf(l, field);
  }
  addLiteralText(l, at, to, shape, parts);
}

function addLiteralText(l: Lowering, from: number, to: number, shape: StringShape, parts: Parts): void {
  if (from >= to) return;
  const raw = normalizeLineEnds(l.source.slice(from, to)).replace(BRACES_OR_NAME, (all) =>
    all === "{{" ? "{" : all === "}}" ? "}" : all,
  );
  addText(parts, decode(raw, shape.raw), from, to);
}

/** Doubled braces, except in `\N{...}`, whose braces are its own. */
const BRACES_OR_NAME = /\\N\{[^{}]*\}|\{\{|\}\}/g;

function addField(l: Lowering, row: number, shape: StringShape, parts: Parts): void {
  const open = startOf(l, row);
  const at = firstPart(l, row);
  const debug = findChild(l, row, T["="]);
  const conversionRow = findChild(l, row, K.type_conversion);
  const specRow = findChild(l, row, K.format_specifier);
  if (debug >= 0) {
    // `{x = !r}` shows its own text, up to what follows the `=`.
    const stop = conversionRow >= 0 ? conversionRow : specRow;
    const to = stop >= 0 ? startOf(l, stop) : endOf(l, row) - 1;
    addText(parts, normalizeLineEnds(l.source.slice(open + 1, to)), open + 1, to);
  }
  let conversion = conversionRow >= 0 ? textOf(l, conversionRow).charCodeAt(1) : -1;
  if (debug >= 0 && conversionRow < 0 && specRow < 0) conversion = "r".charCodeAt(0);
  let value: Expr;
  let spec: JoinedStr | null;
  if (at >= 0 && kindOf(l, at) === K.named_expression) {
    // `{x:=5}` is `x` with the format `=5`; only parentheses make it an assignment.
    value = exprAt(l, firstPart(l, at), at);
    spec = specFromText(l, value.end, endOf(l, row) - 1, shape);
  } else {
    value = exprAt(l, at, row);
    spec = specRow >= 0 ? lowerSpec(l, specRow, shape) : null;
  }
  const place = { start: open, end: endOf(l, row), parent: null };
  const node: FormattedValue | Interpolation =
    shape.kind === "t"
      ? {
          kind: "Interpolation",
          ...place,
          value,
          str: expressionText(l, row),
          conversion,
          format_spec: spec,
        }
      : { kind: "FormattedValue", ...place, value, conversion, format_spec: spec };
  adopt(node, value);
  adopt(node, spec);
  addValue(parts, node);
}

/** The source text of a replacement field's expression, as a t-string's `Interpolation.str` has it. */
function expressionText(l: Lowering, row: number): string {
  let to = endOf(l, row) - 1;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === K.type_conversion || kind === K.format_specifier) {
      to = startOf(l, at);
      break;
    }
  }
  // Only what trails is cut off, the `=` of `{x = }` included.
  return normalizeLineEnds(l.source.slice(startOf(l, row) + 1, to)).replace(/[\s=]+$/, "");
}

function lowerSpec(l: Lowering, row: number, shape: StringShape): JoinedStr {
  const parts: Parts = { values: [], text: "", textStart: 0, textEnd: 0 };
  // A format is no place for `{{`: only its nested fields are looked for.
  // A t-string leaves its fields for later, but formats what is nested in their formats at once.
  const inside: StringShape = { ...shape, kind: "f" };
  addReplacements(l, row, startOf(l, row) + 1, endOf(l, row), inside, parts);
  closeText(parts);
  return joined(parts, startOf(l, row), endOf(l, row));
}

function specFromText(l: Lowering, from: number, to: number, shape: StringShape): JoinedStr {
  const parts: Parts = { values: [], text: "", textStart: 0, textEnd: 0 };
  const colon = l.source.indexOf(":", from);
  if (colon < 0 || colon >= to) fail(l, 0);
  else addLiteralText(l, colon + 1, to, shape, parts);
  closeText(parts);
  return joined(parts, from, to);
}

function joined(parts: Parts, start: number, end: number): JoinedStr {
  const node: JoinedStr = { kind: "JoinedStr", start, end, parent: null, values: parts.values };
  adoptAll(node, parts.values);
  return node;
}
