/** Builds the fix of a finding when somebody asks for it, and applies the safe ones together. */

import type { SyntaxTree } from "../syntax/tree.ts";
import { applyEdits, overlapping, type RecordedEdit, recordEdits } from "./edits.ts";
import type { Fix } from "./finding.ts";
import type { RawFinding } from "./raw.ts";
import type { FaultListener } from "./run.ts";

/** The fix of a finding, or null where the rule has none for it or building it failed. */
export function buildFix(raw: RawFinding, tree: SyntaxTree, onFault: FaultListener): Fix | null {
  if (raw.fix === null) return null;
  const recorder = recordEdits(tree);
  try {
    const title = raw.fix(recorder.edits);
    const edits = recorder.recorded();
    if (title === null || edits.length === 0) return null;
    if (overlapping(edits)) throw new RangeError("the edits of the fix overlap");
    return { title, safety: raw.fixSafety, edits };
  } catch (error) {
    onFault(raw.rule, error);
    return null;
  }
}

/**
 * Applies the safe fixes of a file, in document order. A fix that changes text which an earlier one changes
 * waits for the next run. Imports that several fixes add alike are added once. Null where nothing applies.
 */
export function applySafeFixes(text: string, fixes: readonly Fix[]): string | null {
  const edits = safeEdits(fixes);
  return edits.length === 0 ? null : applyEdits(text, edits);
}

/** The edits of all safe fixes that go together, in document order. */
export function safeEdits(fixes: readonly Fix[]): readonly RecordedEdit[] {
  let chosen: readonly RecordedEdit[] = [];
  for (const fix of fixes) {
    if (fix.safety !== "safe") continue;
    const fresh = fix.edits.filter((edit) => !chosen.some((known) => sameImport(known, edit)));
    if (fresh.length === 0 || collides(chosen, fresh)) continue;
    chosen = [...chosen, ...fresh];
  }
  return [...chosen].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const IMPORT_LINE = /^\s*(?:import|from) .*\s$/;

function sameImport(a: RecordedEdit, b: RecordedEdit): boolean {
  return (
    a.span.start === b.span.start &&
    a.span.end === b.span.end &&
    a.text === b.text &&
    IMPORT_LINE.test(a.text)
  );
}

function collides(chosen: readonly RecordedEdit[], fresh: readonly RecordedEdit[]): boolean {
  return fresh.some((edit) =>
    chosen.some((known) => {
      if (edit.span.start === edit.span.end && known.span.start === known.span.end) return false;
      return edit.span.start < known.span.end && known.span.start < edit.span.end;
    }),
  );
}
