/** Findings as LSP diagnostics, with only what the client understands. */

import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
} from "vscode-languageserver";
import type { Finding, Severity } from "../engine/finding.ts";
import type { AnyRule, FindingTag } from "../engine/rule.ts";
import type { Span } from "../syntax/tree.ts";
import type { DocumentPlace } from "./documents.ts";
import type { GuideLinks } from "./links.ts";
import { uriOf } from "./paths.ts";
import type { ClientTraits } from "./traits.ts";

/** The `source` of all our diagnostics. */
export const SOURCE = "Stack Coach";

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAG: Readonly<Record<FindingTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

export interface DiagnosticContext {
  readonly traits: ClientTraits;
  readonly links: GuideLinks;
  readonly rules: ReadonlyMap<string, AnyRule>;
  /** The text of another file that a finding points into; null where it is not at hand. */
  readonly placeIn?: (path: string, span: Span) => DocumentPlace | null;
}

/** A finding and the document that shows it. */
export interface PlacedDiagnostic {
  readonly uri: string;
  readonly diagnostic: Diagnostic;
  readonly finding: Finding;
}

/** @param place maps a stretch of the analysed text to the client's terms; findings without a place are left out. */
export function toDiagnostics(
  findings: readonly Finding[],
  place: (span: Span) => DocumentPlace | null,
  context: DiagnosticContext,
): readonly PlacedDiagnostic[] {
  return findings.flatMap((finding) => {
    const at = place(finding.span);
    if (at === null) return [];
    return [{ uri: at.uri, finding, diagnostic: toDiagnostic(finding, at.range, place, context) }];
  });
}

function toDiagnostic(
  finding: Finding,
  range: Range,
  place: (span: Span) => DocumentPlace | null,
  context: DiagnosticContext,
): Diagnostic {
  const { traits, links } = context;
  const rule = context.rules.get(finding.ruleId);
  const href = rule === undefined || !traits.codeDescription ? null : links.uri(rule.guide);
  const tags = (rule?.tags ?? []).map((tag) => TAG[tag]).filter((tag) => traits.diagnosticTags.has(tag));
  const related = traits.relatedInformation ? relatedInformation(finding, place, context) : [];
  return {
    range,
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.ruleId,
    message: finding.message,
    ...(tags.length === 0 ? {} : { tags }),
    ...(href === null ? {} : { codeDescription: { href } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

function relatedInformation(
  finding: Finding,
  place: (span: Span) => DocumentPlace | null,
  context: DiagnosticContext,
): DiagnosticRelatedInformation[] {
  return finding.related.flatMap(({ path, span, message }) => {
    const at = path === undefined ? place(span) : (context.placeIn?.(path, span) ?? startOf(path));
    return at === null ? [] : [{ location: { uri: at.uri, range: at.range }, message }];
  });
}

/** A file whose text is not at hand can still be named. */
function startOf(path: string): DocumentPlace {
  return { uri: uriOf(path), range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
}
