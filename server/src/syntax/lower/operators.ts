/**
 * Lowers what grows to the left: calls, attributes, subscripts, operators.
 *
 * A chain of a thousand calls nests a thousand nodes deep, so the way down to its first operand is a loop and
 * the nodes are built on the way back up.
 */

import type {
  Await,
  BinOp,
  BoolOp,
  Call,
  CmpOperator,
  Compare,
  Expr,
  ExprContext,
  Operator,
  Starred,
  UnaryOp,
} from "../ast.ts";
import { FIRST_TOKEN, K, KIND_COUNT, T } from "../kinds.ts";
import { buildAttribute, buildCall, buildGeneric, buildSubscript } from "./access.ts";
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
  parts,
  skipTo,
  startOf,
} from "./context.ts";
import { buildIfExp } from "./expressions.ts";

type Build = (l: Lowering, row: number, first: Expr, ctx: ExprContext) => Expr;

const OPERATORS: ReadonlyMap<number, Operator> = new Map([
  [T["+"], "Add"],
  [T["-"], "Sub"],
  [T["*"], "Mult"],
  [T["@"], "MatMult"],
  [T["/"], "Div"],
  [T["%"], "Mod"],
  [T["**"], "Pow"],
  [T["<<"], "LShift"],
  [T[">>"], "RShift"],
  [T["|"], "BitOr"],
  [T["^"], "BitXor"],
  [T["&"], "BitAnd"],
  [T["//"], "FloorDiv"],
  [T["+="], "Add"],
  [T["-="], "Sub"],
  [T["*="], "Mult"],
  [T["@="], "MatMult"],
  [T["/="], "Div"],
  [T["%="], "Mod"],
  [T["**="], "Pow"],
  [T["<<="], "LShift"],
  [T[">>="], "RShift"],
  [T["|="], "BitOr"],
  [T["^="], "BitXor"],
  [T["&="], "BitAnd"],
  [T["//="], "FloorDiv"],
]);

const COMPARISONS: ReadonlyMap<number, CmpOperator> = new Map([
  [T["=="], "Eq"],
  [T["!="], "NotEq"],
  [T["<"], "Lt"],
  [T["<="], "LtE"],
  [T[">"], "Gt"],
  [T[">="], "GtE"],
  [T.is, "Is"],
  [T["is not"], "IsNot"],
  [T.in, "In"],
  [T["not in"], "NotIn"],
]);

const UNARY: ReadonlyMap<number, UnaryOp["op"]> = new Map([
  [T["+"], "UAdd"],
  [T["-"], "USub"],
  [T["~"], "Invert"],
]);

/**
 * Lowers the left side of `type (x).y = z`, which the grammar takes for a type alias: the parentheses are the
 * arguments of a call of `type`, whose name is at `keyword`. Null where it is not of that form.
 */
export function lowerCallOfType(l: Lowering, row: number, keyword: number): Expr | null {
  let at = row;
  for (let next = at; next >= 0; next = BUILDERS[kindOf(l, at)] === undefined ? -1 : firstPart(l, at))
    at = next;
  const kind = kindOf(l, at);
  if (at === row || (kind !== K.parenthesized_expression && kind !== K.tuple)) return null;
  for (let up = row; up !== at; up = firstPart(l, up)) l.start[up] = keyword;
  l.start[at] = keyword;
  l.kind[at] = K.call_of_type;
  return l.expr(l, row, "Store");
}

function buildCallOfType(l: Lowering, row: number): Expr {
  const start = startOf(l, row);
  const args = parts(l, row).map((at) => l.expr(l, at, "Load"));
  const end = start + "type".length;
  const func: Expr = { kind: "Name", start, end, parent: null, id: "type", ctx: "Load" };
  const node: Call = { kind: "Call", start, end: endOf(l, row), parent: null, func, args, keywords: [] };
  func.parent = node;
  adoptAll(node, args);
  return node;
}

/** The operator among the tokens of a row, or null. */
export function operatorOf(l: Lowering, row: number): Operator | null {
  const token = firstToken(l, row);
  return OPERATORS.get(token) ?? null;
}

export function firstToken(l: Lowering, row: number): number {
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind >= FIRST_TOKEN) return kind;
  }
  return -1;
}

const BUILDERS: (Build | undefined)[] = new Array(KIND_COUNT).fill(undefined);
BUILDERS[K.call] = buildCall;
BUILDERS[K.attribute] = buildAttribute;
BUILDERS[K.subscript] = buildSubscript;
BUILDERS[K.binary_operator] = buildBinary;
BUILDERS[K.boolean_operator] = buildBoolean;
BUILDERS[K.comparison_operator] = buildCompare;
BUILDERS[K.conditional_expression] = buildIfExp;
BUILDERS[K.generic_type] = buildGeneric;
BUILDERS[K.member_type] = buildAttribute;

/** `&` and `^` need more than their first operand, see `bitwise.ts`. */
export function isBitwise(l: Lowering, row: number): boolean {
  if (kindOf(l, row) !== K.binary_operator) return false;
  const token = firstToken(l, row);
  return token === T["&"] || token === T["^"];
}

/** Lowers a row that begins with its own first operand. */
export function lowerSpine(l: Lowering, row: number, ctx: ExprContext): Expr {
  const { spine } = l;
  const mark = spine.length;
  let at = row;
  while (at >= 0 && BUILDERS[kindOf(l, at)] !== undefined && !isBitwise(l, at)) {
    spine.push(at);
    at = firstPart(l, at);
  }
  const star = at >= 0 && isStar(kindOf(l, at)) ? releaseStar(l, at, mark) : -1;
  let node = at < 0 ? exprAt(l, -1, spine[spine.length - 1] ?? row) : l.expr(l, at, "Load");
  while (spine.length > mark) {
    const top = spine.pop() ?? row;
    const build = BUILDERS[kindOf(l, top)] ?? buildAttribute;
    node = build(l, top, node, top === row ? ctx : "Load");
  }
  if (star < 0) return node;
  const starred: Starred = {
    kind: "Starred",
    start: star,
    end: node.end,
    parent: null,
    value: node,
    ctx,
  };
  adopt(starred, node);
  return starred;
}

function isStar(kind: number): boolean {
  return kind === K.list_splat || kind === K.list_splat_pattern;
}

/**
 * The grammar binds the star of `*a or b` to `a` alone; Python binds it last. Takes the star away from the rows
 * of the chain and returns its offset in the unit.
 */
function releaseStar(l: Lowering, row: number, mark: number): number {
  const star = startOf(l, row);
  const inner = firstPart(l, row);
  if (inner < 0) return -1;
  const start = l.start[inner] ?? 0;
  l.kind[row] = K.parenthesized_expression;
  l.start[row] = start;
  for (let at = mark; at < l.spine.length; at++) l.start[l.spine[at] ?? row] = start;
  return star;
}

function buildBinary(l: Lowering, row: number, left: Expr): Expr {
  const [, rightRow = -1] = parts(l, row);
  const right = exprAt(l, rightRow, row);
  return binary(l, row, left, operatorOf(l, row) ?? "Add", right);
}

export function binary(l: Lowering, row: number, left: Expr, op: Operator, right: Expr): BinOp {
  const node: BinOp = {
    kind: "BinOp",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    left,
    op,
    right,
  };
  left.parent = node;
  right.parent = node;
  return node;
}

/** `a or b or c` is one BoolOp with three values, unless parentheses say otherwise. */
function buildBoolean(l: Lowering, row: number, left: Expr): Expr {
  const [leftRow = -1, rightRow = -1] = parts(l, row);
  const op = firstToken(l, row) === T.and ? "And" : "Or";
  const right = exprAt(l, rightRow, row);
  if (left.kind === "BoolOp" && left.op === op && kindOf(l, leftRow) === K.boolean_operator) {
    // Nobody has seen the node yet: a new one for each value would take quadratic time.
    (left.values as Expr[]).push(right);
    (left as { end: number }).end = endOf(l, row);
    right.parent = left;
    return left;
  }
  const values = [left, right];
  const node: BoolOp = {
    kind: "BoolOp",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    op,
    values,
  };
  adoptAll(node, values);
  return node;
}

function buildCompare(l: Lowering, row: number, left: Expr): Expr {
  const ops: CmpOperator[] = [];
  const comparators: Expr[] = [];
  const last = after(l, row);
  for (let at = after(l, skipTo(l, row + 1, last)); at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === K.ERROR) continue;
    if (kind < FIRST_TOKEN) {
      comparators.push(l.expr(l, at, "Load"));
      continue;
    }
    const op = COMPARISONS.get(kind);
    // `<>` is Python 2.
    if (op === undefined) return failedExpr(l, row);
    ops.push(op);
  }
  const node: Compare = {
    kind: "Compare",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    left,
    ops,
    comparators,
  };
  left.parent = node;
  adoptAll(node, comparators);
  return node;
}

function lowerUnary(l: Lowering, row: number): Expr {
  const op = UNARY.get(firstToken(l, row)) ?? "Not";
  const operand = exprAt(l, firstPart(l, row), row);
  const node: UnaryOp = {
    kind: "UnaryOp",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    op,
    operand,
  };
  operand.parent = node;
  return node;
}

/** The grammar reads `await x ** 2` as `await (x ** 2)`; Python awaits first. */
function lowerAwait(l: Lowering, row: number): Expr {
  const inner = firstPart(l, row);
  if (inner < 0 || kindOf(l, inner) !== K.binary_operator) {
    return awaitOf(exprAt(l, inner, row), startOf(l, row), endOf(l, row));
  }
  const [leftRow = -1, rightRow = -1] = parts(l, inner);
  const left = awaitOf(exprAt(l, leftRow, inner), startOf(l, row), endOf(l, leftRow));
  return binary(l, row, left, operatorOf(l, inner) ?? "Pow", exprAt(l, rightRow, inner));
}

function awaitOf(value: Expr, start: number, end: number): Await {
  const node: Await = { kind: "Await", start, end, parent: null, value };
  value.parent = node;
  return node;
}

export const operatorHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.call, lowerSpine],
  [K.attribute, lowerSpine],
  [K.subscript, lowerSpine],
  [K.boolean_operator, lowerSpine],
  [K.comparison_operator, lowerSpine],
  [K.conditional_expression, lowerSpine],
  [K.generic_type, lowerSpine],
  [K.member_type, lowerSpine],
  [K.call_of_type, buildCallOfType],
  [K.unary_operator, lowerUnary],
  [K.not_operator, lowerUnary],
  [K.await, lowerAwait],
];
