/** Text edits that fixes are made of. */

import type { Node } from "../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf, type TextEdit } from "../syntax/tree.ts";
import { createImporter } from "./imports.ts";

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

/** A recorder of edits, and what was recorded, in document order. */
export interface EditRecorder {
  readonly edits: SourceEdits;
  recorded(): readonly RecordedEdit[];
}

/** Starts recording edits of a file. */
export function recordEdits(tree: SyntaxTree): EditRecorder {
  const list: RecordedEdit[] = [];
  const add = (span: Span, text: string) => {
    list.push({ span, text });
  };
  const imports = createImporter(tree, add);
  return {
    edits: {
      source: tree.text,
      replace: (at, text) => add(toSpan(at), text),
      insertBefore: (at, text) => add(emptySpan(toSpan(at).start), text),
      insertAfter: (at, text) => add(emptySpan(toSpan(at).end), text),
      remove: (at) => add(toSpan(at), ""),
      ensureImport: imports,
    },
    // Sorting is stable: insertions at one place keep the order in which they were recorded.
    recorded: () => [...list].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end),
  };
}

function emptySpan(offset: number): Span {
  return { start: offset, end: offset };
}

/** True where two edits of a sorted list change the same text; insertions side by side do not. */
export function overlapping(edits: readonly RecordedEdit[]): boolean {
  return edits.some(
    (edit, index) => index > 0 && edit.span.start < (edits[index - 1] as RecordedEdit).span.end,
  );
}

/** Applies edits that do not overlap. @throws RangeError where they do */
export function applyEdits(text: string, edits: readonly RecordedEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  if (overlapping(sorted)) throw new RangeError("edits overlap");
  let result = "";
  let at = 0;
  for (const { span, text: replacement } of sorted) {
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}

/**
 * Where a stretch of text is after edits that were made one after the other. What an edit swallows shrinks to
 * nothing; typing at its very end leaves it as it was.
 */
export function shiftSpan(span: Span, edits: readonly TextEdit[]): Span {
  let { start, end } = span;
  for (const edit of edits) {
    const delta = edit.text.length - (edit.end - edit.start);
    const touchesEnd = edit.start >= end;
    if (touchesEnd) continue;
    if (edit.end <= start) {
      start += delta;
      end += delta;
      continue;
    }
    const cutStart = edit.start <= start && edit.end > start ? edit.start + edit.text.length : start;
    end = edit.end <= end ? end + delta : edit.start;
    start = Math.min(cutStart, Math.max(end, edit.start));
  }
  return { start, end: Math.max(start, end) };
}
