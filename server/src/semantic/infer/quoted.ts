/** Reads the annotations that stand in strings: `"list[Order] | None"` becomes the expression it spells. */

import type { Constant, Expr, Node } from "../../syntax/ast.ts";

const TOKEN = /\s*([\p{L}_][\p{L}\p{N}_]*|\.\.\.|"[^"]*"|'[^']*'|-?\d+|[.,[\]|()])/uy;
const MAX_LENGTH = 1000;
const MAX_DEPTH = 30;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly holder: Node;
}

/**
 * The expression in the string of an annotation, or null where it is none that we read: names, attributes,
 * subscripts, `|`, lists and constants. Its nodes hang below the string, so names are looked up from there.
 */
export function parseQuoted(constant: Constant): Expr | null {
  const text = String(constant.value);
  const tokens = text.length > MAX_LENGTH ? null : tokenize(text);
  if (tokens === null) return null;
  const reader: Reader = { tokens, at: 0, holder: constant };
  const expr = readUnion(reader, 0);
  return reader.at === tokens.length ? expr : null;
}

function tokenize(text: string): string[] | null {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(trimmed);
    if (match?.[1] === undefined) return null;
    tokens.push(match[1]);
  }
  return tokens;
}

function place(reader: Reader) {
  return { start: reader.holder.start, end: reader.holder.end, parent: reader.holder };
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at++;
  return true;
}

function readUnion(reader: Reader, depth: number): Expr | null {
  let left = readPrimary(reader, depth);
  while (left !== null && take(reader, "|")) {
    const right = readPrimary(reader, depth);
    left = right === null ? null : { kind: "BinOp", op: "BitOr", left, right, ...place(reader) };
  }
  return left;
}

function readPrimary(reader: Reader, depth: number): Expr | null {
  let expr = depth > MAX_DEPTH ? null : readAtom(reader, depth);
  for (;;) {
    if (expr === null) return null;
    if (take(reader, ".")) {
      const attr = reader.tokens[reader.at++] ?? "";
      expr = { kind: "Attribute", value: expr, attr, ctx: "Load", ...place(reader) };
    } else if (take(reader, "[")) {
      const elts = readList(reader, "]", depth + 1);
      const [only] = elts ?? [];
      if (elts === null || only === undefined) return null;
      const slice: Expr = elts.length === 1 ? only : { kind: "Tuple", elts, ctx: "Load", ...place(reader) };
      expr = { kind: "Subscript", value: expr, slice, ctx: "Load", ...place(reader) };
    } else return expr;
  }
}

function readList(reader: Reader, close: string, depth: number): Expr[] | null {
  const elts: Expr[] = [];
  while (!take(reader, close)) {
    if (elts.length > 0 && !take(reader, ",")) return null;
    if (take(reader, close)) break;
    const element = readUnion(reader, depth);
    if (element === null) return null;
    elts.push(element);
  }
  return elts;
}

function readAtom(reader: Reader, depth: number): Expr | null {
  const token = reader.tokens[reader.at];
  if (token === undefined) return null;
  reader.at++;
  if (token === "[") {
    const elts = readList(reader, "]", depth + 1);
    return elts === null ? null : { kind: "List", elts, ctx: "Load", ...place(reader) };
  }
  if (token === "(") {
    const inner = readUnion(reader, depth + 1);
    return take(reader, ")") ? inner : null;
  }
  if (token === "None") return { kind: "Constant", type: "None", value: null, ...place(reader) };
  if (token === "...") return { kind: "Constant", type: "Ellipsis", value: null, ...place(reader) };
  if (/^["']/.test(token)) {
    return { kind: "Constant", type: "str", value: token.slice(1, -1), ...place(reader) };
  }
  if (/^-?\d/.test(token)) return { kind: "Constant", type: "int", value: Number(token), ...place(reader) };
  return /^[\p{L}_]/u.test(token) ? { kind: "Name", id: token, ctx: "Load", ...place(reader) } : null;
}
