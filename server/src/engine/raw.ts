/** What rules reported, before configuration: kept with the unit, so its places are relative to units. */

import type { Node } from "../syntax/ast.ts";
import { type Span, type Unit, unitOf } from "../syntax/tree.ts";
import { toSpan } from "./edits.ts";
import type { Confidence, FixSafety, Severity } from "./finding.ts";
import type { AnyRule, FixBuilder, ReportedPlace } from "./rule.ts";

/** A place that moves with the unit that holds it; absolute where there is no unit. */
export interface Place {
  readonly unit: Unit | null;
  readonly start: number;
  readonly end: number;
}

export interface RawRelated {
  readonly path?: string;
  readonly place: Place;
  readonly message: string;
}

export interface RawFinding {
  readonly rule: AnyRule;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly place: Place;
  /** The node that it was reported at, if it was one. */
  readonly node: Node | null;
  readonly related: readonly RawRelated[];
  readonly flow: boolean;
  readonly fix: FixBuilder | null;
  readonly fixSafety: FixSafety;
}

/** Ties a node or a stretch of text to a unit. A node knows its own; a stretch is tied to `current`. */
export function placeOf(at: Node | Span, current: Unit | null): Place {
  const unit = "kind" in at ? unitOf(at) : current;
  const span = toSpan(at);
  const base = unit?.start ?? 0;
  return { unit, start: span.start - base, end: span.end - base };
}

/** Where a place is in the current version of the file. */
export function spanOfPlace(place: Place): Span {
  const base = place.unit?.start ?? 0;
  return { start: base + place.start, end: base + place.end };
}

/** Ties the places of a report that lie in this file to the unit that holds them. */
export function rawRelated(related: readonly ReportedPlace[], units: readonly Unit[]): readonly RawRelated[] {
  return related.map(({ path, span, node, message }) => {
    if (path !== undefined) return { path, place: placeOf(node ?? span, null), message };
    return { place: placeOf(span, innermostUnit(units, span.start)), message };
  });
}

/** The innermost unit at an absolute offset. Units stand in document order, a class before its body's. */
export function innermostUnit(units: readonly Unit[], offset: number): Unit | null {
  let found: Unit | null = null;
  for (const unit of units) {
    if (unit.start > offset) break;
    if (offset < unit.start + unit.text.length) found = unit;
  }
  return found;
}
