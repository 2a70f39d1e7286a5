/** The flat node table: a syntax tree in document order, in typed arrays, with all that lowering needs of it. */

import { K } from "./kinds.ts";

/** Row `i` stands before the rows of its children, and `next[i]` is the row after the last of them. */
export interface NodeTable {
  /** Rows in use. */
  size: number;
  /** See `kinds.ts`. */
  kind: Uint8Array;
  /** UTF-16 offsets in the file. */
  start: Int32Array;
  end: Int32Array;
  next: Int32Array;
  /** A set of the `ROW_` flags. */
  flags: Uint8Array;
  /** Start and end of each comment, in document order. */
  readonly comments: number[];
  /** Start and end of each place where the grammar failed, in document order. */
  readonly errors: number[];
}

/** The parser put the node there to go on: nothing of it stands in the text. */
export const ROW_MISSING = 1;
/** A unit that the caller asked to keep as it was: the row has no children. */
export const ROW_KEPT = 2;
/** The statements directly below are units: the module, and the body of a class that is a unit. */
export const ROW_BODY = 4;
/** A class that is a unit, or the decorators around one. */
export const ROW_CLASS = 8;

/** A statement at module or class level with something below it that the grammar could not read. */
export const ROW_ERROR = 16;

/** Decides whether a node at module or class level is known already and need not be read again. */
export type Keep = (kind: number, start: number, end: number) => boolean;

/** Which of `ROW_BODY` and `ROW_CLASS` a node has, from its kind and its parent's row (-1 for the root). */
export function levelFlags(table: NodeTable, kind: number, parent: number): number {
  if (parent < 0) return ROW_BODY;
  const above = table.flags[parent] ?? 0;
  if ((above & ROW_BODY) !== 0)
    return kind === K.class_definition || kind === K.decorated_definition ? ROW_CLASS : 0;
  if ((above & ROW_CLASS) === 0) return 0;
  if (kind === K.block) return ROW_BODY;
  return kind === K.class_definition ? ROW_CLASS : 0;
}

export function createTable(): NodeTable {
  return {
    size: 0,
    kind: new Uint8Array(0),
    start: new Int32Array(0),
    end: new Int32Array(0),
    next: new Int32Array(0),
    flags: new Uint8Array(0),
    comments: [],
    errors: [],
  };
}

/** Empties the table and makes room for `capacity` rows. */
export function resetTable(table: NodeTable, capacity: number): void {
  table.size = 0;
  table.comments.length = 0;
  table.errors.length = 0;
  if (table.kind.length >= capacity) return;
  const room = Math.ceil(capacity * 1.25) + 64;
  table.kind = new Uint8Array(room);
  table.start = new Int32Array(room);
  table.end = new Int32Array(room);
  table.next = new Int32Array(room);
  table.flags = new Uint8Array(room);
}
