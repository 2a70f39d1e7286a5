/** Places of a notebook's code, as cell, line and column. */

import { type CellRange, placeInCells } from "../base/notebook.ts";
import { createLineIndex, type LineIndex, type Place } from "./lines.ts";
import type { PlaceMap } from "./report.ts";

export interface CellTexts {
  readonly sources: readonly string[];
  /** The position of each of them among all cells of the notebook. */
  readonly indices: readonly number[];
}

/** @param ranges where the cells lie in the module that was analysed */
export function notebookPlaces({ sources, indices }: CellTexts, ranges: readonly CellRange[]): PlaceMap {
  const lines: readonly LineIndex[] = sources.map(createLineIndex);
  const at = (offset: number): { readonly cell: number; readonly place: Place; readonly source: string } => {
    const found = placeInCells(ranges, offset) ?? { cell: 0, offset: 0 };
    const index = lines[found.cell];
    const place = index?.placeOf(found.offset) ?? { line: 1, column: 1 };
    return { cell: found.cell, place, source: index?.textOf(place.line) ?? "" };
  };
  return {
    locate(start, end) {
      const from = at(start);
      const to = at(end);
      // A stretch that a broken cell carries into the next one ends where it starts.
      const last = to.cell === from.cell ? to.place : from.place;
      return { cell: (indices[from.cell] ?? from.cell) + 1, start: from.place, end: last };
    },
    sourceAt: (offset) => at(offset).source,
  };
}
