/** Finds ends of lines where Python ends a statement and the grammar, which takes them for spaces, does not. */

import { K, KIND_COUNT } from "../kinds.ts";
import { after, endOf, fail, kindOf, type Lowering, startOf } from "./context.ts";

/** Nodes in which a line may end: strings, and what stands in brackets. */
const MAY_SPAN_LINES = new Uint8Array(KIND_COUNT);
for (const kind of [
  K.string,
  K.argument_list,
  K.parameters,
  K.parenthesized_expression,
  K.parenthesized_list_splat,
  K.tuple,
  K.list,
  K.set,
  K.dictionary,
  K.list_comprehension,
  K.set_comprehension,
  K.dictionary_comprehension,
  K.generator_expression,
  K.list_pattern,
  K.tuple_pattern,
  K.type_parameter,
]) {
  MAY_SPAN_LINES[kind] = 1;
}

/** Statements that end with their line. */
const SIMPLE = new Uint8Array(KIND_COUNT);
for (const kind of [
  K.import_statement,
  K.future_import_statement,
  K.import_from_statement,
  K.print_statement,
  K.assert_statement,
  K.expression_statement,
  K.return_statement,
  K.delete_statement,
  K.raise_statement,
  K.global_statement,
  K.nonlocal_statement,
  K.type_alias_statement,
]) {
  SIMPLE[kind] = 1;
}

/** Whether a simple statement goes on after the end of its line: `x.` or `x =` and then the next line. */
export function runsOn(l: Lowering, row: number): boolean {
  return SIMPLE[kindOf(l, row)] === 1 && crossesLine(l, row, endOf(l, row));
}

/** Notes that the head of a compound statement, all before its `:`, goes on after the end of its line. */
export function checkHeader(l: Lowering, row: number): void {
  const last = after(l, row);
  let end = -1;
  for (let at = row + 1; at < last && kindOf(l, at) !== K.block; at = after(l, at)) end = endOf(l, at);
  if (end >= 0 && crossesLine(l, row, end)) fail(l, row);
}

/** Whether Python would end a line between the start of a row and an offset of the unit. */
function crossesLine(l: Lowering, row: number, end: number): boolean {
  const { source } = l;
  const start = startOf(l, row);
  const first = source.indexOf("\n", start);
  const lone = source.indexOf("\r", start);
  if ((first < 0 || first >= end) && (lone < 0 || lone >= end)) return false;
  const last = after(l, row);
  let at = start;
  let depth = 0;
  for (let inner = row + 1; inner < last && startOf(l, inner) < end; ) {
    if (MAY_SPAN_LINES[kindOf(l, inner)] !== 1) {
      inner++;
      continue;
    }
    depth = scan(source, at, startOf(l, inner), depth);
    if (depth < 0) return true;
    at = endOf(l, inner);
    inner = after(l, inner);
  }
  return scan(source, at, end, depth) < 0;
}

/** The count of brackets open at `to`, or -1 where a line ends outside of all of them. */
function scan(source: string, from: number, to: number, depthBefore: number): number {
  let depth = depthBefore;
  for (let at = from; at < to; at++) {
    const char = source[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    else if (char === "#") at = lineEnd(source, at) - 1;
    else if (char === "\\") at = afterContinuation(source, at) - 1;
    else if ((char === "\n" || char === "\r") && depth <= 0) return -1;
  }
  return Math.max(depth, 0);
}

function lineEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== "\n" && source[at] !== "\r") at++;
  return at;
}

function afterContinuation(source: string, backslash: number): number {
  const crlf = source[backslash + 1] === "\r" && source[backslash + 2] === "\n";
  return backslash + (crlf ? 3 : 2);
}

/** Whether something Python ends a statement with stands between two offsets. */
export function isSeparated(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const char = source[at];
    if (char === "\n" || char === "\r" || char === ";") return true;
  }
  return false;
}

/** The column at which a statement's line begins with it, tabs counted as Python does; -1 inside of a line. */
export function columnOf(source: string, start: number): number {
  let from = start;
  while (from > 0 && isIndent(source.charCodeAt(from - 1))) from--;
  const before = source[from - 1];
  if (from > 0 && before !== "\n" && before !== "\r") return -1;
  let column = 0;
  for (let at = from; at < start; at++) {
    const code = source.charCodeAt(at);
    if (code === TAB) column = (Math.floor(column / 8) + 1) * 8;
    else if (code === SPACE) column++;
    else if (code === FORM_FEED) column = 0;
  }
  return column;
}

/** Whether a line between two offsets begins further left than a column; blank lines and comments do not count. */
export function reachesLeft(source: string, from: number, to: number, column: number): boolean {
  for (let at = source.indexOf("\n", from); at >= 0 && at < to; at = source.indexOf("\n", at + 1)) {
    let first = at + 1;
    while (first < to && isIndent(source.charCodeAt(first))) first++;
    const char = source[first];
    if (first < to && char !== "\n" && char !== "\r" && char !== "#" && columnOf(source, first) < column)
      return true;
  }
  return false;
}

const TAB = 9;
const FORM_FEED = 12;
const SPACE = 32;
const MARK = 0xfeff;

function isIndent(code: number): boolean {
  return code === SPACE || code === TAB || code === FORM_FEED || code === MARK;
}
