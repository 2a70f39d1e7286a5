/** Findings on request, of open and of closed files: for reports and for tools that are no editor. */

/** As in LSP: lines and characters from 0, in UTF-16 units. */
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export const SEVERITY_NAMES = ["error", "warning", "information", "hint"] as const;
export type SeverityName = (typeof SEVERITY_NAMES)[number];

/** Client to server: what is found in files and below folders; honours cancellation. */
export const FINDINGS_REQUEST = "stackCoach/findings";
export interface FindingsParams {
  /** Files and folders; left out: the whole workspace. */
  readonly uris?: readonly string[];
  /** True for those on lines that differ from the last commit only. */
  readonly changedOnly?: boolean;
}
export interface FindingsResult {
  readonly files: readonly FileFindings[];
  /** Files that were looked at. */
  readonly checked: number;
  /** Files and folders that could not be looked at, with the reason. */
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
  /** True where the request was cancelled: the rest is missing. */
  readonly cancelled: boolean;
}
export interface FileFindings {
  readonly uri: string;
  readonly findings: readonly ToldFinding[];
}
export interface ToldFinding {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: SeverityName;
  readonly message: string;
  readonly range: PlainRange;
  /** `page#anchor`. */
  readonly guide: string;
  /** The steps of a flow, its source first. */
  readonly steps: readonly { readonly uri: string; readonly range: PlainRange; readonly message: string }[];
}
