/** What every part of the lowering works with: the node table, the text of the unit, and the way back to the dispatch. */

import type { Broken, BrokenExpr, Expr, ExprContext, Node, Pattern, Stmt } from "../ast.ts";
import { FIRST_TOKEN, K } from "../kinds.ts";

/** The state of one lowering; the arrays are those of the node table. */
export interface Lowering {
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  next: Int32Array;
  flags: Uint8Array;
  /** The text of the unit being lowered: names are cut from it, so that no AST keeps an old file alive. */
  source: string;
  /** The offset of that text in the file. */
  base: number;
  /** How many expressions and statements are being lowered inside each other. */
  depth: number;
  /** Rows of left operands on their way down, shared by all levels. */
  readonly spine: number[];
  /** Start and end, in the file, of what the grammar takes and Python does not. */
  readonly failures: number[];
  /** One string object for each name, so that equal names compare by identity and are stored once. */
  readonly names: Map<string, string>;
  /** Lowers an expression; set by the module that knows all handlers. */
  readonly expr: (l: Lowering, row: number, ctx: ExprContext) => Expr;
  /** Lowers a statement. */
  readonly stmt: (l: Lowering, row: number) => Stmt;
  /** Lowers a pattern of `match`. */
  readonly pattern: (l: Lowering, row: number) => Pattern;
}

export type ExprHandler = (l: Lowering, row: number, ctx: ExprContext) => Expr;
export type StmtHandler = (l: Lowering, row: number) => Stmt;

/** Source text of a row. */
export function textOf(l: Lowering, row: number): string {
  return l.source.slice((l.start[row] ?? 0) - l.base, (l.end[row] ?? 0) - l.base);
}

/** The name that a row spells, as the one string object for it. */
export function nameOf(l: Lowering, row: number): string {
  const text = textOf(l, row);
  const known = l.names.get(text);
  if (known !== undefined) return known;
  // A copy: a slice would keep the text of the unit alive for as long as the name is remembered.
  const key = ` ${text}`.slice(1);
  const name = isAscii(key) ? key : key.normalize("NFKC");
  l.names.set(key, name);
  return name;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Start of a row relative to the unit. */
export function startOf(l: Lowering, row: number): number {
  return (l.start[row] ?? 0) - l.base;
}

/** End of a row relative to the unit. */
export function endOf(l: Lowering, row: number): number {
  return (l.end[row] ?? 0) - l.base;
}

export function kindOf(l: Lowering, row: number): number {
  return l.kind[row] ?? 0;
}

/** The row after a row and all that is below it. */
export function after(l: Lowering, row: number): number {
  return l.next[row] ?? row + 1;
}

/** The next child that is neither a token nor an error, from `row` on; `last` where there is none. */
export function skipTo(l: Lowering, row: number, last: number): number {
  let at = row;
  while (at < last) {
    const kind = kindOf(l, at);
    if (kind < FIRST_TOKEN && kind !== K.ERROR) return at;
    at = after(l, at);
  }
  return last;
}

/** The children of a row that are neither tokens nor errors. */
export function parts(l: Lowering, row: number): number[] {
  const found: number[] = [];
  const last = after(l, row);
  for (let at = skipTo(l, row + 1, last); at < last; at = skipTo(l, after(l, at), last)) found.push(at);
  return found;
}

/** The first child that is neither a token nor an error, or -1. */
export function firstPart(l: Lowering, row: number): number {
  const last = after(l, row);
  const at = skipTo(l, row + 1, last);
  return at < last ? at : -1;
}

/** The first child of a kind, or -1. */
export function findChild(l: Lowering, row: number, kind: number): number {
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) if (kindOf(l, at) === kind) return at;
  return -1;
}

/** Notes that Python does not take what the grammar took. */
export function fail(l: Lowering, row: number): void {
  l.failures.push(l.start[row] ?? 0, l.end[row] ?? 0);
}

export function brokenExpr(l: Lowering, row: number): BrokenExpr {
  return { kind: "BrokenExpr", start: startOf(l, row), end: endOf(l, row), parent: null };
}

/** A BrokenExpr for what the grammar took and Python does not. */
export function failedExpr(l: Lowering, row: number): BrokenExpr {
  fail(l, row);
  return brokenExpr(l, row);
}

export function brokenStmt(l: Lowering, row: number): Broken {
  return { kind: "Broken", start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
}

/** A Broken for what the grammar took and Python does not. */
export function failedStmt(l: Lowering, row: number): Broken {
  fail(l, row);
  return brokenStmt(l, row);
}

/** Lowers a child that must be there; a BrokenExpr at the parent's end where it is not. */
export function exprAt(l: Lowering, row: number, parent: number, ctx: ExprContext = "Load"): Expr {
  if (row >= 0 && row < after(l, parent)) return l.expr(l, row, ctx);
  fail(l, parent);
  return { kind: "BrokenExpr", start: endOf(l, parent), end: endOf(l, parent), parent: null };
}

export function adopt(parent: Node, child: Node | null): void {
  if (child !== null) child.parent = parent;
}

export function adoptAll(parent: Node, children: readonly (Node | null)[]): void {
  for (const child of children) if (child !== null) child.parent = parent;
}
