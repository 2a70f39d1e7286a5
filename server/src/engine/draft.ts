/**
 * Drafts: text that was typed into one unit and that breaks it. Nothing new can be said of a file while a unit of it
 * is broken, so that reading the whole of it, which costs the parser's recovery about as much as a full parse, is put
 * off until the unit is sound again or somebody asks for the tree.
 */

import { difference } from "../base/text.ts";
import type { PythonParser } from "../syntax/parser.ts";
import type { Span, SyntaxTree, TextEdit, Unit } from "../syntax/tree.ts";
import { isBroken } from "./carry.ts";
import { shiftSpan } from "./edits.ts";
import type { Sifted } from "./suppression/suppressions.ts";

/** What was typed into one unit since a sound tree was read. */
export interface Draft {
  /** The whole text of the file as it is now. */
  readonly text: string;
  /** All edits since the tree, one after the other. */
  readonly edits: readonly TextEdit[];
  /** Where the lines of the unit are now, from the unit's start to the end of its last line. */
  readonly span: Span;
  /** The indentation of the unit. */
  readonly indent: string;
}

/** Only where reading a unit costs a small part of what reading the file costs is it worth to read it twice. */
const WORTHWHILE = 8;
/** More edits than this are not carried along: the tree is then too far away. */
const MAX_EDITS = 200;
/** Blank, or a comment: what may stand behind a statement on its line. */
const NOTHING_ELSE = /^[ \t]*(?:#.*)?$/;

/**
 * The draft that edits lead to: they all lie in the lines of one unit of a sound tree, and break it. Null where the
 * file is to be read now.
 *
 * @param before the draft so far, or null where the text is still that of the tree
 * @param text the whole text after the edits
 */
export function nextDraft(
  tree: SyntaxTree,
  before: Draft | null,
  edits: readonly TextEdit[],
  text: string,
  parser: PythonParser,
): Draft | null {
  const [first] = edits;
  if (first === undefined) return null;
  const from = before ?? startDraft(tree, first);
  if (from === null || from.edits.length + edits.length > MAX_EDITS) return null;
  let { start, end } = from.span;
  for (const edit of edits) {
    if (edit.start < start || edit.end > end) return null;
    end += edit.text.length - (edit.end - edit.start);
  }
  const { indent } = from;
  // Inside of something indented, so that an `else` finds the column of its `if`.
  const alone = `${indent === "" ? "" : "class _:\n"}${indent}${text.slice(start, end)}\n`;
  if (!parser.breaksOn(alone)) return null;
  return { text, edits: [...from.edits, ...edits], span: { start, end }, indent };
}

/** A draft without edits yet, over the unit that an edit stands in. */
function startDraft(tree: SyntaxTree, edit: TextEdit): Draft | null {
  const unit = unitAround(tree.units, edit.start);
  const { text } = tree;
  if (unit === null || unit.text.length * WORTHWHILE > text.length || isBroken(tree)) return null;
  const indent = text.slice(text.lastIndexOf("\n", unit.start - 1) + 1, unit.start);
  if (!/^[ \t]*$/.test(indent)) return null;
  const last = unit.start + unit.text.length;
  const newline = text.indexOf("\n", last);
  const end = newline < 0 ? text.length : newline;
  if (!NOTHING_ELSE.test(text.slice(last, end))) return null;
  return { text, edits: [], span: { start: unit.start, end }, indent };
}

/** The function or statement that starts last before an offset. */
function unitAround(units: readonly Unit[], offset: number): Unit | null {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle] as Unit).start <= offset) low = middle + 1;
    else high = middle;
  }
  const unit = units[low - 1];
  return unit === undefined || unit.kind === "class" ? null : unit;
}

/** A draft as one edit of the tree's text; null where it is that text again. */
export function editOfDraft(tree: SyntaxTree, { text, span }: Draft): TextEdit | null {
  const end = span.end + tree.text.length - text.length;
  const change = difference(tree.text.slice(span.start, end), text.slice(span.start, span.end));
  if (change === null) return null;
  return { start: span.start + change.start, end: span.start + change.end, text: change.text };
}

/** What was said of the tree's text, at the places where it stands now. */
export function shiftSifted({ findings, muted }: Sifted, edits: readonly TextEdit[]): Sifted {
  const shifted = (finding: Sifted["findings"][number]) => ({
    ...finding,
    span: shiftSpan(finding.span, edits),
    related: finding.related.map((related) =>
      related.path === undefined ? { ...related, span: shiftSpan(related.span, edits) } : related,
    ),
  });
  const stands = ({ span }: { readonly span: Span }) => span.end > span.start;
  return {
    findings: findings.map(shifted).filter(stands),
    muted: muted
      .map((entry) => ({ ...entry, finding: shifted(entry.finding) }))
      .filter(({ finding }) => stands(finding)),
  };
}
