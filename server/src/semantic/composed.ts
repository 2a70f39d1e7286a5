/** Text that a program puts together: f-strings, `+`, `%` and `.format`, as constant stretches and values. */

import type { BinOp, Call, Expr, FormattedValue } from "../syntax/ast.ts";
import type { SemanticModel } from "./model.ts";

/** A stretch of a composed text: known characters, or the value of an expression. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "value";
      readonly node: Expr;
      /** True where the format admits numbers only (`%d`, `{:05d}`). */
      readonly numeric: boolean;
      /** True for a plain interpolation, with neither conversion nor format specification. */
      readonly plain: boolean;
    };

/**
 * The parts of a composed text in their order; undefined for an expression that composes none. Values that are
 * constants count as text. A text without any value part is constant as a whole.
 */
export function composedText(node: Expr, model: SemanticModel): readonly TextPart[] | undefined {
  const parts = partsOf(node, model);
  if (parts === undefined || !parts.some((part) => part.kind === "text")) return undefined;
  return parts;
}

/** Number types, whose text can hold neither quotes nor spaces nor shell characters. */
const NUMBER_TYPES: ReadonlySet<string> = new Set([
  "builtins.int",
  "builtins.float",
  "builtins.bool",
  "decimal.Decimal",
  "uuid.UUID",
]);

const NUMBER_CALLS: ReadonlySet<string> = new Set([
  "builtins.int",
  "builtins.float",
  "builtins.len",
  "builtins.round",
  "builtins.bool",
  "builtins.ord",
  "uuid.UUID",
]);

/** True for an expression that certainly yields a number (or a UUID): its text needs no quoting anywhere. */
export function isNumber(node: Expr, model: SemanticModel): boolean {
  if (node.kind === "Call") {
    const callee = model.callee(node);
    if (callee !== undefined && NUMBER_CALLS.has(callee)) return true;
  }
  const type = model.typeOf(node);
  return type !== undefined && NUMBER_TYPES.has(type);
}

function partsOf(node: Expr, model: SemanticModel): TextPart[] | undefined {
  if (node.kind === "JoinedStr") return node.values.flatMap((value) => partOfJoined(value, model));
  const known = model.stringValue(node);
  if (known !== undefined) return [{ kind: "text", text: known }];
  if (node.kind === "BinOp" && node.op === "Add") return partsOfSum(node, model);
  if (node.kind === "BinOp" && node.op === "Mod") return partsOfPercent(node, model);
  if (node.kind === "Call") return partsOfFormat(node, model);
  return undefined;
}

function partOfJoined(value: Expr, model: SemanticModel): TextPart[] {
  if (value.kind === "Constant") return [{ kind: "text", text: String(value.value) }];
  if (value.kind !== "FormattedValue") return [valuePart(value)];
  const plain = value.conversion === -1 && value.format_spec === null;
  const known = plain ? plainText(value.value, model) : undefined;
  if (known !== undefined) return [{ kind: "text", text: known }];
  if (plain && value.value.kind === "JoinedStr") return partsOf(value.value, model) ?? [];
  return [{ kind: "value", node: value.value, numeric: hasNumberSpec(value), plain }];
}

function hasNumberSpec({ format_spec }: FormattedValue): boolean {
  const only: Expr | undefined = format_spec?.values.length === 1 ? format_spec.values[0] : undefined;
  return only?.kind === "Constant" && /[bcdoxXeEfFgGn%]$/.test(String(only.value));
}

/** The text that a constant has where it is formatted without a specification. */
function plainText(node: Expr, model: SemanticModel): string | undefined {
  const value = model.constant(node);
  if (value?.type === "str") return value.value;
  return value?.type === "int" ? String(value.value) : undefined;
}

function partsOfSum(node: BinOp, model: SemanticModel): TextPart[] {
  const left = partsOf(node.left, model) ?? [valuePart(node.left)];
  const right = partsOf(node.right, model) ?? [valuePart(node.right)];
  return [...left, ...right];
}

/** `%s`, `%(name)s`, `%05d`, `%%`. */
const PERCENT = /%(?:\((\w*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g;

function partsOfPercent(node: BinOp, model: SemanticModel): TextPart[] | undefined {
  const template = model.stringValue(node.left);
  if (template === undefined) return undefined;
  const { right } = node;
  const byPosition = right.kind === "Tuple" ? right.elts : [right];
  let next = 0;
  return splitTemplate(template, PERCENT, model, (match) => {
    if (match[2] === "%") return "%";
    const found = match[1] === undefined ? byPosition[next++] : dictValue(right, match[1]);
    return { node: found ?? right, numeric: /[diouxXeEfFgGc]/.test(match[2] ?? ""), plain: match[2] === "s" };
  });
}

function dictValue(node: Expr, key: string): Expr | undefined {
  if (node.kind !== "Dict") return undefined;
  const index = node.keys.findIndex((name) => name?.kind === "Constant" && name.value === key);
  return index < 0 ? undefined : node.values[index];
}

/** `{}`, `{0}`, `{name.attr!r:>5}`, `{{`, `}}`. */
const BRACES = /\{\{|\}\}|\{([^{}!:]*)(![rsa])?(:[^{}]*)?\}/g;

function partsOfFormat(node: Call, model: SemanticModel): TextPart[] | undefined {
  if (node.func.kind !== "Attribute" || node.func.attr !== "format") return undefined;
  const template = model.stringValue(node.func.value);
  if (template === undefined) return undefined;
  let next = 0;
  return splitTemplate(template, BRACES, model, (match) => {
    if (match[1] === undefined) return match[0].charAt(0);
    const field = match[1];
    const plain = /^\w*$/.test(field) && match[2] === undefined && match[3] === undefined;
    const root = /^\w*/.exec(field)?.[0] ?? "";
    const found = /^\d*$/.test(root)
      ? node.args[root === "" ? next++ : Number(root)]
      : node.keywords.find((keyword) => keyword.arg === root)?.value;
    return { node: found ?? node, numeric: /[bcdoxXeEfFgGn%]$/.test(match[3] ?? ""), plain };
  });
}

type Field = string | { readonly node: Expr; readonly numeric: boolean; readonly plain: boolean };

/** Cuts a template at its fields. A field whose value is a constant becomes text again. */
function splitTemplate(
  template: string,
  pattern: RegExp,
  model: SemanticModel,
  resolve: (match: RegExpMatchArray) => Field,
): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of template.matchAll(pattern)) {
    parts.push({ kind: "text", text: template.slice(at, match.index) });
    at = match.index + match[0].length;
    const field = resolve(match);
    const known = typeof field === "string" ? field : field.plain ? plainText(field.node, model) : undefined;
    if (known !== undefined) parts.push({ kind: "text", text: known });
    else if (typeof field !== "string") parts.push({ kind: "value", ...field });
  }
  parts.push({ kind: "text", text: template.slice(at) });
  return parts;
}

function valuePart(node: Expr): TextPart {
  return { kind: "value", node, numeric: false, plain: true };
}

/** The characters that a text certainly begins with: of a constant, an f-string, a sum. */
export function knownPrefix(node: Expr, model: SemanticModel): string {
  let prefix = "";
  for (const part of composedText(node, model) ?? []) {
    if (part.kind !== "text") break;
    prefix += part.text;
  }
  return prefix;
}
