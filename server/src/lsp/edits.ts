/** Workspace edits in the richest form that the client takes. */

import type { AnnotatedTextEdit, SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Span } from "../syntax/tree.ts";
import type { OpenFile } from "./documents.ts";
import type { ClientTraits } from "./traits.ts";

/** The edits of one document. */
export interface DocumentEdits {
  readonly uri: string;
  /** Of the document that the edits were made for; null for a file that is not open. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
  /** True where the file does not exist yet. */
  readonly create?: boolean;
}

/** What the user is asked before an edit is applied. */
export interface Question {
  readonly label: string;
  readonly description: string;
}

/** @param question asked where the client can ask; elsewhere the edit is applied as it is. */
export function workspaceEdit(
  traits: ClientTraits,
  documents: readonly DocumentEdits[],
  question: Question | null = null,
): WorkspaceEdit | null {
  if (documents.some(({ create }) => create === true) && !(traits.createFiles && traits.documentChanges))
    return null;
  if (!traits.documentChanges) {
    return { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, [...edits]])) };
  }
  const asked = question !== null && traits.changeAnnotations;
  const annotationId = "stack-coach";
  const annotate = (edit: TextEdit): TextEdit | AnnotatedTextEdit =>
    asked ? { ...edit, annotationId } : edit;
  const documentChanges = documents.flatMap(({ uri, version, edits, create }) => [
    ...(create === true ? [{ kind: "create" as const, uri, ...(asked ? { annotationId } : {}) }] : []),
    { textDocument: { uri, version }, edits: edits.map(annotate) },
  ]);
  return asked
    ? { documentChanges, changeAnnotations: { [annotationId]: { ...question, needsConfirmation: true } } }
    : { documentChanges };
}

/** An edit whose snippet the user fills in; null for clients that take none. */
export function snippetEdit(
  traits: ClientTraits,
  document: { readonly uri: string; readonly version: number },
  edit: SnippetTextEdit,
): WorkspaceEdit | null {
  if (!traits.snippetEdits) return null;
  return {
    documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [edit] }],
  };
}

/** Edits of an analysed text as edits of the documents behind it; null where one fits into no single document. */
export function documentEdits(
  file: OpenFile,
  edits: readonly { readonly span: Span; readonly text: string }[],
): readonly DocumentEdits[] | null {
  const versions = new Map(file.documents().map(({ uri, version }) => [uri, version]));
  const byUri = new Map<string, TextEdit[]>();
  for (const { span, text } of edits) {
    const at = file.place(span);
    const end = file.place({ start: span.end, end: span.end });
    if (at === null || end === null || (at.uri !== end.uri && span.end > span.start)) return null;
    byUri.set(at.uri, [...(byUri.get(at.uri) ?? []), { range: at.range, newText: text }]);
  }
  return [...byUri].map(([uri, own]) => ({ uri, version: versions.get(uri) ?? null, edits: own }));
}
