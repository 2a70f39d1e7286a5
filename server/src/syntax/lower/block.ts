/** Lowers the body of a compound statement. */

import type { Stmt } from "../ast.ts";
import { FIRST_TOKEN } from "../kinds.ts";
import { after, fail, kindOf, type Lowering } from "./context.ts";

/** The statements of a `block`; a block without any is an error, though the grammar takes it. */
export function lowerBlock(l: Lowering, row: number): Stmt[] {
  const found: Stmt[] = [];
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) < FIRST_TOKEN) found.push(l.stmt(l, at));
  }
  if (found.length === 0) fail(l, row);
  return found;
}

/** Where Python ends the statement: at its last inner one, comments left out. */
export function blockEnd(body: readonly Stmt[], otherwise: number): number {
  return body[body.length - 1]?.end ?? otherwise;
}
