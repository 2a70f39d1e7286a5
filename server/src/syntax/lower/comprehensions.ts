/** Lowers comprehensions and generator expressions. */

import type { Comprehension, Expr } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  type ExprHandler,
  endOf,
  exprAt,
  failedExpr,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  parts,
  startOf,
} from "./context.ts";

function lowerClauses(l: Lowering, rows: readonly number[]): Comprehension[] {
  const found: Comprehension[] = [];
  let at = 0;
  while (at < rows.length) {
    const row = rows[at++] ?? -1;
    if (kindOf(l, row) !== K.for_in_clause) continue;
    const [left = -1, right = -1] = parts(l, row);
    const target = exprAt(l, left, row, "Store");
    const iter = exprAt(l, right, row);
    const ifs: Expr[] = [];
    let end = endOf(l, row);
    for (; at < rows.length && kindOf(l, rows[at] ?? -1) === K.if_clause; at++) {
      const condition = rows[at] ?? -1;
      ifs.push(exprAt(l, firstPart(l, condition), condition));
      end = endOf(l, condition);
    }
    const is_async = findChild(l, row, T.async) >= 0 ? 1 : 0;
    const node: Comprehension = {
      kind: "comprehension",
      start: startOf(l, row),
      end,
      parent: null,
      target,
      iter,
      ifs,
      is_async,
    };
    adopt(node, target);
    adopt(node, iter);
    adoptAll(node, ifs);
    found.push(node);
  }
  return found;
}

function comprehensionHandler(kind: "ListComp" | "SetComp" | "GeneratorExp"): ExprHandler {
  return (l, row) => {
    const [body = -1, ...clauses] = parts(l, row);
    const elt = exprAt(l, body, row);
    const generators = lowerClauses(l, clauses);
    const node: Expr = { kind, start: startOf(l, row), end: endOf(l, row), parent: null, elt, generators };
    adopt(node, elt);
    adoptAll(node, generators);
    return node;
  };
}

function lowerDictComp(l: Lowering, row: number): Expr {
  const [pair = -1, ...clauses] = parts(l, row);
  if (pair < 0 || kindOf(l, pair) !== K.pair) return failedExpr(l, row);
  const [keyRow = -1, valueRow = -1] = parts(l, pair);
  const key = exprAt(l, keyRow, pair);
  const value = exprAt(l, valueRow, pair);
  const generators = lowerClauses(l, clauses);
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const node: Expr = { kind: "DictComp", ...place, key, value, generators };
  adopt(node, key);
  adopt(node, value);
  adoptAll(node, generators);
  return node;
}

export const comprehensionHandlers: readonly (readonly [number, ExprHandler])[] = [
  [K.list_comprehension, comprehensionHandler("ListComp")],
  [K.set_comprehension, comprehensionHandler("SetComp")],
  [K.generator_expression, comprehensionHandler("GeneratorExp")],
  [K.dictionary_comprehension, lowerDictComp],
];
