/** Findings: what the engine says, in editor-neutral terms. */

import type { Span } from "../syntax/tree.ts";

export const SEVERITIES = ["hint", "information", "warning", "error"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Confidence = "low" | "medium" | "high";

/** A place in this or another file that belongs to a finding: a step of a flow, a sibling. */
export interface RelatedPlace {
  /** Absolute path, or undefined for the file of the finding. */
  readonly path?: string;
  readonly span: Span;
  readonly message: string;
}

export type FixSafety = "safe" | "unsafe";

/** A change of the file's text that mends a finding. Edits do not overlap; offsets are absolute. */
export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** True where `related` are the steps of a data flow, its source first; the finding itself is the sink. */
  readonly flow: boolean;
  /** The class of the fix that the engine can build for it (`Engine.fixes`); null where there is none. */
  readonly fixSafety: FixSafety | null;
}
