/** Turns a notebook's code cells into one Python module and maps places in the module back to the cells. */

import { advance, type LexState, startOfLine } from "./lexical.ts";

/** A cell's stretch of the module: its text lies at `start`, `length` UTF-16 units long. */
export interface CellRange {
  readonly start: number;
  readonly length: number;
}

export interface NotebookModule {
  /** The cells in document order, magics blanked, as one module. */
  readonly text: string;
  /** One entry a cell, in the order given. */
  readonly cells: readonly CellRange[];
}

export interface CellPlace {
  /** Index into `NotebookModule.cells`. */
  readonly cell: number;
  /** Offset in the cell's own text. */
  readonly offset: number;
}

/** Joins the texts of code cells. What a cell leaves open is closed behind it, so that damage stays in its cell. */
export function notebookModule(cells: readonly string[]): NotebookModule {
  const ranges: CellRange[] = [];
  let text = "";
  for (const source of cells) {
    const { text: blanked, open } = blankMagics(source);
    ranges.push({ start: text.length, length: source.length });
    text += `${blanked}${open}\n`;
  }
  return { text, cells: ranges };
}

/** Where an offset of the module lies; what is between two cells counts to the end of the first. */
export function placeInCells(cells: readonly CellRange[], offset: number): CellPlace | null {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((cells[middle] as CellRange).start <= offset) low = middle;
    else high = middle - 1;
  }
  const range = cells[low];
  if (range === undefined || offset < range.start) return null;
  return { cell: low, offset: Math.min(offset - range.start, range.length) };
}

/** Cell magics under which the rest of the cell is still Python that runs here. */
const PYTHON_CELL_MAGICS = new Set([
  "time",
  "timeit",
  "capture",
  "prun",
  "python",
  "python3",
  "pypy",
  "memit",
  "mprun",
]);
const LINE_MAGIC = /^[ \t]*(?:[%!?,;/]|[\w.*%]+\?{1,2}[ \t]*$|[\w.,[\] \t]+=[ \t]*[%!])/;

/**
 * A cell's text with magics and shell lines blanked at equal length, and what must follow to close the brackets
 * and strings that the cell leaves open.
 */
export function blankMagics(source: string): { readonly text: string; readonly open: string } {
  const cellMagic = /^\s*%%(\w*)/.exec(source)?.[1];
  if (cellMagic !== undefined && !PYTHON_CELL_MAGICS.has(cellMagic)) {
    return { text: source.replace(/[^\r\n]/g, " "), open: "" };
  }
  let text = "";
  let continues = false;
  const state = startOfLine();
  for (const line of source.match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? []) {
    const body = line.replace(/[\r\n]+$/, "");
    const fresh = state.brackets.length === 0 && state.quote === "" && !state.escaped;
    if (continues || (fresh && LINE_MAGIC.test(body))) {
      text += blankLine(body, continues) + line.slice(body.length);
      continues = body.endsWith("\\");
      continue;
    }
    advance(state, body);
    text += line;
  }
  return { text, open: state.quote.length === 3 ? state.quote + closers(state) : closers(state) };
}

/** In a block something must stand: a call of an unknown function says that something unknown happens here. */
function blankLine(body: string, continuation: boolean): string {
  const indent = /^[ \t]*/.exec(body)?.[0] ?? "";
  const rest = body.length - indent.length;
  if (indent === "" || continuation || rest === 0) return " ".repeat(body.length);
  return indent + (rest >= 3 ? "_()" : "_").padEnd(rest);
}

function closers(state: LexState): string {
  return state.brackets.toReversed().join("");
}

export type NotebookCells =
  /** The texts of the code cells; `indices` are their positions among all cells of the notebook. */
  { readonly sources: readonly string[]; readonly indices: readonly number[] } | { readonly problem: string };

/** The Python code cells of an `.ipynb` file (nbformat 3 and 4). A notebook of another language has none. */
export function readNotebook(json: string): NotebookCells {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return { problem: "The notebook is not valid JSON." };
  }
  const notebook = asObject(parsed);
  const list = notebook?.cells ?? asObject(asArray(notebook?.worksheets)?.[0])?.cells;
  const cells = asArray(list);
  if (notebook === null || cells === null)
    return { problem: "The file is not a Jupyter notebook: it has no cells." };
  const sources: string[] = [];
  const indices: number[] = [];
  if (!isPython(notebook)) return { sources, indices };
  cells.forEach((entry, index) => {
    const cell = asObject(entry);
    if (cell?.cell_type !== "code") return;
    sources.push(joined(cell.source ?? cell.input));
    indices.push(index);
  });
  return { sources, indices };
}

function isPython(notebook: Readonly<Record<string, unknown>>): boolean {
  const metadata = asObject(notebook.metadata);
  const language =
    asObject(metadata?.kernelspec)?.language ?? asObject(metadata?.language_info)?.name ?? "python";
  return typeof language !== "string" || /^i?python/i.test(language);
}

function joined(source: unknown): string {
  if (typeof source === "string") return source;
  return (asArray(source) ?? []).filter((line) => typeof line === "string").join("");
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function asArray(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}
