/** Finds the units that an edit left as they were, while the new tree is being read. */

import type { Keep } from "./table.ts";
import type { TextEdit } from "./tree.ts";
import type { HiddenUnits, KeptUnits, UnitRecord } from "./units.ts";

/** A stretch of the new text that no edit touched, and how far it moved. */
interface Untouched {
  readonly start: number;
  readonly end: number;
  readonly delta: number;
}

/** The edits in order of place, or null where they overlap or do not lead from the old length to the new one. */
export function orderEdits(
  edits: readonly TextEdit[],
  oldLength: number,
  newLength: number,
): readonly TextEdit[] | null {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  let length = oldLength;
  for (const edit of ordered) {
    if (edit.start < at || edit.end < edit.start || edit.end > oldLength) return null;
    at = edit.end;
    length += edit.text.length - (edit.end - edit.start);
  }
  return length === newLength ? ordered : null;
}

/**
 * A `Keep` that knows the units of the version before, and those that it has kept so far.
 *
 * A unit is the same when it was sound, has the same kind and extent, and no edit touched its text.
 */
export function createKeep(
  records: readonly UnitRecord[],
  edits: readonly TextEdit[],
  newLength: number,
): { readonly keep: Keep; readonly kept: KeptUnits } {
  const untouched = untouchedStretches(edits, newLength);
  const kept = new Map<number, readonly UnitRecord[]>();
  let stretch = 0;
  let record = 0;
  const keep: Keep = (kind, start, end) => {
    while ((untouched[stretch + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) stretch++;
    const place = untouched[stretch];
    if (place === undefined || start < place.start || end > place.end) return false;
    const oldStart = start - place.delta;
    while (record < records.length && (records[record]?.unit.start ?? 0) < oldStart) record++;
    const found = records[record];
    if (found === undefined || found.unit.start !== oldStart) return false;
    if (found.kind !== kind || found.unit.text.length !== end - start) return false;
    const family = records.slice(record, record + found.inner + 1);
    if (family.some((member) => member.unit.broken)) return false;
    kept.set(start, family);
    return true;
  };
  return { keep, kept };
}

function untouchedStretches(edits: readonly TextEdit[], newLength: number): Untouched[] {
  const found: Untouched[] = [];
  let delta = 0;
  let start = 0;
  for (const edit of edits) {
    found.push({ start, end: edit.start + delta, delta });
    delta += edit.text.length - (edit.end - edit.start);
    start = edit.end + delta;
  }
  found.push({ start, end: newLength, delta });
  return found;
}

/**
 * The sound units that are hidden after an update: those that were before it and still are, and those that the
 * update has lost although no edit touched them.
 *
 * Nothing is hidden in a file without errors; what is gone there was deleted.
 */
export function hiddenAfter(
  hidden: HiddenUnits,
  before: readonly UnitRecord[],
  after: readonly UnitRecord[],
  edits: readonly TextEdit[],
): HiddenUnits {
  const present = new Set(after);
  const still = new Map<string, UnitRecord>();
  for (const record of hidden.values()) if (!present.has(record)) still.set(record.unit.text, record);
  for (const record of before) {
    const { unit } = record;
    if (present.has(record) || unit.broken || unit.kind === "class") continue;
    // A lost unit stands where it stood before the edits.
    const end = unit.start + unit.text.length;
    const touched = edits.some((edit) => edit.start <= end && edit.end >= unit.start);
    if (!touched && still.size < MAX_HIDDEN) still.set(unit.text, record);
  }
  return still;
}

/** A bound for somebody who never mends an error. */
const MAX_HIDDEN = 5000;
