/**
 * Lowers what grows to the left: calls, attributes, subscripts, operators.
 *
 * A chain of a thousand calls nests a thousand nodes deep, so the way down to its first operand is a loop and
 * the nodes are built on the way back up.
 */

import type {
  Attribute,
  Await,
  BinOp,
  BoolOp,
  Call,
  CmpOperator,
  Compare,
  Expr,
  ExprContext,
  Keyword,
  Operator,
  Slice,
  Starred,
  Subscript,
  UnaryOp,
} from "../ast.ts";
import { FIRST_TOKEN, K, KIND_COUNT, T } from "../kinds.ts";
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

/** The operator among the tokens of a row, or null. */
export function operatorOf(l: Lowering, row: number): Operator | null {
  const token = firstToken(l, row);
  return OPERATORS.get(token) ?? null;
}

function firstToken(l: Lowering, row: number): number {
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
BUILDERS[K.union_type] = buildUnion;
BUILDERS[K.member_type] = buildAttribute;

/** Lowers a row that begins with its own first operand. */
function lowerSpine(l: Lowering, row: number, ctx: ExprContext): Expr {
  const { spine } = l;
  const mark = spine.length;
  let at = row;
  while (at >= 0 && BUILDERS[kindOf(l, at)] !== undefined) {
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
    ctx: "Load",
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

function buildAttribute(l: Lowering, row: number, value: Expr, ctx: ExprContext): Expr {
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

function buildCall(l: Lowering, row: number, func: Expr): Expr {
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

function buildSubscript(l: Lowering, row: number, value: Expr, ctx: ExprContext): Expr {
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
function buildGeneric(l: Lowering, row: number, value: Expr): Expr {
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

function buildBinary(l: Lowering, row: number, left: Expr): Expr {
  const [, rightRow = -1] = parts(l, row);
  const right = exprAt(l, rightRow, row);
  return binary(l, row, left, operatorOf(l, row) ?? "Add", right);
}

function buildUnion(l: Lowering, row: number, left: Expr): Expr {
  const [, rightRow = -1] = parts(l, row);
  return binary(l, row, left, "BitOr", exprAt(l, rightRow, row));
}

function binary(l: Lowering, row: number, left: Expr, op: Operator, right: Expr): BinOp {
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
  const continues = left.kind === "BoolOp" && left.op === op && kindOf(l, leftRow) === K.boolean_operator;
  const values = continues ? [...left.values, right] : [left, right];
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
    return awaitOf(exprAt(l, inner, row), startOf(l, row));
  }
  const [leftRow = -1, rightRow = -1] = parts(l, inner);
  const left = awaitOf(exprAt(l, leftRow, inner), startOf(l, row), endOf(l, leftRow));
  return binary(l, row, left, operatorOf(l, inner) ?? "Pow", exprAt(l, rightRow, inner));
}

function awaitOf(value: Expr, start: number, end = value.end): Await {
  const node: Await = { kind: "Await", start, end, parent: null, value };
  value.parent = node;
  return node;
}

export const operatorHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.call, lowerSpine],
  [K.attribute, lowerSpine],
  [K.subscript, lowerSpine],
  [K.binary_operator, lowerSpine],
  [K.boolean_operator, lowerSpine],
  [K.comparison_operator, lowerSpine],
  [K.conditional_expression, lowerSpine],
  [K.generic_type, lowerSpine],
  [K.union_type, lowerSpine],
  [K.member_type, lowerSpine],
  [K.slice, lowerSlice],
  [K.constrained_type, lowerTypeSlice],
  [K.unary_operator, lowerUnary],
  [K.not_operator, lowerUnary],
  [K.await, lowerAwait],
];
