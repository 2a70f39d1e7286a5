/** Fixes at the sinks of data flows: the tainted piece of an argument is wrapped where it is put in. */

import type { Hit } from "../flow/program.ts";
import { assignedValue } from "../semantic/assigned.ts";
import { composedText } from "../semantic/composed.ts";
import type { Call, Expr } from "../syntax/ast.ts";
import { argumentOf } from "../syntax/calls.ts";
import type { FixBuilder, RuleContext } from "./rule.ts";

/** A function to put around the untrusted piece, and where the piece is looked for. */
export interface Wrapper {
  /** Position and keyword of the sink's argument; the first argument by default. */
  readonly at?: number;
  readonly keyword?: string;
  readonly module: string;
  readonly name: string;
  readonly title: string;
}

/** The argument of a hit's call, through a variable that is assigned once; and the call itself. */
export function sinkText(
  hit: Hit,
  ctx: RuleContext,
  at = 0,
  keyword = "",
): { readonly call: Call | null; readonly argument: Expr; readonly source: Expr } | null {
  const { node } = hit;
  if (hit.file.model !== ctx.model) return null;
  const isReturned = hit.sink.name.endsWith(".<return>");
  if (!isReturned && node.kind !== "Call") return null;
  const argument = isReturned ? (node as Expr) : argumentOf(node as Call, keyword, at);
  if (argument === undefined) return null;
  const source = argument.kind === "Name" ? (assignedValue(argument, ctx.model) ?? argument) : argument;
  return { call: isReturned ? null : (node as Call), argument, source };
}

/** The fix that calls a function on the one piece of the text that is not constant. */
export function wrapPiece(wrapper: Wrapper): (hit: Hit, ctx: RuleContext) => FixBuilder | undefined {
  return (hit, ctx) => {
    const found = sinkText(hit, ctx, wrapper.at, wrapper.keyword);
    if (found === null) return undefined;
    const piece = onlyPiece(found.source, ctx);
    if (piece === null) return undefined;
    const text = ctx.text(piece);
    // Inside an f-string of an older Python the same quotes end it; nothing that has quotes is moved.
    if (piece.kind === "Starred" || piece.kind === "GeneratorExp" || text.includes("\n")) return undefined;
    return (edits) => {
      edits.replace(piece, `${edits.ensureImport(wrapper.module, wrapper.name)}(${text})`);
      return wrapper.title;
    };
  };
}

/** The only value that a text is put together with, or the text itself where it is one value. */
function onlyPiece(source: Expr, ctx: RuleContext): Expr | null {
  const parts = composedText(source, ctx.model);
  if (parts === undefined) return source;
  const values = parts.filter((part) => part.kind === "value");
  const [only] = values;
  return values.length === 1 && only?.kind === "value" && only.plain ? only.node : null;
}
