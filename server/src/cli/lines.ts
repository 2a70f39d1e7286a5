/** Lines and columns of offsets, as editors count them. */

/** A place in a text for people: both counted from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the lines of a text; built once a file. */
export interface LineIndex {
  placeOf(offset: number): Place;
  /** The text of a line (counted from 1), without its end. */
  textOf(line: number): string;
}

/** Lines end with `\n`, `\r\n` or `\r`, as Python and the LSP have it. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  return {
    placeOf(offset) {
      const line = lineAt(starts, Math.max(0, Math.min(offset, text.length)));
      return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
    textOf: (line) =>
      text.slice(starts[line - 1] ?? text.length, starts[line] ?? text.length).replace(/[\r\n]+$/, ""),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** The last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
