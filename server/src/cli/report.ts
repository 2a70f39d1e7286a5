/** What a check found, in the form that all formatters read. */

import {
  type Confidence,
  type Finding,
  type FixSafety,
  SEVERITIES,
  type Severity,
} from "../engine/finding.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { LineIndex, Place } from "./lines.ts";

/** A stretch of a file. `path` is relative to the working folder where it lies in it, with `/`. */
export interface ReportedPlace {
  readonly path: string;
  /** For a notebook: the code or text cell, counted from 1; the lines are the cell's own. */
  readonly cell: number | null;
  readonly start: Place;
  readonly end: Place;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: AnyRule;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly fixSafety: FixSafety | null;
  /** True where `related` are the steps of a data flow, its source first. */
  readonly flow: boolean;
  /** The line that the finding starts on. */
  readonly source: string;
  readonly related: readonly (ReportedPlace & { readonly message: string })[];
}

export interface SkippedFile {
  readonly path: string;
  /** One sentence. */
  readonly reason: string;
}

export interface Report {
  /** The rules that ran. */
  readonly rules: readonly AnyRule[];
  readonly filesChecked: number;
  /** By path in the order of the scan, then by place. */
  readonly findings: readonly ReportedFinding[];
  readonly skipped: readonly SkippedFile[];
  /** Places where a file does not parse, the first of each file: what lies around it was not checked. */
  readonly broken: readonly ReportedPlace[];
  readonly elapsedMs: number;
}

/** Maps places of a text that was analysed to the file that people know: a notebook's cells, or the file itself. */
export interface PlaceMap {
  locate(start: number, end: number): Omit<ReportedPlace, "path">;
  sourceAt(offset: number): string;
}

/** The map of a plain file. */
export function filePlaces(lines: LineIndex): PlaceMap {
  return {
    locate: (start, end) => ({ cell: null, start: lines.placeOf(start), end: lines.placeOf(end) }),
    sourceAt: (offset) => lines.textOf(lines.placeOf(offset).line),
  };
}

/** A finding with its lines and columns; `placesOf` answers for the other files that it touches. */
export function reportFinding(
  finding: Finding,
  rule: AnyRule,
  path: string,
  places: PlaceMap,
  placesOf: (path: string) => { readonly path: string; readonly places: PlaceMap } | null,
): ReportedFinding {
  const { start, end } = finding.span;
  return {
    rule,
    path,
    ...places.locate(start, end),
    messageId: finding.messageId,
    message: finding.message,
    severity: finding.severity,
    confidence: finding.confidence,
    fixSafety: finding.fixSafety,
    flow: finding.flow,
    source: places.sourceAt(start),
    related: finding.related.flatMap(({ path: other, span, message }) => {
      const found = other === undefined ? { path, places } : placesOf(other);
      return found === null
        ? []
        : [{ path: found.path, ...found.places.locate(span.start, span.end), message }];
    }),
  };
}

/** True where `severity` is as grave as `level`, or graver. */
export function reaches(severity: Severity, level: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(level);
}

/** 1 where a finding reaches the fail level, else 0. What is printed does not matter. */
export function exitCode(
  findings: readonly ReportedFinding[],
  failLevel: Severity,
  exitZero: boolean,
): 0 | 1 {
  return !exitZero && findings.some(({ severity }) => reaches(severity, failLevel)) ? 1 : 0;
}

/** The report with only the findings that are to be printed. */
export function visible(report: Report, minSeverity: Severity): Report {
  return { ...report, findings: report.findings.filter(({ severity }) => reaches(severity, minSeverity)) };
}

/** How many findings there are of each severity, gravest first, zeros left out. */
export function countBySeverity(
  findings: readonly ReportedFinding[],
): readonly (readonly [Severity, number])[] {
  return SEVERITIES.toReversed()
    .map(
      (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0);
}
