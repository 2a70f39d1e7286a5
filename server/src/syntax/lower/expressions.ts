/** Lowers expressions other than calls, operators, strings and comprehensions. */

import type { Constant, Dict, Expr, ExprContext, IfExp, Lambda, NamedExpr, Starred, Tuple } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  after,
  brokenExpr,
  type ExprHandler,
  endOf,
  exprAt,
  failedExpr,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  startOf,
  textOf,
} from "./context.ts";
import { parseNumber } from "./literals.ts";
import { lowerParameters, noParameters } from "./parameters.ts";
import { lowerString } from "./strings.ts";

function lowerName(l: Lowering, row: number, ctx: ExprContext): Expr {
  const start = startOf(l, row);
  const end = endOf(l, row);
  if (start === end) return brokenExpr(l, row);
  return { kind: "Name", start, end, parent: null, id: nameOf(l, row), ctx };
}

function constantHandler(type: Constant["type"], value: Constant["value"]): ExprHandler {
  return (l, row) => ({
    kind: "Constant",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    type,
    value,
  });
}

function lowerNumber(l: Lowering, row: number): Expr {
  const number = parseNumber(textOf(l, row));
  if (number === null) return failedExpr(l, row);
  return {
    kind: "Constant",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    type: number.type,
    value: number.value,
  };
}

/** Elements of a display, errors among them as BrokenExpr. */
function elements(l: Lowering, row: number, ctx: ExprContext): Expr[] {
  const found: Expr[] = [];
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) !== T[","]) found.push(l.expr(l, at, ctx));
  }
  return found;
}

/** A tuple of the row's children, with the row's own extent. */
export function lowerTuple(l: Lowering, row: number, ctx: ExprContext): Tuple {
  const elts = elements(l, row, ctx);
  const node: Tuple = { kind: "Tuple", start: startOf(l, row), end: endOf(l, row), parent: null, elts, ctx };
  adoptAll(node, elts);
  return node;
}

/** `(a, b)` on the left of an assignment; there `(a)` is no tuple. */
function lowerTuplePattern(l: Lowering, row: number, ctx: ExprContext): Expr {
  if (findChild(l, row, T[","]) < 0) {
    const only = firstPart(l, row);
    if (only >= 0) return l.expr(l, only, ctx);
  }
  return lowerTuple(l, row, ctx);
}

function lowerList(l: Lowering, row: number, ctx: ExprContext): Expr {
  const elts = elements(l, row, ctx);
  const node: Expr = { kind: "List", start: startOf(l, row), end: endOf(l, row), parent: null, elts, ctx };
  adoptAll(node, elts);
  return node;
}

function lowerSet(l: Lowering, row: number): Expr {
  const elts = elements(l, row, "Load");
  const node: Expr = { kind: "Set", start: startOf(l, row), end: endOf(l, row), parent: null, elts };
  adoptAll(node, elts);
  return node;
}

function lowerDict(l: Lowering, row: number): Expr {
  const keys: (Expr | null)[] = [];
  const values: Expr[] = [];
  for (const at of parts(l, row)) {
    const [first = -1, second = -1] = parts(l, at);
    if (kindOf(l, at) === K.pair) {
      keys.push(exprAt(l, first, at));
      values.push(exprAt(l, second, at));
    } else {
      keys.push(null);
      values.push(exprAt(l, first, at));
    }
  }
  const node: Dict = { kind: "Dict", start: startOf(l, row), end: endOf(l, row), parent: null, keys, values };
  adoptAll(node, keys);
  adoptAll(node, values);
  return node;
}

/** `(x)`, `type` around an annotation: what is inside. */
function lowerInside(l: Lowering, row: number, ctx: ExprContext): Expr {
  return exprAt(l, firstPart(l, row), row, ctx);
}

function lowerStarred(l: Lowering, row: number, ctx: ExprContext): Expr {
  const value = exprAt(l, firstPart(l, row), row, ctx);
  const node: Starred = {
    kind: "Starred",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    value,
    ctx,
  };
  adopt(node, value);
  return node;
}

function lowerNamed(l: Lowering, row: number): Expr {
  const [targetRow = -1, valueRow = -1] = parts(l, row);
  const target = exprAt(l, targetRow, row, "Store");
  const value = exprAt(l, valueRow, row);
  const node: NamedExpr = {
    kind: "NamedExpr",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    target,
    value,
  };
  adopt(node, target);
  adopt(node, value);
  return node;
}

function lowerLambda(l: Lowering, row: number): Expr {
  const [first = -1, second = -1] = parts(l, row);
  const hasParameters = first >= 0 && kindOf(l, first) === K.lambda_parameters;
  const args = hasParameters ? lowerParameters(l, first) : noParameters(startOf(l, row) + "lambda".length);
  const body = exprAt(l, hasParameters ? second : first, row);
  const node: Lambda = {
    kind: "Lambda",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    args,
    body,
  };
  adopt(node, args);
  adopt(node, body);
  return node;
}

/** Builds the conditional whose first operand is lowered already. */
export function buildIfExp(l: Lowering, row: number, body: Expr): Expr {
  const [, testRow = -1, orelseRow = -1] = parts(l, row);
  const test = exprAt(l, testRow, row);
  const orelse = exprAt(l, orelseRow, row);
  const node: IfExp = {
    kind: "IfExp",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    test,
    body,
    orelse,
  };
  adopt(node, test);
  adopt(node, body);
  adopt(node, orelse);
  return node;
}

function lowerYield(l: Lowering, row: number): Expr {
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const valueRow = firstPart(l, row);
  if (findChild(l, row, T.from) >= 0) {
    const value = exprAt(l, valueRow, row);
    const node: Expr = { kind: "YieldFrom", ...place, value };
    adopt(node, value);
    return node;
  }
  const value = valueRow < 0 ? null : l.expr(l, valueRow, "Load");
  const node: Expr = { kind: "Yield", ...place, value };
  adopt(node, value);
  return node;
}

export const expressionHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.ERROR, brokenExpr],
  [K.identifier, lowerName],
  [K.integer, lowerNumber],
  [K.float, lowerNumber],
  [K.true, constantHandler("bool", true)],
  [K.false, constantHandler("bool", false)],
  [K.none, constantHandler("None", null)],
  [K.ellipsis, constantHandler("Ellipsis", null)],
  [K.string, lowerString],
  [K.concatenated_string, lowerString],
  [K.named_expression, lowerNamed],
  [K.lambda, lowerLambda],
  [K.yield, lowerYield],
  [K.list, lowerList],
  [K.list_pattern, lowerList],
  [K.set, lowerSet],
  [K.tuple, lowerTuple],
  [K.tuple_pattern, lowerTuplePattern],
  [K.expression_list, lowerTuple],
  [K.pattern_list, lowerTuple],
  [K.dictionary, lowerDict],
  [K.parenthesized_expression, lowerInside],
  [K.parenthesized_list_splat, lowerInside],
  [K.type, lowerInside],
  [K.as_pattern_target, lowerInside],
  [K.list_splat, lowerStarred],
  [K.list_splat_pattern, lowerStarred],
  [K.splat_type, lowerStarred],
];
