/** Lowers calls, attributes and subscripts, given what they start with; and slices. */

import type { Attribute, Call, Expr, ExprContext, Keyword, Slice, Subscript } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  after,
  type ExprHandler,
  endOf,
  exprAt,
  failedExpr,
  firstPart,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  skipTo,
  startOf,
} from "./context.ts";

export function buildAttribute(l: Lowering, row: number, value: Expr, ctx: ExprContext): Expr {
  const last = after(l, row);
  const first = skipTo(l, row + 1, last);
  const name = skipTo(l, after(l, first), last);
  const attr = name < last ? nameOf(l, name) : "";
  const node: Attribute = {
    kind: "Attribute",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    value,
    attr,
    ctx,
  };
  value.parent = node;
  return node;
}

export function buildCall(l: Lowering, row: number, func: Expr): Expr {
  const last = after(l, row);
  const list = skipTo(l, after(l, skipTo(l, row + 1, last)), last);
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  if (list < last && kindOf(l, list) === K.generator_expression) args.push(l.expr(l, list, "Load"));
  else if (list < last) lowerArguments(l, list, args, keywords);
  const node: Call = {
    kind: "Call",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    func,
    args,
    keywords,
  };
  func.parent = node;
  for (const arg of args) arg.parent = node;
  for (const keyword of keywords) keyword.parent = node;
  return node;
}

/** Sorts the children of an `argument_list` into positional and keyword arguments. */
export function lowerArguments(l: Lowering, row: number, args: Expr[], keywords: Keyword[]): void {
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind !== K.keyword_argument && kind !== K.dictionary_splat) {
      args.push(l.expr(l, at, "Load"));
      continue;
    }
    const stop = after(l, at);
    const first = skipTo(l, at + 1, stop);
    const named = kind === K.keyword_argument;
    const value = exprAt(l, named ? skipTo(l, after(l, first), stop) : first, at);
    const keyword: Keyword = {
      kind: "keyword",
      start: startOf(l, at),
      end: endOf(l, at),
      parent: null,
      arg: named ? nameOf(l, first) : null,
      value,
    };
    value.parent = keyword;
    keywords.push(keyword);
  }
}

export function buildSubscript(l: Lowering, row: number, value: Expr, ctx: ExprContext): Expr {
  const last = after(l, row);
  const index = lowerIndex(l, row, after(l, skipTo(l, row + 1, last)));
  return subscript(l, row, value, index, ctx);
}

function subscript(l: Lowering, row: number, value: Expr, slice: Expr, ctx: ExprContext): Subscript {
  const node: Subscript = {
    kind: "Subscript",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    value,
    slice,
    ctx,
  };
  value.parent = node;
  slice.parent = node;
  return node;
}

/** What stands between brackets, from the child at `from` on: one expression, or a tuple without parentheses. */
function lowerIndex(l: Lowering, row: number, from: number): Expr {
  const elts: Expr[] = [];
  const last = after(l, row);
  let start = -1;
  let end = -1;
  let isTuple = false;
  for (let at = from; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (start < 0) start = startOf(l, at);
    end = endOf(l, at);
    if (kind === T[","]) isTuple = true;
    else elts.push(l.expr(l, at, "Load"));
  }
  const [only] = elts;
  if (only === undefined) return exprAt(l, -1, row);
  if (!isTuple && only.kind !== "Starred") return only;
  const node: Expr = { kind: "Tuple", start, end, parent: null, elts, ctx: "Load" };
  adoptAll(node, elts);
  return node;
}

/** `name[...]` in an annotation. */
export function buildGeneric(l: Lowering, row: number, value: Expr): Expr {
  const [, list = -1] = parts(l, row);
  const index = list < 0 ? exprAt(l, -1, row) : lowerIndex(l, list, list + 1);
  return subscript(l, row, value, index, "Load");
}

function lowerSlice(l: Lowering, row: number): Expr {
  const found: (Expr | null)[] = [null, null, null];
  let place = 0;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) === T[":"]) place++;
    else if (kindOf(l, at) !== K.ERROR && place < 3) found[place] = l.expr(l, at, "Load");
  }
  return slice(l, row, found);
}

/** `a:b:c` in an annotation, where the grammar sees a bound of a type parameter. */
function lowerTypeSlice(l: Lowering, row: number): Expr {
  const found: Expr[] = [];
  let at = row;
  while (at >= 0) {
    const [first = -1, second = -1] = parts(l, at);
    found.push(exprAt(l, first, at));
    const inside = second < 0 ? -1 : firstPart(l, second);
    const nested = inside >= 0 && kindOf(l, inside) === K.constrained_type;
    if (!nested && second >= 0) found.push(l.expr(l, second, "Load"));
    at = nested ? inside : -1;
  }
  return found.length > 3 ? failedExpr(l, row) : slice(l, row, found);
}

function slice(l: Lowering, row: number, [lower = null, upper = null, step = null]: (Expr | null)[]): Expr {
  const node: Slice = {
    kind: "Slice",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    lower,
    upper,
    step,
  };
  adopt(node, lower);
  adopt(node, upper);
  adopt(node, step);
  return node;
}

export const sliceHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.slice, lowerSlice],
  [K.constrained_type, lowerTypeSlice],
];
