/**
 * Last good findings: what a unit said before it broke stays until it parses again, so that nothing blinks
 * while somebody types inside it or above it.
 */

import type { Span, SyntaxTree, TextEdit, Unit } from "../syntax/tree.ts";
import { shiftSpan } from "./edits.ts";
import { type RawFinding, spanOfPlace } from "./raw.ts";

/** A unit that parsed, what it said, and where all of that is now. */
export interface LastGood {
  /** Kind and qualified path, see `unitIdentities`; worked out when somebody asks, which is in broken code only. */
  identity(): string;
  readonly named: boolean;
  readonly span: Span;
  readonly text: string;
  /** Places are absolute (tied to no unit). */
  readonly findings: readonly RawFinding[];
}

/** Names each unit by its kind and qualified path, with a count where a path stands twice (overloads). */
export function unitIdentities(units: readonly Unit[]): ReadonlyMap<Unit, string> {
  const identities = new Map<Unit, string>();
  const seen = new Map<string, number>();
  for (const unit of units) {
    const path = qualifiedPath(unit);
    const count = seen.get(path) ?? 0;
    seen.set(path, count + 1);
    identities.set(unit, `${path}#${count}`);
  }
  return identities;
}

function qualifiedPath(unit: Unit): string {
  const { root } = unit;
  const names: string[] = ["name" in root && typeof root.name === "string" ? root.name : `<${root.kind}>`];
  for (let at = root.parent; at !== null && at.kind === "ClassDef"; at = at.parent) names.push(at.name);
  return `${unit.kind} ${names.reverse().join(".")}`;
}

/** Ties findings to absolute places, so that they outlive their unit. */
export function detach(findings: readonly RawFinding[]): readonly RawFinding[] {
  const absolute = (place: RawFinding["place"]) => ({ unit: null, ...spanOfPlace(place) });
  return findings.map((finding) => ({
    ...finding,
    node: null,
    // The fix closes over nodes of a version that is gone.
    fix: null,
    place: absolute(finding.place),
    related: finding.related.map((related) =>
      related.path === undefined ? { ...related, place: absolute(related.place) } : related,
    ),
  }));
}

/** Moves last good units and their findings along with edits; what was deleted whole is dropped. */
export function shiftLastGood(entries: readonly LastGood[], edits: readonly TextEdit[]): readonly LastGood[] {
  return entries
    .map((entry) => ({
      ...entry,
      span: shiftSpan(entry.span, edits),
      findings: shiftFindings(entry.findings, edits),
    }))
    .filter(({ span }) => span.end > span.start);
}

/** Moves detached findings along with edits. */
export function shiftFindings(
  findings: readonly RawFinding[],
  edits: readonly TextEdit[],
): readonly RawFinding[] {
  return findings
    .map((finding) => ({ ...finding, place: { unit: null, ...shiftSpan(finding.place, edits) } }))
    .filter(({ place }) => place.end > place.start);
}

/** True where some of the file could not be read. */
export function isBroken(tree: SyntaxTree): boolean {
  return tree.errors.length > 0 || tree.units.some((unit) => unit.broken);
}

/** The entries that a broken tree hides, with the findings of theirs that still have a place in it. */
export function hiddenByErrors(entries: readonly LastGood[], tree: SyntaxTree): readonly LastGood[] {
  if (entries.length === 0) return [];
  const good = tree.units.filter((unit) => !unit.broken);
  const identities = unitIdentities(tree.units);
  const goodIdentities = new Set(good.map((unit) => identities.get(unit)));
  return entries.flatMap((entry) => {
    if (entry.named && goodIdentities.has(entry.identity())) return [];
    // An unclosed quote turns whole functions into the text of a string: they are still there, word for word.
    if (tree.text.slice(entry.span.start, entry.span.end) === entry.text) {
      return covers(good, entry) ? [] : [entry];
    }
    const findings = entry.findings.filter(
      ({ place }) => !good.some((unit) => unit.kind !== "class" && contains(unit, place)),
    );
    return findings.length > 0 ? [{ ...entry, findings }] : [];
  });
}

/** True where the entry is one of the good units again, under whatever identity. */
function covers(good: readonly Unit[], entry: LastGood): boolean {
  return good.some((unit) => unit.start === entry.span.start && unit.text === entry.text);
}

function contains(unit: Unit, place: Span): boolean {
  return unit.start <= place.start && place.end <= unit.start + unit.text.length;
}

/**
 * True where a finding in a broken unit may show although the unit never parsed: the statement that it stands
 * in neither holds nor touches what the parser stumbled over.
 */
export function clearOfErrors(finding: RawFinding, errors: readonly Span[]): boolean {
  let statement = finding.node;
  while (statement !== null && !("unit" in statement)) statement = statement.parent;
  const span = spanOfPlace(finding.place);
  const base = finding.place.unit?.start ?? 0;
  const start = statement === null ? span.start : Math.min(span.start, base + statement.start);
  const end = statement === null ? span.end : Math.max(span.end, base + statement.end);
  return !errors.some((error) => error.start <= end && start <= error.end);
}
