/** Edits of whole statements that keep the indentation around them, for fixes. */

import type { Stmt } from "../syntax/ast.ts";
import { type Span, spanOf } from "../syntax/tree.ts";
import type { SourceEdits } from "./edits.ts";
import { blockOf, visit } from "./search.ts";

/** The line break that the file uses. */
export function newlineOf(source: string): string {
  return source.includes("\r\n") ? "\r\n" : "\n";
}

/** The white space before a statement, or null where something else stands before it on its line. */
export function indentOf(source: string, statement: Stmt): string | null {
  const { start } = spanOf(statement);
  const before = source.slice(source.lastIndexOf("\n", start - 1) + 1, start);
  return /^[ \t]*$/.test(before) ? before : null;
}

/** The end of the line that an offset stands on, its line break left out. */
export function endOfLine(source: string, offset: number): number {
  const lineBreak = source.indexOf("\n", offset);
  if (lineBreak === -1) return source.length;
  return source[lineBreak - 1] === "\r" ? lineBreak - 1 : lineBreak;
}

/** True where nothing but white space or a comment follows a statement on its last line. */
export function endsItsLine(source: string, statement: Stmt): boolean {
  const { end } = spanOf(statement);
  return /^[ \t]*(?:#.*)?$/.test(source.slice(end, endOfLine(source, end)));
}

/** Puts lines before a statement, at its indentation. Returns false where the statement does not start its line. */
export function insertLinesBefore(edits: SourceEdits, statement: Stmt, lines: readonly string[]): boolean {
  const indent = indentOf(edits.source, statement);
  if (indent === null) return false;
  const newline = newlineOf(edits.source);
  const text = lines.map((line) => `${line}${newline}${indent}`).join("");
  edits.insertBefore(statement, text);
  return true;
}

/** Replaces a statement by lines at its indentation. Returns false where it shares its line with others. */
export function replaceByLines(edits: SourceEdits, statement: Stmt, lines: readonly string[]): boolean {
  const indent = indentOf(edits.source, statement);
  if (indent === null || !endsItsLine(edits.source, statement)) return false;
  edits.replace(statement, lines.join(`${newlineOf(edits.source)}${indent}`));
  return true;
}

/**
 * Removes statements that follow each other (or one), with their lines; where nothing else is left of their
 * block, `pass` takes their place. Returns false where they stand in no list of statements.
 */
export function removeStatements(edits: SourceEdits, first: Stmt, last: Stmt = first): boolean {
  const { source } = edits;
  const block = blockOf(first);
  if (block === undefined) return false;
  const span = { start: spanOf(first).start, end: spanOf(last).end };
  const count = block.indexOf(last) - block.indexOf(first) + 1;
  if (block.length === count && first.parent?.kind !== "Module") {
    edits.replace(span, "pass");
    return true;
  }
  edits.remove(wholeLines(source, first, last) ?? withSeparator(source, span));
  return true;
}

function wholeLines(source: string, first: Stmt, last: Stmt): Span | null {
  const indent = indentOf(source, first);
  if (indent === null || !endsItsLine(source, last)) return null;
  const lineBreak = source.indexOf("\n", spanOf(last).end);
  const start = spanOf(first).start - indent.length;
  return { start, end: lineBreak === -1 ? source.length : lineBreak + 1 };
}

/** The statement with the `;` that ties it to its neighbour on the line. */
function withSeparator(source: string, { start, end }: Span): Span {
  const after = /^[ \t]*;[ \t]*/.exec(source.slice(end));
  if (after !== null) return { start, end: end + after[0].length };
  const before = /;[ \t]*$/.exec(source.slice(0, start));
  return before === null ? { start, end } : { start: start - before[0].length, end };
}

/**
 * Moves statements that follow each other one level in. Returns false, with nothing recorded, where a line of
 * theirs is shared with others, or lies inside a string.
 */
export function indentBlock(edits: SourceEdits, block: readonly Stmt[]): boolean {
  const [first] = block;
  const last = block.at(-1);
  if (first === undefined || last === undefined) return false;
  const { source } = edits;
  if (indentOf(source, first) === null || !endsItsLine(source, last)) return false;
  if (block.some((statement) => hasLongString(source, statement))) return false;
  edits.insertBefore(first, "    ");
  const { end } = spanOf(last);
  for (let at = source.indexOf("\n", spanOf(first).start); at !== -1 && at < end; ) {
    const next = source.indexOf("\n", at + 1);
    const line = source.slice(at + 1, next === -1 ? source.length : next);
    if (line.trim() !== "") edits.insertBefore({ start: at + 1, end: at + 1 }, "    ");
    at = next;
  }
  return true;
}

/** True where a string in the statement goes over several lines: indenting could change its value. */
function hasLongString(source: string, statement: Stmt): boolean {
  let found = false;
  visit(statement, (node) => {
    if (node.kind !== "Constant" && node.kind !== "JoinedStr" && node.kind !== "TemplateStr") return !found;
    const { start, end } = spanOf(node);
    found ||= source.slice(start, end).includes("\n");
    return false;
  });
  return found;
}
