/** The report as workflow commands of GitHub Actions, which become annotations of a pull request. */

import type { Severity } from "../engine/finding.ts";
import type { Report, ReportedFinding } from "./report.ts";

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

export function formatGithub(report: Report): string {
  return report.findings.map((finding) => `${annotation(finding)}\n`).join("");
}

/** A notebook's file has no lines that match its cells: the annotation stands at its top and names the cell. */
function annotation({ path, cell, start, end, severity, rule, message }: ReportedFinding): string {
  const region =
    cell === null
      ? { line: start.line, endLine: end.line, col: start.column, endColumn: end.column }
      : { line: 1 };
  const properties = Object.entries({ file: path, ...region, title: rule.id })
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
    .join(",");
  const where = cell === null ? "" : `Cell ${cell}, line ${start.line}: `;
  return `::${LEVELS[severity]} ${properties}::${escapeData(where + message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
