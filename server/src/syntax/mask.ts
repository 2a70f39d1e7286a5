/**
 * Makes defaults of type parameters (`class A[T = int]`, Python 3.13) readable for a grammar that does not know
 * them: it gets to see `:` in place of their `=`. The text that is shown, cut and lowered keeps the `=`.
 */

import type { TextEdit } from "./tree.ts";

const TYPE_PARAMETERS = /\b(?:class|def|type)[ \t]+[^\s\d()[\]{}.,:;=#'"]+[ \t]*\[/g;
/** Longer lists do not occur; an unclosed bracket must not make us look through the whole file. */
const MAX_LENGTH = 1000;

/** Offsets of the `=` of all defaults of type parameters, in order. */
export function defaultsOfTypeParameters(text: string): readonly number[] {
  const found: number[] = [];
  for (const match of text.matchAll(TYPE_PARAMETERS)) {
    addDefaults(text, match.index + match[0].length, found);
  }
  return found;
}

/** The same after edits of a text, given what it had before them. */
export function defaultsAfter(
  before: readonly number[],
  edits: readonly TextEdit[],
  text: string,
): readonly number[] {
  // Nearly no file has any, and then only one near an edit can be new.
  if (before.length > 0 || edits.some((edit) => hasDefaultsNear(text, edit, edits))) {
    return defaultsOfTypeParameters(text);
  }
  return before;
}

function hasDefaultsNear(text: string, edit: TextEdit, edits: readonly TextEdit[]): boolean {
  let start = edit.start;
  for (const other of edits) {
    if (other.start < edit.start) start += other.text.length - (other.end - other.start);
  }
  const from = text.lastIndexOf("\n", start - MAX_LENGTH) + 1;
  const near = text.slice(from, start + edit.text.length + MAX_LENGTH);
  return defaultsOfTypeParameters(near).length > 0;
}

/** Adds the `=` that stand directly in the brackets opened before `from`, if they are closed. */
function addDefaults(text: string, from: number, found: number[]): void {
  const inside: number[] = [];
  let depth = 1;
  const end = Math.min(text.length, from + MAX_LENGTH);
  for (let at = from; at < end; at++) {
    const char = text[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    else if (char === "=" && depth === 1 && isAlone(text, at)) inside.push(at);
    if (depth === 0) {
      found.push(...inside);
      return;
    }
  }
}

/** Whether a `=` is no part of `==`, `<=`, `:=` and the like. */
function isAlone(text: string, at: number): boolean {
  return text[at + 1] !== "=" && !"=<>!:".includes(text[at - 1] ?? "");
}

/** The text as the grammar is to see it. */
export function maskText(text: string, offsets: readonly number[]): string {
  if (offsets.length === 0) return text;
  let masked = "";
  let from = 0;
  for (const at of offsets) {
    masked += `${text.slice(from, at)}:`;
    from = at + 1;
  }
  return masked + text.slice(from);
}

/** Whether the masks of two versions say the same of all text that the edits between them did not touch. */
export function masksAgree(
  before: readonly number[],
  after: readonly number[],
  edits: readonly TextEdit[],
): boolean {
  if (before.length === 0 && after.length === 0) return true;
  const moved: number[] = [];
  const inserted: { readonly start: number; readonly end: number }[] = [];
  let delta = 0;
  let next = 0;
  for (const edit of [
    ...edits,
    { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY, text: "" },
  ]) {
    for (; next < before.length && (before[next] ?? 0) < edit.start; next++)
      moved.push((before[next] ?? 0) + delta);
    while (next < before.length && (before[next] ?? 0) < edit.end) next++;
    inserted.push({ start: edit.start + delta, end: edit.start + delta + edit.text.length });
    delta += edit.text.length - (edit.end - edit.start);
  }
  const kept = after.filter((at) => !inserted.some(({ start, end }) => at >= start && at < end));
  return kept.length === moved.length && kept.every((at, index) => at === moved[index]);
}
