/** The report for people: each finding with its source line underlined, and a summary. */

import type { Severity } from "../engine/finding.ts";
import { countBySeverity, type Report, type ReportedFinding, type ReportedPlace } from "./report.ts";
import type { Style } from "./style.ts";
import { underline } from "./underline.ts";

const COLOURS = { error: "red", warning: "yellow", information: "blue", hint: "cyan" } as const;

/**
 * @param hidden how many findings below the printed severity there are beside those of the report
 */
export function formatText(report: Report, hidden: number, style: Style): string {
  const findings = report.findings.map((finding) => formatFinding(finding, style));
  return `${[...findings, summary(report, hidden, style)].join("\n")}\n`;
}

function formatFinding(finding: ReportedFinding, style: Style): string {
  const { severity, rule, message, start } = finding;
  const place = style("bold", formatPlace(finding));
  const head = `${place}: ${style(COLOURS[severity], severity)} ${style("bold", rule.id)}: ${message}`;
  const endColumn = finding.end.line === start.line ? finding.end.column : Number.POSITIVE_INFINITY;
  const { source, marks } = underline(finding.source, start.column - 1, endColumn - 1);
  const number = String(start.line).padStart(5);
  const bar = style("dim", "|");
  const lines = [
    head,
    `${style("dim", number)} ${bar} ${source}`,
    `      ${bar} ${style(COLOURS[severity], marks)}`,
    ...finding.related.map((step) => `      ${style("dim", "=")} ${formatPlace(step)}: ${step.message}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** `path:line:column`, which terminals turn into links; a cell stands before the line. */
export function formatPlace({ path, cell, start }: ReportedPlace): string {
  return `${path}:${cell === null ? "" : `cell ${cell}:`}${start.line}:${start.column}`;
}

/** What is to be said of a file that does not parse. */
export function brokenLine(place: ReportedPlace): string {
  return `${formatPlace(place)}: This does not parse; the code around it was not checked.`;
}

function summary(report: Report, hidden: number, style: Style): string {
  const { findings, filesChecked, skipped, broken } = report;
  const files = plural(filesChecked, "file");
  const seconds = `${(report.elapsedMs / 1000).toFixed(1)} s`;
  const aside = [
    hidden > 0 ? `${plural(hidden, "finding")} below the printed severity` : "",
    skipped.length > 0 ? `${plural(skipped.length, "file")} left out` : "",
    broken.length > 0 ? `${plural(broken.length, "file")} did not parse in full` : "",
  ].filter((part) => part !== "");
  const rest = aside.length === 0 ? "" : `; ${aside.join(", ")}`;
  if (findings.length === 0) return `${style("bold", "No findings")} in ${files} (${seconds}${rest}).`;
  const counts = countBySeverity(findings).map(([severity, count]) => countOf(severity, count));
  const affected = new Set(findings.map(({ path }) => path)).size;
  return [
    `${style("bold", plural(findings.length, "finding"))} (${counts.join(", ")}) in ${affected} of ${files} (${seconds}${rest}).`,
    style("dim", "stack-coach explain RULE says why, how to fix it, and when it is fine."),
  ].join("\n");
}

function countOf(severity: Severity, count: number): string {
  return severity === "information" ? `${count} information` : plural(count, severity);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
