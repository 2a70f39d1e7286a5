/** A rule, findings and reports for the tests of the command line's pure part. */

import { createLineIndex } from "../../../server/src/cli/lines.ts";
import {
  filePlaces,
  type Report,
  type ReportedFinding,
  reportFinding,
} from "../../../server/src/cli/report.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import { type AnyRule, defineRule } from "../../../server/src/engine/rule.ts";

export function sampleRule(changes: Partial<AnyRule> = {}): AnyRule {
  const rule: AnyRule = defineRule({
    id: "call-without-limit",
    title: "Call without a limit",
    section: "apis",
    level: "must-have",
    severity: "warning",
    confidence: "high",
    cwe: [79],
    equivalents: { ruff: ["S113"], bandit: ["B113"] },
    guide: "apis#limits",
    messages: { bare: "This call has no limit." },
    docs: {
      why: "A call without a limit\nwaits for ever.\n\n- first point\n- second point",
      bad: "call()\n",
      good: "call(limit=3)\n",
      whenFine: "Never.",
      references: ["https://example.org/limits"],
    },
    fix: "unsafe",
    on: {},
  });
  return { ...rule, ...changes };
}

/** A finding on the first occurrence of `marked` in a text. */
export function sampleFinding(
  text: string,
  marked: string,
  changes: Partial<Finding> = {},
  rule: AnyRule = sampleRule(),
): ReportedFinding {
  const start = text.indexOf(marked);
  const finding: Finding = {
    ruleId: rule.id,
    messageId: "bare",
    message: "This call has no limit.",
    severity: "warning",
    confidence: "high",
    span: { start, end: start + marked.length },
    related: [],
    flow: false,
    fixSafety: "unsafe",
    ...changes,
  };
  return reportFinding(finding, rule, "shop/views.py", filePlaces(createLineIndex(text)), () => null);
}

export function sampleReport(findings: readonly ReportedFinding[], changes: Partial<Report> = {}): Report {
  const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()];
  return {
    rules,
    filesChecked: 4,
    findings,
    skipped: [],
    broken: [],
    elapsedMs: 1250,
    ...changes,
  };
}
