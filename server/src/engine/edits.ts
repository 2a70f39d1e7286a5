/** Text edits that fixes are made of. */

import type { Node } from "../syntax/ast.ts";
import { type Span, spanOf } from "../syntax/tree.ts";

/** Collects the edits of one fix. Offsets are absolute; edits must not overlap. */
export interface SourceEdits {
  /** The whole text of the file. */
  readonly source: string;
  replace(at: Node | Span, text: string): void;
  insertBefore(at: Node | Span, text: string): void;
  insertAfter(at: Node | Span, text: string): void;
  remove(at: Node | Span): void;
  /**
   * Makes `module.name` (or `module`, without name) available and returns the expression to write for it:
   * an import that exists is reused, else one is added below the module's imports.
   */
  ensureImport(module: string, name?: string): string;
}

export type RecordedEdit = { readonly span: Span; readonly text: string };

/** The absolute span of a node or of an explicit stretch. */
export function toSpan(at: Node | Span): Span {
  return "kind" in at ? spanOf(at) : at;
}
