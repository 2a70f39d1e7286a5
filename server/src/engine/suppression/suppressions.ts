/** Which findings the comments of a file mute or lower, and by which comment. */

import type { SyntaxTree } from "../../syntax/tree.ts";
import { spanOf } from "../../syntax/tree.ts";
import { RUFF_RULE_NAMES } from "../config/ruff-codes.ts";
import type { Finding } from "../finding.ts";
import type { AnyRule } from "../rule.ts";
import { type Directive, readDirectives } from "./comments.ts";
import { type LineRange, type SourceLines, sourceLines } from "./lines.ts";
import { BANDIT_NAMES, PYLINT_NAMES } from "./other-names.ts";

/** A comment and the lines that it takes effect on. */
export interface Suppression {
  readonly directive: Directive;
  /** Counted from 0, both ends included; null: the whole file. */
  readonly lines: LineRange | null;
  /** True where a finding's last line counts as well as its first: comments of flake8's kind. */
  readonly physical: boolean;
  /** The codes that these lines hold for: a range may end sooner for some. Null for a blanket one. */
  readonly codes: readonly string[] | null;
}

/** The suppressions of a file, computed from the tree alone; null where it has none. */
export type SuppressionTable = {
  readonly suppressions: readonly Suppression[];
  readonly lines: SourceLines;
} | null;

export interface Sifted {
  readonly findings: readonly Finding[];
  readonly muted: readonly { readonly finding: Finding; readonly by: Suppression }[];
}

/** Reads the suppression comments of a file. */
export function readSuppressions(tree: SyntaxTree): SuppressionTable {
  const directives = tree.comments.flatMap(readDirectives);
  if (directives.length === 0) return null;
  const lines = sourceLines(tree);
  const suppressions = directives.flatMap((directive) => reachOf(directive, directives, lines, tree));
  return { suppressions, lines };
}

export interface SiftOptions {
  ruleOf(id: string): AnyRule | undefined;
  /** `YYYY-MM-DD`, or null where it is not known: then comments with a date hold. */
  readonly today: string | null;
  /** A copy of a finding, as a hint. */
  lower(finding: Finding): Finding;
}

/**
 * Takes out what is muted and lowers what a blanket waiver may not hide. A flow is muted at its sink or at its
 * source.
 */
export function sift(findings: readonly Finding[], table: SuppressionTable, options: SiftOptions): Sifted {
  if (table === null) return { findings, muted: [] };
  const kept: Finding[] = [];
  const muted: { finding: Finding; by: Suppression }[] = [];
  for (const finding of findings) {
    const rule = options.ruleOf(finding.ruleId);
    const hits = rule === undefined ? [] : hitsOf(finding, rule, table, options.today);
    const mute = hits.find((hit) => hit.effect === "mute");
    if (mute !== undefined) muted.push({ finding, by: mute.by });
    else kept.push(hits.length === 0 ? finding : options.lower(finding));
  }
  return { findings: kept, muted };
}

interface Hit {
  readonly effect: "mute" | "hint";
  readonly by: Suppression;
}

function hitsOf(
  finding: Finding,
  rule: AnyRule,
  table: NonNullable<SuppressionTable>,
  today: string | null,
): readonly Hit[] {
  return table.suppressions.flatMap((by) => {
    if (!reaches(by, finding, table.lines) || isExpired(by.directive, today)) return [];
    const effect = effectOn(rule, by);
    return effect === null ? [] : [{ effect, by }];
  });
}

function isExpired({ until }: Directive, today: string | null): boolean {
  return until !== null && today !== null && until < today;
}

function reaches(suppression: Suppression, finding: Finding, lines: SourceLines): boolean {
  const { lines: range } = suppression;
  if (range === null) return true;
  const source = finding.flow ? finding.related[0] : undefined;
  const places = source === undefined || source.path !== undefined ? [finding] : [finding, source];
  return places.some(({ span }) => {
    const first = lines.lineAt(span.start);
    if (!suppression.physical) return range.first <= first && first <= range.last;
    const last = lines.lineAt(Math.max(span.start, span.end - 1));
    return [first, last, lines.commentLine(first), lines.commentLine(last)].includes(range.first);
  });
}

/** Sections whose rules a bare `# nosec` speaks of, where they carry a CWE. */
const SECURITY_SECTIONS: ReadonlySet<string> = new Set([
  "security",
  "secrets",
  "django",
  "flask",
  "fastapi",
  "apis",
  "ai",
]);

function effectOn(rule: AnyRule, { directive, codes }: Suppression): Hit["effect"] | null {
  if (codes !== null) return codes.some((code) => names(code, rule, directive)) ? "mute" : null;
  if (directive.form === "nosec") {
    return rule.cwe.length > 0 && SECURITY_SECTIONS.has(rule.section) ? "mute" : null;
  }
  if (directive.reach === "line") return rule.survivesBlanketNoqa === true ? "hint" : "mute";
  // A waiver for a whole file may not hide what is not about style.
  const grave = rule.flagship === true || rule.section === "security" || rule.section === "secrets";
  return grave || rule.survivesBlanketNoqa === true ? "hint" : "mute";
}

/** True where a listed code, name or id means a rule. */
function names(code: string, rule: AnyRule, { form, tools }: Directive): boolean {
  if (form === "coach") {
    return code === rule.id || code === `${rule.section}.*` || code === `${rule.section}/*`;
  }
  if (form === "pylint" && code === "all") return true;
  const known =
    RUFF_RULE_NAMES.get(code) ?? BANDIT_NAMES.get(code) ?? PYLINT_NAMES.get(code) ?? code.toUpperCase();
  return tools.some((tool) => rule.equivalents[tool]?.some((own) => isPrefix(known, own)) === true);
}

/** `S6` means `S608`, but `S` does not mean `SIM115`. */
function isPrefix(listed: string, code: string): boolean {
  return code.startsWith(listed) && /^[A-Z]+/.exec(listed)?.[0] === /^[A-Z]+/.exec(code)?.[0];
}

function reachOf(
  directive: Directive,
  all: readonly Directive[],
  lines: SourceLines,
  tree: SyntaxTree,
): readonly Suppression[] {
  const line = lines.lineAt(directive.comment.start);
  const { codes } = directive;
  const on = (range: LineRange | null, physical = false): readonly Suppression[] => [
    { directive, lines: range, physical, codes },
  ];
  const only = { first: line, last: line };
  switch (directive.reach) {
    case "file":
      return on(null);
    case "file-head":
      return isAtHead(directive, tree) ? on(null) : [];
    case "line":
      return on(only, true);
    case "next-line":
      return on({ first: line + 1, last: line + 1 });
    case "logical":
      return on(ownLogical(line, lines) ?? nextLogical(line, lines) ?? only);
    case "line-or-next":
      return ownLogical(line, lines) === null ? on(nextLogical(line, lines) ?? only) : on(only, true);
    case "pylint":
      return pylintReach(directive, all, lines, line);
    case "range-start":
      return ranges(directive, all, lines, line, lines.endOfBlock(line));
    case "range-end":
      return [];
  }
}

/** The logical line that a comment is part of: behind code, or between its lines. */
function ownLogical(line: number, lines: SourceLines): LineRange | null {
  const found = lines.logicalAt(line);
  if (found === undefined) return null;
  const standsAlone = /^\s*#/.test(lines.textOf(line));
  return standsAlone && (line < found.first || line >= found.last) ? null : found;
}

function nextLogical(line: number, lines: SourceLines): LineRange | null {
  return lines.logicalFrom(line + 1) ?? null;
}

function pylintReach(
  directive: Directive,
  all: readonly Directive[],
  lines: SourceLines,
  line: number,
): readonly Suppression[] {
  if (/^\s*#/.test(lines.textOf(line))) return ranges(directive, all, lines, line, lines.endOfBlock(line));
  const statement = lines.logicalAt(line);
  const last = statement?.compound === true ? statement.lastOfBlock : (statement?.last ?? line);
  const range = { first: statement?.first ?? line, last };
  return [{ directive, lines: range, physical: false, codes: directive.codes }];
}

/** One range for each code: each ends where it is enabled again, or with the block. */
function ranges(
  directive: Directive,
  all: readonly Directive[],
  lines: SourceLines,
  first: number,
  endOfBlock: number,
): readonly Suppression[] {
  return (directive.codes ?? []).map((code) => {
    const end = all.find(
      (other) =>
        other.reach === "range-end" &&
        other.form === directive.form &&
        other.comment.start > directive.comment.start &&
        other.codes?.includes(code) === true,
    );
    const last = end === undefined ? endOfBlock : Math.min(endOfBlock, lines.lineAt(end.comment.start));
    return { directive, lines: { first, last }, physical: false, codes: [code] };
  });
}

/** True for a comment above all code; a docstring may stand above it. */
function isAtHead({ comment }: Directive, tree: SyntaxTree): boolean {
  const [first, second] = tree.module.body;
  const isDocstring = first?.kind === "Expr" && first.value.kind === "Constant";
  const code = isDocstring ? second : first;
  return code === undefined || comment.start < spanOf(code).start;
}
