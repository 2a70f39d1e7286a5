/** Open documents and notebooks, as the session sees both: one text, its edits since last time, places in it. */

import type {
  Position,
  Range,
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type CellRange, notebookModule, placeInCells } from "../base/notebook.ts";
import { difference } from "../base/text.ts";
import type { Span, TextEdit } from "../syntax/tree.ts";
import { pathOf } from "./paths.ts";

/** A place in a document of the client: a file or a cell. */
export interface DocumentPlace {
  readonly uri: string;
  readonly range: Range;
}

/** What is analysed as one module. Offsets are those of `text()`. */
export interface OpenFile {
  /** Of the document, or of the notebook that holds the cells. */
  readonly uri: string;
  readonly path: string;
  readonly notebook: boolean;
  /** Counts every change. */
  version(): number;
  text(): string;
  /** What changed since the last call, one edit after the other. */
  takeEdits(): readonly TextEdit[];
  /** The documents of the client that make up the file: itself, or the cells. */
  documents(): readonly { readonly uri: string; readonly version: number; readonly text: string }[];
  /** Where a stretch is in the client's terms; null where it lies in no cell. */
  place(span: Span): DocumentPlace | null;
  /** The offset of a position in one of `documents()`. */
  offset(uri: string, position: Position): number | null;
}

/** A text document that remembers its edits. */
export interface RecordingDocument {
  readonly uri: string;
  readonly text: TextDocument;
  readonly edits: TextEdit[];
}

/** How vscode-languageserver's TextDocuments creates and updates documents that remember their edits. */
export const recordingDocuments: TextDocumentsConfiguration<RecordingDocument> = {
  create: (uri, languageId, version, content) => ({
    uri,
    text: TextDocument.create(uri, languageId, version, content),
    edits: [],
  }),
  update(document, changes, version) {
    for (const change of changes) {
      document.edits.push(editOf(document.text, change));
      TextDocument.update(document.text, [change], version);
    }
    if (changes.length === 0) TextDocument.update(document.text, [], version);
    return document;
  },
};

function editOf(document: TextDocument, change: TextDocumentContentChangeEvent): TextEdit {
  if (!("range" in change)) return { start: 0, end: document.getText().length, text: change.text };
  const a = document.offsetAt(change.range.start);
  const b = document.offsetAt(change.range.end);
  return { start: Math.min(a, b), end: Math.max(a, b), text: change.text };
}

export function openDocument(document: RecordingDocument): OpenFile {
  const { uri, text, edits } = document;
  return {
    uri,
    path: pathOf(uri),
    notebook: uri.startsWith("vscode-notebook-cell:"),
    version: () => text.version,
    text: () => text.getText(),
    takeEdits: () => edits.splice(0),
    documents: () => [{ uri, version: text.version, text: text.getText() }],
    place: ({ start, end }) => ({ uri, range: { start: text.positionAt(start), end: text.positionAt(end) } }),
    offset: (of, position) => (of === uri ? text.offsetAt(position) : null),
  };
}

/** The cells of an open notebook change as a whole: the edit between two versions is found by comparing them. */
export interface OpenNotebook extends OpenFile {
  /** Takes over the notebook's code cells, in order. */
  setCells(cells: readonly TextDocument[]): void;
}

export function openNotebook(uri: string): OpenNotebook {
  let version = 0;
  let cells: readonly TextDocument[] = [];
  let ranges: readonly CellRange[] = [];
  let text = "";
  let seen = "";
  const cellIndex = (of: string) => cells.findIndex((cell) => cell.uri === of);
  return {
    uri,
    path: pathOf(uri),
    notebook: true,
    version: () => version,
    text: () => text,
    takeEdits() {
      const edit = difference(seen, text);
      seen = text;
      return edit === null ? [] : [edit];
    },
    documents: () => cells.map((cell) => ({ uri: cell.uri, version: cell.version, text: cell.getText() })),
    place({ start, end }) {
      const from = placeInCells(ranges, start);
      const to = placeInCells(ranges, end);
      const cell = from === null ? undefined : cells[from.cell];
      if (from === null || to === null || cell === undefined) return null;
      const last = to.cell === from.cell ? to.offset : cell.getText().length;
      return { uri: cell.uri, range: { start: cell.positionAt(from.offset), end: cell.positionAt(last) } };
    },
    offset(of, position) {
      const index = cellIndex(of);
      const range = ranges[index];
      return range === undefined ? null : range.start + (cells[index] as TextDocument).offsetAt(position);
    },
    setCells(next) {
      cells = next;
      version++;
      ({ text, cells: ranges } = notebookModule(cells.map((cell) => cell.getText())));
    },
  };
}
