/** Snippets as the palette lists and inserts them: between server and client. */

import type { PlainRange } from "./findings.ts";

export interface SnippetEntry {
  /** Tells snippets of one prefix apart. */
  readonly id: string;
  readonly prefix: string;
  readonly title: string;
  readonly documentation: string;
  /** Language ids, separated by commas. */
  readonly scope: string;
  readonly kind: "insert" | "template" | "surround";
  /** `FastAPI 0.115+`; "" where nothing is needed. */
  readonly needs: string;
  /** `page#anchor`. */
  readonly guide: string;
  /** The name of a new file, for templates. */
  readonly file: string | null;
}

/** Client to server: all snippets, in the order of the catalogue. */
export const SNIPPETS_REQUEST = "stackCoach/snippets";
export interface SnippetsResult {
  readonly snippets: readonly SnippetEntry[];
}

/** Client to server: what inserting a snippet into a document means; null for an id that is not known. */
export const SNIPPET_TEXT_REQUEST = "stackCoach/snippetText";
export interface SnippetTextParams {
  readonly id: string;
  /** The document that it goes into; left out for a new file. */
  readonly uri?: string;
}
export interface SnippetText {
  /** TextMate's snippet syntax. */
  readonly body: string;
  /** The import statements that the document lacks, and where they go. */
  readonly imports: { readonly range: PlainRange; readonly text: string } | null;
}
