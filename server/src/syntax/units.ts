/** Cuts a file's node table into units, lowers the new ones and takes over those that did not change. */

import type { Module, Stmt } from "./ast.ts";
import { FIRST_TOKEN, isStatement, K } from "./kinds.ts";
import { afterSemicolon } from "./lower/block.ts";
import { buildClass, decorated } from "./lower/compound.ts";
import { after, brokenStmt, findChild, kindOf, type Lowering } from "./lower/context.ts";
import { columnOf, isSeparated, reachesLeft } from "./lower/lines.ts";
import { MAX_DEPTH } from "./lower/lower.ts";
import { type NodeTable, ROW_CLASS, ROW_ERROR, ROW_KEPT } from "./table.ts";
import type { Comment, Unit } from "./tree.ts";

/** A unit, and what it takes to recognise it in the next version of the file. */
export interface UnitRecord {
  readonly unit: Unit;
  /** Kind of its table row. */
  readonly kind: number;
  /** Start and end of each error in it, relative to it. */
  readonly errors: readonly number[];
  /** How many of the records that follow belong to units inside this one. */
  readonly inner: number;
}

/** A file cut into units. */
export interface Cut {
  readonly module: Module;
  /** In document order; a class comes before the units of its body. */
  readonly records: readonly UnitRecord[];
  /** What lies in no unit, absolute. */
  readonly loose: Extras;
}

/**
 * Units of the version before that are to be taken over, by their start in this one: for each its record, and
 * those of the units inside it.
 */
export type KeptUnits = ReadonlyMap<number, readonly UnitRecord[]>;

/**
 * Sound units of earlier versions that an error has hidden since, by their text. They come back as they were,
 * with all that is remembered about them, once the error is mended.
 */
export type HiddenUnits = ReadonlyMap<string, UnitRecord>;

/** Start and end of comments and of errors, absolute. */
export interface Extras {
  readonly comments: number[];
  readonly errors: number[];
}

interface Cutter {
  readonly l: Lowering;
  readonly table: NodeTable;
  readonly text: string;
  readonly records: UnitRecord[];
  readonly kept: KeptUnits;
  readonly hidden: HiddenUnits;
  /** Those of the hidden units that have come back. */
  readonly revived: Set<UnitRecord>;
  nextComment: number;
  nextError: number;
}

/** Lowers a table that a reader has filled. Moves the kept units to their new places. */
export function cutUnits(
  l: Lowering,
  table: NodeTable,
  text: string,
  kept: KeptUnits,
  hidden: HiddenUnits,
): Cut {
  const records: UnitRecord[] = [];
  const cutter: Cutter = {
    l,
    table,
    text,
    records,
    kept,
    hidden,
    revived: new Set(),
    nextComment: 0,
    nextError: 0,
  };
  const loose: Extras = { comments: [], errors: [] };
  const isBroken = kindOf(l, 0) === K.ERROR;
  // The first error is then the root itself. It spans the file and says nothing, unless there is no other.
  if (isBroken) cutter.nextError = 2;
  const body = cutBody(cutter, 0, loose);
  takeBefore(cutter, Number.POSITIVE_INFINITY, loose);
  if (isBroken && body.every((statement) => statement.unit?.broken !== true))
    loose.errors.push(0, text.length);
  const module: Module = { kind: "Module", start: 0, end: text.length, parent: null, body };
  for (const statement of body) statement.parent = module;
  return { module, records: cutter.records, loose };
}

/** The statements of a module or class body, each the root of a unit. */
function cutBody(cutter: Cutter, row: number, loose: Extras): Stmt[] {
  const { l, text } = cutter;
  const body: Stmt[] = [];
  const last = after(l, row);
  const column = cutter.table.errors.length > 0 ? bodyColumn(cutter, row) : ANY_COLUMN;
  let trusted = true;
  let end = -1;
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) >= FIRST_TOKEN) continue;
    const start = l.start[at] ?? 0;
    takeBefore(cutter, start, loose);
    // The grammar may add the end of a line that is not there, without a word.
    if (end >= 0 && !isSeparated(text, end, start)) loose.errors.push(end, start);
    end = kindOf(l, at) === K.ERROR ? -1 : (l.end[at] ?? 0);
    const flags = l.flags[at] ?? 0;
    const misplaced = column !== ANY_COLUMN && (!trusted || isMisplaced(text, start, column));
    if (column !== ANY_COLUMN && endsTrust(cutter, row, at, column)) trusted = false;
    if ((flags & ROW_KEPT) !== 0) body.push(takeKept(cutter, at, misplaced));
    else if (misplaced) body.push(cutBroken(cutter, at));
    else if ((flags & ROW_CLASS) !== 0) body.push(cutClass(cutter, at));
    else body.push(cutLeaf(cutter, at));
  }
  return body;
}

const ANY_COLUMN = -1;

/** The column of the statements of a body. */
function bodyColumn({ l, text }: Cutter, row: number): number {
  if (row === 0) return 0;
  let column = ANY_COLUMN;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const here = columnOf(text, l.start[at] ?? 0);
    if (here >= 0 && (column === ANY_COLUMN || here < column)) column = here;
  }
  return column;
}

/** Moves the comments and errors that begin before an offset into `into`. */
function takeBefore(cutter: Cutter, before: number, into: Extras): void {
  const { comments, errors } = cutter.table;
  cutter.nextComment = moveBefore(comments, cutter.nextComment, before, into.comments);
  cutter.nextError = moveBefore(errors, cutter.nextError, before, into.errors);
}

function moveBefore(from: readonly number[], next: number, before: number, into: number[]): number {
  let at = next;
  while (at < from.length && (from[at] ?? 0) < before) {
    into.push(from[at] ?? 0, from[at + 1] ?? 0);
    at += 2;
  }
  return at;
}

/**
 * Whether a statement stands in another column than its body: an error has swallowed the line that it belongs
 * under, and what the grammar makes of it now means something else.
 */
function isMisplaced(text: string, start: number, expected: number): boolean {
  const column = columnOf(text, start);
  return column >= 0 && column !== expected;
}

/**
 * Whether what follows a statement in its body may belong elsewhere: the statement has an error and reaches over
 * a line that stands further left than the body, so that the error may have swallowed the head of another body.
 */
function endsTrust({ l, text }: Cutter, body: number, row: number, column: number): boolean {
  if (kindOf(l, body) === K.ERROR && !isStatement(kindOf(l, row))) return true;
  if (((l.flags[row] ?? 0) & ROW_ERROR) === 0 || column === 0) return false;
  return reachesLeft(text, l.start[row] ?? 0, l.end[row] ?? 0, column);
}

/** A unit of which nothing is to be believed. */
function cutBroken(cutter: Cutter, row: number): Stmt {
  const { l } = cutter;
  const start = l.start[row] ?? 0;
  const end = l.end[row] ?? 0;
  const extras: Extras = { comments: [], errors: [] };
  takeInside(cutter, row, extras);
  extras.errors.push(start, end);
  const source = ownText(cutter, row);
  aim(l, start, source);
  const root = brokenStmt(l, row);
  const unit = createUnit("statement", root, start, source, extras);
  cutter.records.push({ unit, kind: kindOf(l, row), errors: relative(extras.errors, start), inner: 0 });
  return root;
}

function takeKept(cutter: Cutter, row: number, misplaced: boolean): Stmt {
  const records = cutter.kept.get(cutter.l.start[row] ?? 0);
  const first = records?.[0];
  if (misplaced || records === undefined || first === undefined) return cutBroken(cutter, row);
  const delta = (cutter.l.start[row] ?? 0) - first.unit.start;
  for (const record of records) {
    record.unit.start += delta;
    cutter.records.push(record);
  }
  return first.unit.root;
}

/** Points the lowering at the text of a unit. */
function aim(l: Lowering, start: number, source: string): void {
  l.base = start;
  l.source = source;
  l.failures.length = 0;
}

/** The text of a row, as a string that shares nothing: a slice would keep the whole old file alive. */
function ownText(cutter: Cutter, row: number): string {
  const { l, text } = cutter;
  return ` ${text.slice(l.start[row] ?? 0, l.end[row] ?? 0)}`.slice(1);
}

function cutLeaf(cutter: Cutter, row: number): Stmt {
  const { l } = cutter;
  const start = l.start[row] ?? 0;
  const source = ownText(cutter, row);
  const revived = revive(cutter, row, source);
  if (revived !== null) return revived;
  aim(l, start, source);
  const root = l.stmt(l, row);
  const extras: Extras = { comments: [], errors: l.failures.slice() };
  takeInside(cutter, row, extras);
  const isFunction = root.kind === "FunctionDef" || root.kind === "AsyncFunctionDef";
  const unit = createUnit(isFunction ? "function" : "statement", root, start, source, extras);
  cutter.records.push({ unit, kind: kindOf(l, row), errors: relative(extras.errors, start), inner: 0 });
  return root;
}

/** The root of the hidden unit that this row is, or null; what was hidden and is sound again means the same. */
function revive(cutter: Cutter, row: number, source: string): Stmt | null {
  const record = cutter.hidden.size === 0 ? undefined : cutter.hidden.get(source);
  if (record === undefined || record.kind !== kindOf(cutter.l, row) || cutter.revived.has(record))
    return null;
  if (((cutter.l.flags[row] ?? 0) & ROW_ERROR) !== 0) return null;
  // It brings its own comments.
  takeInside(cutter, row, { comments: [], errors: [] });
  cutter.revived.add(record);
  cutter.records.push(record);
  record.unit.start = cutter.l.start[row] ?? 0;
  return record.unit.root;
}

/** Takes what lies in a row; a token that is missing at its very end may be part of it. */
function takeInside(cutter: Cutter, row: number, into: Extras): void {
  const end = cutter.l.end[row] ?? 0;
  takeBefore(cutter, end, into);
  if (((cutter.l.flags[row] ?? 0) & ROW_ERROR) === 0) return;
  const { errors } = cutter.table;
  const at = cutter.nextError;
  if (errors[at] === end && errors[at + 1] === end) {
    into.errors.push(end, end);
    cutter.nextError = at + 2;
  }
}

function cutClass(cutter: Cutter, row: number): Stmt {
  const { l, records } = cutter;
  const definition = definitionOf(l, row);
  const block = definition < 0 ? -1 : findChild(l, definition, K.block);
  if (block < 0) return cutLeaf(cutter, row);
  if (findChild(l, definition, K.identifier) < 0 || l.depth >= MAX_DEPTH) return cutBroken(cutter, row);
  const start = l.start[row] ?? 0;
  const source = ownText(cutter, row);
  const slot = records.length;
  const extras: Extras = { comments: [], errors: [] };
  // A class stands before its body, but can only be made after it.
  records.length++;
  l.depth++;
  const body = cutBody(cutter, block, extras);
  l.depth--;
  takeInside(cutter, row, extras);
  aim(l, start, source);
  const decorators = definition === row ? [] : decorated(l, row).decorators;
  const last = body[body.length - 1];
  const end =
    last === undefined ? undefined : afterSemicolon(source, (last.unit?.start ?? 0) + last.end - start);
  const root = buildClass(l, definition, decorators, body, end);
  extras.errors.push(...l.failures);
  if (last === undefined) extras.errors.push(l.start[block] ?? 0, l.end[block] ?? 0);
  const unit = createUnit("class", root, start, source, extras);
  const inner = records.length - slot - 1;
  records[slot] = { unit, kind: kindOf(l, row), errors: relative(extras.errors, start), inner };
  return root;
}

/** The `class_definition` of a row that is one or decorates one, or -1. */
function definitionOf(l: Lowering, row: number): number {
  return kindOf(l, row) === K.class_definition ? row : findChild(l, row, K.class_definition);
}

function createUnit(kind: Unit["kind"], root: Stmt, start: number, text: string, extras: Extras): Unit {
  const comments: Comment[] = [];
  for (let at = 0; at < extras.comments.length; at += 2) {
    const from = (extras.comments[at] ?? 0) - start;
    const to = (extras.comments[at + 1] ?? 0) - start;
    comments.push({ start: from, end: to, text: text.slice(from, to) });
  }
  const broken = extras.errors.length > 0 || root.kind === "Broken";
  const unit: Unit = { kind, root, start, text, comments, broken, memo: new Map() };
  root.unit = unit;
  return unit;
}

function relative(offsets: readonly number[], start: number): number[] {
  return offsets.map((offset) => offset - start);
}
