/** The files that are open in the editor: documents and notebooks, under the URIs of documents and cells. */

import {
  type Connection,
  NotebookCellKind,
  type NotebookDocument,
  NotebookDocuments,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type OpenFile,
  type OpenNotebook,
  openDocument,
  openNotebook,
  recordingDocuments,
} from "./documents.ts";

export interface FileEvents {
  opened(file: OpenFile): void;
  changed(file: OpenFile): void;
  saved(file: OpenFile): void;
  closed(file: OpenFile): void;
}

export interface Files {
  /** The file that a document, a cell or a notebook belongs to. */
  get(uri: string): OpenFile | undefined;
  byPath(path: string): OpenFile | undefined;
  all(): readonly OpenFile[];
}

const LANGUAGE = "python";

/** @param accepts says which documents are coached, by URI; the others are not even remembered. */
export function listenToFiles(
  connection: Connection,
  accepts: (uri: string) => boolean,
  events: FileEvents,
): Files {
  const files = new Map<string, OpenFile>();
  const close = (uri: string) => {
    const file = files.get(uri);
    if (file === undefined) return;
    files.delete(uri);
    events.closed(file);
  };
  const open = (file: OpenFile) => {
    close(file.uri);
    files.set(file.uri, file);
    events.opened(file);
  };
  listenToDocuments(connection, { accepts, files, open, close, events });
  const notebookOfCell = listenToNotebooks(connection, { accepts, files, open, close, events });
  return {
    get: (uri) => files.get(uri) ?? files.get(notebookOfCell(uri) ?? ""),
    byPath: (path) => [...files.values()].find((file) => file.path === path),
    all: () => [...files.values()],
  };
}

interface Registry {
  readonly accepts: (uri: string) => boolean;
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly open: (file: OpenFile) => void;
  readonly close: (uri: string) => void;
  readonly events: FileEvents;
}

function listenToDocuments(connection: Connection, { accepts, files, open, close, events }: Registry): void {
  const documents = new TextDocuments(recordingDocuments);
  documents.onDidOpen(({ document }) => {
    if (document.text.languageId === LANGUAGE && accepts(document.uri)) open(openDocument(document));
  });
  documents.onDidChangeContent(({ document }) => {
    const file = files.get(document.uri);
    // The library tells of opening as a change too; nothing has changed then.
    if (file !== undefined && document.edits.length > 0) events.changed(file);
  });
  documents.onDidSave(({ document }) => {
    const file = files.get(document.uri);
    if (file !== undefined) events.saved(file);
  });
  documents.onDidClose(({ document }) => close(document.uri));
  documents.listen(connection);
}

/** Returns the notebook of a cell. */
function listenToNotebooks(
  connection: Connection,
  { accepts, files, open, close, events }: Registry,
): (cellUri: string) => string | undefined {
  const notebooks = new NotebookDocuments<TextDocument>({
    create: TextDocument.create,
    update: TextDocument.update,
  });
  const open_ = new Map<string, OpenNotebook>();
  const codeCells = (notebook: NotebookDocument): readonly TextDocument[] =>
    notebook.cells.flatMap((cell) => {
      const text = cell.kind === NotebookCellKind.Code ? notebooks.getCellTextDocument(cell) : undefined;
      return text?.languageId === LANGUAGE ? [text] : [];
    });
  notebooks.onDidOpen((notebook) => {
    if (!accepts(notebook.uri)) return;
    const file = openNotebook(notebook.uri);
    file.setCells(codeCells(notebook));
    open_.set(notebook.uri, file);
    open(file);
  });
  notebooks.onDidChange(({ notebookDocument }) => {
    const file = open_.get(notebookDocument.uri);
    if (file === undefined || files.get(file.uri) !== file) return;
    file.setCells(codeCells(notebookDocument));
    events.changed(file);
  });
  notebooks.onDidSave((notebook) => {
    const file = files.get(notebook.uri);
    if (file !== undefined) events.saved(file);
  });
  notebooks.onDidClose((notebook) => {
    open_.delete(notebook.uri);
    close(notebook.uri);
  });
  notebooks.listen(connection);
  return (cellUri) => notebooks.findNotebookDocumentForCell(cellUri)?.uri;
}
