/** The dispatch of the lowering: from the kind of a table row to the function that builds its AST node. */

import type { Expr, ExprContext, Pattern, Stmt } from "../ast.ts";
import { KIND_COUNT } from "../kinds.ts";
import type { NodeTable } from "../table.ts";
import { sliceHandlers } from "./access.ts";
import { bitwiseHandlers } from "./bitwise.ts";
import { compoundHandlers } from "./compound.ts";
import { comprehensionHandlers } from "./comprehensions.ts";
import {
  brokenExpr,
  brokenStmt,
  type ExprHandler,
  failedExpr,
  failedStmt,
  type Lowering,
  type StmtHandler,
} from "./context.ts";
import { expressionHandlers } from "./expressions.ts";
import { importHandlers } from "./imports.ts";
import { runsOn } from "./lines.ts";
import { operatorHandlers } from "./operators.ts";
import { failedPattern, lowerPattern } from "./patterns.ts";
import { statementHandlers } from "./statements.ts";

/**
 * How deep expressions and statements may nest. CPython gives up at 200 parentheses and 100 indentations, so
 * no real program comes near; what is deeper becomes Broken instead of overflowing the stack.
 */
export const MAX_DEPTH = 500;

const EXPRESSIONS: readonly ExprHandler[] = tabulate(
  [
    ...expressionHandlers,
    ...operatorHandlers,
    ...bitwiseHandlers,
    ...sliceHandlers,
    ...comprehensionHandlers,
  ],
  failedExpr,
);
const STATEMENTS: readonly StmtHandler[] = tabulate(
  [...statementHandlers, ...importHandlers, ...compoundHandlers],
  brokenStmt,
);

function tabulate<Handler>(entries: readonly (readonly [number, Handler])[], otherwise: Handler): Handler[] {
  const table: Handler[] = new Array(KIND_COUNT).fill(otherwise);
  for (const [kind, handler] of entries) table[kind] = handler;
  return table;
}

function lowerExpr(l: Lowering, row: number, ctx: ExprContext): Expr {
  if (l.depth >= MAX_DEPTH) return failedExpr(l, row);
  const handler = EXPRESSIONS[l.kind[row] ?? 0] ?? brokenExpr;
  l.depth++;
  const node = handler(l, row, ctx);
  l.depth--;
  return node;
}

function lowerStmt(l: Lowering, row: number): Stmt {
  if (l.depth >= MAX_DEPTH || runsOn(l, row)) return failedStmt(l, row);
  const handler = STATEMENTS[l.kind[row] ?? 0] ?? brokenStmt;
  l.depth++;
  const node = handler(l, row);
  l.depth--;
  return node;
}

function lowerGuardedPattern(l: Lowering, row: number): Pattern {
  if (l.depth >= MAX_DEPTH) return failedPattern(l, row);
  l.depth++;
  const node = lowerPattern(l, row);
  l.depth--;
  return node;
}

/** A lowering of the rows of `table`; `source` and `base` are to be set for each unit. */
export function createLowering(table: NodeTable, names: Map<string, string>): Lowering {
  return {
    kind: table.kind,
    start: table.start,
    end: table.end,
    next: table.next,
    flags: table.flags,
    source: "",
    base: 0,
    depth: 0,
    spine: [],
    failures: [],
    names,
    expr: lowerExpr,
    stmt: lowerStmt,
    pattern: lowerGuardedPattern,
  };
}
