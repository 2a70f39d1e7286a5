/** One node, one finding: of several findings at one place the most telling stays. */

import { type Confidence, type Finding, SEVERITIES } from "./finding.ts";
import type { AnyRule } from "./rule.ts";

const CONFIDENCE_ORDER: readonly Confidence[] = ["low", "medium", "high"];

/**
 * Creates the filter that drops findings which a rule at the same place supersedes by name, then all but one of
 * those on exactly the same stretch of text: a flow beats a habit, then severity, confidence and the order of the
 * registry decide.
 */
export function createDeduplication(
  rules: readonly AnyRule[],
): (findings: readonly Finding[]) => readonly Finding[] {
  const order = new Map(rules.map((rule, index) => [rule.id, index]));
  const silences = new Map(rules.map((rule) => [rule.id, rule.supersedes ?? []]));
  const silencesOf = (finding: Finding) => silences.get(finding.ruleId) ?? [];
  return (findings) => {
    if (findings.length < 2) return findings;
    const strong = findings.filter((finding) => silencesOf(finding).length > 0);
    const kept = findings.filter(
      (finding) =>
        !strong.some((other) => silencesOf(other).includes(finding.ruleId) && overlap(other, finding)),
    );
    const best = new Map<string, Finding>();
    for (const finding of kept) {
      const rival = best.get(placeOf(finding));
      if (rival === undefined || compare(finding, rival, order) < 0) best.set(placeOf(finding), finding);
    }
    return kept.filter((finding) => best.get(placeOf(finding)) === finding);
  };
}

function placeOf({ span }: Finding): string {
  return `${span.start}:${span.end}`;
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
