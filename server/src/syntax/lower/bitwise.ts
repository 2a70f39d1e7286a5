/** Lowers the operators that the grammar nests in another way than Python: `&` with `^`, and `|` in annotations. */

import type { Expr, ExprContext, Operator } from "../ast.ts";
import { K, T } from "../kinds.ts";
import { type ExprHandler, endOf, firstPart, kindOf, type Lowering, parts, startOf } from "./context.ts";
import { firstToken, isBitwise, lowerSpine } from "./operators.ts";

function lowerBinary(l: Lowering, row: number, ctx: ExprContext): Expr {
  return isBitwise(l, row) ? lowerBitwise(l, row) : lowerSpine(l, row, ctx);
}

/** To the grammar `^` binds tighter than `&`, to Python it is the other way round: all operands are put together anew. */
function lowerBitwise(l: Lowering, row: number): Expr {
  const { operands, operators } = flatten(l, row, isBitwise);
  const groups: number[][] = [];
  operands.forEach((operand, at) => {
    const group = groups[groups.length - 1];
    if (group !== undefined && operators[at - 1] === T["&"]) group.push(operand);
    else groups.push([operand]);
  });
  let node: Expr | null = null;
  for (const group of groups) {
    const value = foldLeft(l, group, "BitAnd");
    node =
      node === null
        ? value
        : join(node, "BitXor", value, startOf(l, row), endOf(l, group[group.length - 1] ?? row));
  }
  return node ?? l.expr(l, -1, "Load");
}

/** An annotation's `a | b | c` is a mixture of two kinds of node that nests to either side. */
function lowerUnion(l: Lowering, row: number): Expr {
  return foldLeft(l, flatten(l, row, isUnion).operands, "BitOr");
}

function isUnion(l: Lowering, row: number): boolean {
  const kind = kindOf(l, row);
  if (kind === K.type || kind === K.union_type) return firstPart(l, row) >= 0;
  return kind === K.binary_operator && firstToken(l, row) === T["|"];
}

/** The operands below a row from left to right, and the tokens between them. */
function flatten(
  l: Lowering,
  row: number,
  opens: (l: Lowering, row: number) => boolean,
): { readonly operands: readonly number[]; readonly operators: readonly number[] } {
  const operands: number[] = [];
  const operators: number[] = [];
  // Rows to look at, and tokens between them as negative numbers.
  const waiting = [row];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at < 0) operators.push(-at);
    else if (opens(l, at)) {
      const [left = at, right] = parts(l, at);
      if (right !== undefined) waiting.push(right, -Math.max(firstToken(l, at), 1));
      waiting.push(left);
    } else operands.push(at);
  }
  return { operands, operators };
}

function foldLeft(l: Lowering, operands: readonly number[], op: Operator): Expr {
  const [first = 0, ...others] = operands;
  let node = l.expr(l, first, "Load");
  for (const other of others)
    node = join(node, op, l.expr(l, other, "Load"), startOf(l, first), endOf(l, other));
  return node;
}

function join(left: Expr, op: Operator, right: Expr, start: number, end: number): Expr {
  const node: Expr = { kind: "BinOp", start, end, parent: null, left, op, right };
  left.parent = node;
  right.parent = node;
  return node;
}

export const bitwiseHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.binary_operator, lowerBinary],
  [K.union_type, lowerUnion],
];
