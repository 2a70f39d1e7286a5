/** The report for scripts. Fields are added to it, never renamed; `version` rises when one must change. */

import { countBySeverity, type Report, type ReportedPlace } from "./report.ts";

/** Lines and columns are counted from 1, columns in UTF-16 units, as editors do. */
export function formatJson(report: Report, version: string): string {
  const document = {
    version: 1,
    tool: { name: "stack-coach", version },
    summary: {
      files: report.filesChecked,
      findings: report.findings.length,
      bySeverity: Object.fromEntries(countBySeverity(report.findings)),
    },
    findings: report.findings.map((finding) => ({
      ...place(finding),
      rule: finding.rule.id,
      messageId: finding.messageId,
      message: finding.message,
      severity: finding.severity,
      confidence: finding.confidence,
      cwe: finding.rule.cwe,
      guide: finding.rule.guide,
      fix: finding.fixSafety,
      flow: finding.flow,
      related: finding.related.map((step) => ({ ...place(step), message: step.message })),
    })),
    skipped: report.skipped,
    syntaxErrors: report.broken.map(place),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function place({ path, cell, start, end }: ReportedPlace): Record<string, unknown> {
  return { path, ...(cell === null ? {} : { cell }), start, end };
}
