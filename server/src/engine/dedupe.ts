/** One node, one finding: of several findings at one place the most telling stays. */

import { type Confidence, type Finding, SEVERITIES } from "./finding.ts";
import type { AnyRule } from "./rule.ts";

const CONFIDENCE_ORDER: readonly Confidence[] = ["low", "medium", "high"];

/**
 * Drops findings that a rule at the same place supersedes by name, then all but one of those on exactly the
 * same stretch of text: a flow beats a habit, then severity, confidence and the order of the registry decide.
 */
export function dropDuplicates(findings: readonly Finding[], rules: readonly AnyRule[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const order = new Map(rules.map((rule, index) => [rule.id, index]));
  const silences = new Map(rules.map((rule) => [rule.id, rule.supersedes ?? []]));
  const strong = findings.filter((finding) => (silences.get(finding.ruleId) ?? []).length > 0);
  const kept = findings.filter(
    (finding) =>
      !strong.some(
        (other) => silences.get(other.ruleId)?.includes(finding.ruleId) === true && overlap(other, finding),
      ),
  );
  const best = new Map<string, Finding>();
  for (const finding of kept) {
    const place = `${finding.span.start}:${finding.span.end}`;
    const rival = best.get(place);
    if (rival === undefined || compare(finding, rival, order) < 0) best.set(place, finding);
  }
  return kept.filter((finding) => best.get(`${finding.span.start}:${finding.span.end}`) === finding);
}

/** True where one span holds the other. */
function overlap({ span: a }: Finding, { span: b }: Finding): boolean {
  return (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
}

function compare(a: Finding, b: Finding, order: ReadonlyMap<string, number>): number {
  return (
    Number(b.flow) - Number(a.flow) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    CONFIDENCE_ORDER.indexOf(b.confidence) - CONFIDENCE_ORDER.indexOf(a.confidence) ||
    (order.get(a.ruleId) ?? 0) - (order.get(b.ruleId) ?? 0)
  );
}
