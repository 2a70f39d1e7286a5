/** Places in files other than the one that is analysed: in the open document, or in the text that was read. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { Project } from "../engine/project/project.ts";
import type { Span } from "../syntax/tree.ts";
import type { DocumentPlace, OpenFile } from "./documents.ts";
import { uriOf } from "./paths.ts";

/**
 * @param projectOf the project that holds a file, if one is being read
 * @returns the place of a stretch of a file's text, null where the text is not at hand
 */
export function createPlaces(
  projectOf: (path: string) => Project | undefined,
  openFile: (path: string) => OpenFile | undefined,
): (path: string, span: Span) => DocumentPlace | null {
  let last: TextDocument | null = null;
  const documentOf = (path: string): TextDocument | null => {
    const text = projectOf(path)?.files.get(path)?.text;
    if (text === undefined) return null;
    const uri = uriOf(path);
    // A flow stays in one file for several steps: its line index is worth keeping.
    if (last === null || last.uri !== uri || last.getText() !== text)
      last = TextDocument.create(uri, "python", 0, text);
    return last;
  };
  return (path, span) => {
    const open = openFile(path);
    if (open !== undefined) return open.place(span);
    const document = documentOf(path);
    if (document === null) return null;
    const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
    return { uri: document.uri, range };
  };
}
