/** Builds what the other layers see of a file from its units: the tree, all comments and all errors. */

import type { Comment, Span, SyntaxTree } from "./tree.ts";
import type { Cut } from "./units.ts";

/** The tree of a file that is cut into units. */
export function buildTree(text: string, cut: Cut): SyntaxTree {
  let comments: readonly Comment[] | null = null;
  return {
    text,
    module: cut.module,
    units: cut.records.map((record) => record.unit),
    // Most edits are looked at through the units that they changed; the whole list is made when it is asked for.
    get comments() {
      comments ??= allComments(text, cut);
      return comments;
    },
    errors: allErrors(cut),
  };
}

function allComments(text: string, cut: Cut): Comment[] {
  const all: Comment[] = [];
  const { comments } = cut.loose;
  for (let at = 0; at < comments.length; at += 2) {
    const start = comments[at] ?? 0;
    const end = comments[at + 1] ?? 0;
    all.push({ start, end, text: text.slice(start, end) });
  }
  for (const { unit } of cut.records) {
    for (const comment of unit.comments) {
      all.push({ start: unit.start + comment.start, end: unit.start + comment.end, text: comment.text });
    }
  }
  return all.sort((a, b) => a.start - b.start);
}

function allErrors(cut: Cut): Span[] {
  const all: Span[] = [];
  const { errors } = cut.loose;
  for (let at = 0; at < errors.length; at += 2)
    all.push({ start: errors[at] ?? 0, end: errors[at + 1] ?? 0 });
  for (const { unit, errors: inner } of cut.records) {
    for (let at = 0; at < inner.length; at += 2) {
      all.push({ start: unit.start + (inner[at] ?? 0), end: unit.start + (inner[at + 1] ?? 0) });
    }
  }
  return all.sort((a, b) => a.start - b.start || a.end - b.end);
}
