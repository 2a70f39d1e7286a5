/** Lowers the body of a compound statement. */

import type { Stmt } from "../ast.ts";
import { FIRST_TOKEN } from "../kinds.ts";
import { after, endOf, fail, kindOf, type Lowering, startOf } from "./context.ts";
import { isSeparated } from "./lines.ts";

/** The statements of a `block`; a block without any is an error, though the grammar takes it. */
export function lowerBlock(l: Lowering, row: number): Stmt[] {
  const found: Stmt[] = [];
  const last = after(l, row);
  let end = -1;
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) >= FIRST_TOKEN) continue;
    // The grammar may add the end of a line that is not there, without a word.
    if (end >= 0 && !isSeparated(l.source, end, startOf(l, at))) fail(l, at);
    end = endOf(l, at);
    found.push(l.stmt(l, at));
  }
  if (found.length === 0) fail(l, row);
  return found;
}

/** Where Python ends a statement with this body: at the last one in it, a `;` included and comments left out. */
export function blockEnd(l: Lowering, body: readonly Stmt[], otherwise: number): number {
  const last = body[body.length - 1];
  return last === undefined ? otherwise : afterSemicolon(l.source, last.end);
}

/** The offset after the `;` that follows `end` on its line, or `end`. */
export function afterSemicolon(source: string, end: number): number {
  let at = end;
  while (source[at] === " " || source[at] === "\t" || source[at] === "\f") at++;
  return source[at] === ";" ? at + 1 : end;
}
