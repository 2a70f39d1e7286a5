/**
 * Fills the node table straight from tree-sitter's memory: the same rows as the cursor's, in a tenth of its time.
 *
 * This file, and no other, knows how tree-sitter lays its trees out (`lib/src/subtree.h`, `tree.h` and
 * `parser.h` of the version that package.json pins, compiled for 32 bits). `readers.ts` compares it with the
 * cursor on a sample before it is used.
 */

import type { Language, Tree } from "web-tree-sitter";
import type { TreeReader } from "./cursor-reader.ts";
import { COMMENT, FIRST_TOKEN, isLeaf, K, keepsTokens, SKIP } from "./kinds.ts";
import {
  type Keep,
  levelFlags,
  type NodeTable,
  ROW_BODY,
  ROW_ERROR,
  ROW_KEPT,
  ROW_MISSING,
  resetTable,
} from "./table.ts";

/** The wasm instance: emscripten puts the views of its memory on the object that it was started with. */
export interface Runtime {
  /** Replaced whenever the memory grows. */
  HEAPU32?: Uint32Array;
}

// A subtree is two words: either a pointer to a heap record and nothing, or, marked by the lowest bit, a small
// leaf that is packed into the words themselves.
const INLINE = 1;
const INLINE_VISIBLE = 1 << 1;
const INLINE_EXTRA = 1 << 3;
const INLINE_MISSING = 1 << 5;

// Places in a heap record, in words. The children stand in front of it, two words each.
const PADDING = 1;
const SIZE = 4;
const ERROR_COST = 8;
const CHILD_COUNT = 9;
const SYMBOL = 10;
const FLAGS = 11;
const VISIBLE_CHILD_COUNT = 12;
const VISIBLE_DESCENDANT_COUNT = 14;
const PRODUCTION = 16;
const VISIBLE = 1;
const EXTRA = 1 << 2;
const MISSING = 1 << 9;

// Places in the language record, in words.
const MAX_ALIASES = 9;
const ALIAS_SEQUENCES = 21;

/** Fields of a frame: the node whose children are being read, outermost first in `Reading.frames`. */
const NEXT = 0;
const LAST = 1;
/** Where the last child that was read ends, in bytes. */
const AT = 2;
/** Half-word index of the alias of the next child that is no extra, or 0. */
const ALIASES = 3;
/** The row that the children belong to, which for a hidden node is that of a node around it. */
const ROW = 4;
/** 1 where the node has that row itself. */
const OWNS = 5;
const FRAME = 6;

interface Reading {
  readonly heap: Uint32Array;
  /** Word index of the language record. */
  readonly language: number;
  readonly kinds: Uint8Array;
  readonly table: NodeTable;
  readonly keep: Keep | null;
  /** `FRAME` slots for each open node. */
  frames: Int32Array;
  /** Slots in use. */
  top: number;
}

/** A reader of trees of this language, or null where the memory cannot be seen. */
export function createHeapReader(runtime: Runtime, language: Language, kinds: Uint8Array): TreeReader | null {
  const languageWord = addressOf(language) >>> 2;
  if (runtime.HEAPU32 === undefined || languageWord === 0) return null;
  return (tree, table, keep) => {
    const heap = runtime.HEAPU32;
    if (heap === undefined) throw new Error("The memory of the parser is gone");
    const frames = new Int32Array(FRAME * 256);
    readAll({ heap, language: languageWord, kinds, table, keep, frames, top: 0 }, addressOf(tree) >>> 2);
  };
}

/** The address that web-tree-sitter keeps in its objects. */
function addressOf(holder: Tree | Language): number {
  return (holder as unknown as { readonly 0: number })[0];
}

function readAll(reading: Reading, root: number): void {
  const { heap, table } = reading;
  const first = word(heap, root);
  if ((first & INLINE) !== 0) {
    resetTable(table, 1);
    const second = word(heap, root + 1);
    readLeaf(reading, first, (second >>> 16) & 0xff, second >>> 24, -1, 0);
    return;
  }
  resetTable(table, word(heap, (first >>> 2) + VISIBLE_DESCENDANT_COUNT) + 2);
  readRecord(reading, first >>> 2, word(heap, (first >>> 2) + PADDING), -1, 0);
  // More subtrees than the memory has room for: what we read is no tree.
  let fuel = heap.length >>> 1;
  while (reading.top > 0) {
    if (--fuel < 0) throw new Error("The parser's memory holds no tree where one was expected");
    const { frames } = reading;
    const top = reading.top - FRAME;
    const child = frames[top + NEXT] as number;
    if (child < (frames[top + LAST] as number)) {
      frames[top + NEXT] = child + 2;
      readChild(reading, child, top);
      continue;
    }
    if (frames[top + OWNS] === 1) table.next[frames[top + ROW] as number] = table.size;
    reading.top = top;
  }
}

function word(heap: Uint32Array, at: number): number {
  return heap[at] as number;
}

/** Finds where a child stands and what it is called by its parent, and moves the parent's frame past it. */
function readChild(reading: Reading, child: number, top: number): void {
  const { heap, frames } = reading;
  const first = word(heap, child);
  const parent = frames[top + ROW] as number;
  if ((first & INLINE) !== 0) {
    const second = word(heap, child + 1);
    const start = (frames[top + AT] as number) + ((second >>> 16) & 0xff);
    const size = second >>> 24;
    frames[top + AT] = start + size;
    const alias = (first & INLINE_EXTRA) === 0 ? nextAlias(reading, top) : 0;
    readLeaf(reading, first, start, size, parent, alias);
    return;
  }
  const record = first >>> 2;
  const start = (frames[top + AT] as number) + word(heap, record + PADDING);
  frames[top + AT] = start + word(heap, record + SIZE);
  const alias = (word(heap, record + FLAGS) & EXTRA) === 0 ? nextAlias(reading, top) : 0;
  readRecord(reading, record, start, parent, alias);
}

/** The symbol that the parent calls its next child that is no extra, or 0 for the child's own. */
function nextAlias({ heap, frames }: Reading, top: number): number {
  const at = frames[top + ALIASES] as number;
  if (at === 0) return 0;
  frames[top + ALIASES] = at + 1;
  return (word(heap, at >>> 1) >>> ((at & 1) << 4)) & 0xffff;
}

/** Reads a leaf that is packed into its two words. */
function readLeaf(
  reading: Reading,
  first: number,
  start: number,
  size: number,
  parent: number,
  alias: number,
): void {
  if ((first & INLINE_VISIBLE) === 0 && alias === 0) return;
  const isMissing = (first & INLINE_MISSING) !== 0;
  addRow(reading, alias === 0 ? (first >>> 8) & 0xff : alias, start, size, parent, isMissing, isMissing);
}

/** Reads a node that has a record: a row where it shows, and a frame where its children are to be read. */
function readRecord(reading: Reading, record: number, start: number, parent: number, alias: number): void {
  const { heap } = reading;
  const flags = word(heap, record + FLAGS);
  const childCount = word(heap, record + CHILD_COUNT);
  if (alias !== 0 || (flags & VISIBLE) !== 0 || parent < 0) {
    const symbol = alias === 0 ? word(heap, record + SYMBOL) & 0xffff : alias;
    const isMissing = (flags & MISSING) !== 0;
    const hasError = isMissing || word(heap, record + ERROR_COST) > 0;
    const row = addRow(reading, symbol, start, word(heap, record + SIZE), parent, isMissing, hasError);
    if (row >= 0 && childCount > 0) openFrame(reading, record, childCount, start, row, 1);
  } else if (childCount > 0 && word(heap, record + VISIBLE_CHILD_COUNT) > 0) {
    openFrame(reading, record, childCount, start, parent, 0);
  }
}

function openFrame(
  reading: Reading,
  record: number,
  childCount: number,
  start: number,
  row: number,
  owns: number,
): void {
  const { heap, language, top } = reading;
  if (top + FRAME > reading.frames.length) reading.frames = grown(reading.frames);
  const { frames } = reading;
  const children = record - 2 * childCount;
  const production = word(heap, record + PRODUCTION) >>> 16;
  const sequences = word(heap, language + ALIAS_SEQUENCES) >>> 1;
  const longest = word(heap, language + MAX_ALIASES) & 0xffff;
  frames[top + NEXT] = children;
  frames[top + LAST] = record;
  // The padding of a first child lies before its parent's start.
  frames[top + AT] = start - paddingOf(heap, children);
  frames[top + ALIASES] = production === 0 ? 0 : sequences + production * longest;
  frames[top + ROW] = row;
  frames[top + OWNS] = owns;
  reading.top = top + FRAME;
}

/** Bytes between the end of the node before a subtree and its start. */
function paddingOf(heap: Uint32Array, subtree: number): number {
  const first = word(heap, subtree);
  return (first & INLINE) !== 0
    ? (word(heap, subtree + 1) >>> 16) & 0xff
    : word(heap, (first >>> 2) + PADDING);
}

function grown(frames: Int32Array): Int32Array {
  const larger = new Int32Array(frames.length * 2);
  larger.set(frames);
  return larger;
}

/** Adds a row, or what a node adds to the lists; -1 where its children are not to be read. */
function addRow(
  { table, kinds, keep }: Reading,
  symbol: number,
  start: number,
  size: number,
  parent: number,
  missing: boolean,
  hasError: boolean,
): number {
  const kind = kinds[symbol] as number;
  // Two bytes are one code unit.
  const from = start >>> 1;
  const to = (start + size) >>> 1;
  if (kind === SKIP && !missing) return -1;
  if (kind === COMMENT) {
    table.comments.push(from, to);
    return -1;
  }
  if (missing || kind === K.ERROR) table.errors.push(from, to);
  if (kind === SKIP) return -1;
  if (kind >= FIRST_TOKEN && (parent < 0 || keepsTokens[table.kind[parent] as number] === 0)) return -1;
  const row = table.size++;
  const inBody = parent >= 0 && ((table.flags[parent] as number) & ROW_BODY) !== 0;
  const kept = inBody && keep !== null && !hasError && keep(kind, from, to);
  table.kind[row] = kind;
  table.start[row] = from;
  table.end[row] = to;
  table.next[row] = row + 1;
  table.flags[row] =
    (missing ? ROW_MISSING : 0) |
    (inBody && hasError ? ROW_ERROR : 0) |
    (kept ? ROW_KEPT : 0) |
    levelFlags(table, kind, parent);
  return kept || isLeaf[kind] === 1 ? -1 : row;
}
