/** Where the lines of a text begin, kept up to date through edits: tree-sitter wants rows and columns. */

import type { TextEdit } from "./tree.ts";

/** Offsets of the starts of all lines; only `\n` ends a line, as tree-sitter counts them. */
export type LineStarts = Int32Array;

export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}

/** The line starts after one edit. */
export function editLineStarts(starts: LineStarts, edit: TextEdit): LineStarts {
  const first = rowAt(starts, edit.start) + 1;
  const rest = rowAt(starts, edit.end) + 1;
  const inserted = lineStarts(edit.text).subarray(1);
  const next = new Int32Array(first + inserted.length + starts.length - rest);
  next.set(starts.subarray(0, first));
  for (let at = 0; at < inserted.length; at++) next[first + at] = edit.start + (inserted[at] ?? 0);
  const delta = edit.text.length - (edit.end - edit.start);
  for (let from = rest, to = first + inserted.length; from < starts.length; from++, to++) {
    next[to] = (starts[from] ?? 0) + delta;
  }
  return next;
}

/** The row and the UTF-16 column of an offset. */
export function pointAt(starts: LineStarts, offset: number): { row: number; column: number } {
  const row = rowAt(starts, offset);
  return { row, column: offset - (starts[row] ?? 0) };
}

function rowAt(starts: LineStarts, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
