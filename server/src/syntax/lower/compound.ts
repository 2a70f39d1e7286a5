/** Lowers compound statements: branches, loops, try, with, functions and classes. */

import type { ClassDef, ExceptHandler, Expr, Keyword, Stmt, WithItem } from "../ast.ts";
import { FIRST_TOKEN, K, T } from "../kinds.ts";
import { lowerArguments } from "./access.ts";
import { blockEnd, lowerBlock } from "./block.ts";
import {
  adopt,
  adoptAll,
  after,
  brokenStmt,
  endOf,
  exprAt,
  fail,
  failedStmt,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  type StmtHandler,
  startOf,
} from "./context.ts";
import { checkHeader } from "./lines.ts";
import { lowerParameters, lowerTypeParams, noParameters } from "./parameters.ts";
import { lowerMatch } from "./patterns.ts";

/** The body of a clause or statement that has one `block`. */
function bodyOf(l: Lowering, row: number): Stmt[] {
  const block = findChild(l, row, K.block);
  checkHeader(l, row);
  return block < 0 ? [] : lowerBlock(l, block);
}

function clauseBody(l: Lowering, row: number, clause: number): Stmt[] {
  const at = findChild(l, row, clause);
  return at < 0 ? [] : bodyOf(l, at);
}

/** `elif` is an `If` alone in the `orelse` of the one before it, so the last comes first. */
function lowerIf(l: Lowering, row: number): Stmt {
  let orelse = clauseBody(l, row, K.else_clause);
  const clauses = parts(l, row).filter((at) => kindOf(l, at) === K.elif_clause);
  for (const clause of clauses.reverse()) orelse = [branch(l, clause, orelse)];
  return branch(l, row, orelse);
}

function branch(l: Lowering, row: number, orelse: Stmt[]): Stmt {
  const test = exprAt(l, firstPart(l, row), row);
  const body = bodyOf(l, row);
  const end = blockEnd(l, orelse, blockEnd(l, body, endOf(l, row)));
  const node: Stmt = {
    kind: "If",
    start: startOf(l, row),
    end,
    parent: null,
    unit: null,
    test,
    body,
    orelse,
  };
  adopt(node, test);
  adoptAll(node, body);
  adoptAll(node, orelse);
  return node;
}

function lowerFor(l: Lowering, row: number): Stmt {
  const [left = -1, right = -1] = parts(l, row);
  const target = exprAt(l, left, row, "Store");
  const iter = exprAt(l, right, row);
  const body = bodyOf(l, row);
  const orelse = clauseBody(l, row, K.else_clause);
  const node: Stmt = {
    kind: isAsync(l, row) ? "AsyncFor" : "For",
    start: startOf(l, row),
    end: blockEnd(l, orelse, blockEnd(l, body, endOf(l, row))),
    parent: null,
    unit: null,
    target,
    iter,
    body,
    orelse,
  };
  adopt(node, target);
  adopt(node, iter);
  adoptAll(node, body);
  adoptAll(node, orelse);
  return node;
}

function isAsync(l: Lowering, row: number): boolean {
  return findChild(l, row, T.async) >= 0;
}

function lowerWhile(l: Lowering, row: number): Stmt {
  const test = exprAt(l, firstPart(l, row), row);
  const body = bodyOf(l, row);
  const orelse = clauseBody(l, row, K.else_clause);
  const end = blockEnd(l, orelse, blockEnd(l, body, endOf(l, row)));
  const node: Stmt = {
    kind: "While",
    start: startOf(l, row),
    end,
    parent: null,
    unit: null,
    test,
    body,
    orelse,
  };
  adopt(node, test);
  adoptAll(node, body);
  adoptAll(node, orelse);
  return node;
}

function lowerTry(l: Lowering, row: number): Stmt {
  const clauses = parts(l, row).filter((at) => kindOf(l, at) === K.except_clause);
  const body = bodyOf(l, row);
  const handlers = clauses.map((at) => lowerExcept(l, at));
  const orelse = clauseBody(l, row, K.else_clause);
  const finalbody = clauseBody(l, row, K.finally_clause);
  const handlersEnd = handlers[handlers.length - 1]?.end ?? blockEnd(l, body, endOf(l, row));
  // `try:` alone is no statement yet.
  if (handlers.length === 0 && finalbody.length === 0) fail(l, row);
  const node: Stmt = {
    kind: clauses.some((at) => findChild(l, at, T["*"]) >= 0) ? "TryStar" : "Try",
    start: startOf(l, row),
    end: blockEnd(l, finalbody, blockEnd(l, orelse, handlersEnd)),
    parent: null,
    unit: null,
    body,
    handlers,
    orelse,
    finalbody,
  };
  adoptAll(node, body);
  adoptAll(node, handlers);
  adoptAll(node, orelse);
  adoptAll(node, finalbody);
  return node;
}

function lowerExcept(l: Lowering, row: number): ExceptHandler {
  const values = parts(l, row).filter((at) => kindOf(l, at) !== K.block);
  const [first = -1, second = -1] = values;
  let type: Expr | null = null;
  let name: string | null = null;
  const pattern = first >= 0 && kindOf(l, first) === K.as_pattern ? parts(l, first) : null;
  if (pattern !== null) {
    type = exprAt(l, pattern[0] ?? -1, first);
    name = targetName(l, pattern[1] ?? -1);
  } else if (findChild(l, row, T.as) >= 0) {
    type = exprAt(l, first, row);
    name = targetName(l, second);
  } else if (findChild(l, row, T[","]) >= 0) {
    type = exceptTuple(l, row, values);
  } else if (first >= 0) type = l.expr(l, first, "Load");
  const body = bodyOf(l, row);
  const node: ExceptHandler = {
    kind: "ExceptHandler",
    start: startOf(l, row),
    end: blockEnd(l, body, endOf(l, row)),
    parent: null,
    type,
    name,
    body,
  };
  adopt(node, type);
  adoptAll(node, body);
  return node;
}

function targetName(l: Lowering, row: number): string | null {
  if (row < 0) return null;
  const at = kindOf(l, row) === K.identifier ? row : findChild(l, row, K.identifier);
  if (at < 0) fail(l, row);
  return at < 0 ? null : nameOf(l, at);
}

/** `except A, B:` is a tuple since Python 3.14. */
function exceptTuple(l: Lowering, row: number, values: readonly number[]): Expr {
  const elts = values.map((at) => l.expr(l, at, "Load"));
  const comma = findLast(l, row, T[","]);
  const start = startOf(l, values[0] ?? row);
  const end = Math.max(endOf(l, values[values.length - 1] ?? row), endOf(l, comma));
  const node: Expr = { kind: "Tuple", start, end, parent: null, elts, ctx: "Load" };
  adoptAll(node, elts);
  return node;
}

function findLast(l: Lowering, row: number, kind: number): number {
  const last = after(l, row);
  let found = row;
  for (let at = row + 1; at < last; at = after(l, at)) if (kindOf(l, at) === kind) found = at;
  return found;
}

function lowerWith(l: Lowering, row: number): Stmt {
  const items: WithItem[] = [];
  const clause = findChild(l, row, K.with_clause);
  for (const item of clause < 0 ? [] : parts(l, clause)) addItems(l, firstPart(l, item), items);
  const body = bodyOf(l, row);
  const node: Stmt = {
    kind: isAsync(l, row) ? "AsyncWith" : "With",
    start: startOf(l, row),
    end: blockEnd(l, body, endOf(l, row)),
    parent: null,
    unit: null,
    items,
    body,
  };
  adoptAll(node, items);
  adoptAll(node, body);
  return node;
}

/** The grammar may read `(a as b, c)` as one tuple; for Python its elements are the items. */
function addItems(l: Lowering, row: number, items: WithItem[]): void {
  if (row < 0) return;
  const kind = kindOf(l, row);
  if (kind === K.tuple || kind === K.parenthesized_expression) {
    const inside = parts(l, row);
    if (inside.some((at) => kindOf(l, at) === K.as_pattern)) {
      for (const at of inside) items.push(lowerItem(l, at));
      return;
    }
  }
  items.push(lowerItem(l, row));
}

function lowerItem(l: Lowering, row: number): WithItem {
  const pattern = kindOf(l, row) === K.as_pattern ? parts(l, row) : null;
  const context_expr = exprAt(l, pattern === null ? row : (pattern[0] ?? -1), row);
  const optional_vars = pattern === null ? null : exprAt(l, pattern[1] ?? -1, row, "Store");
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const node: WithItem = { kind: "withitem", ...place, context_expr, optional_vars };
  adopt(node, context_expr);
  adopt(node, optional_vars);
  return node;
}

function lowerFunction(l: Lowering, row: number, decorators: Expr[] = []): Stmt {
  const nameRow = findChild(l, row, K.identifier);
  const parametersRow = findChild(l, row, K.parameters);
  const returnsRow = findChild(l, row, K.type);
  if (nameRow < 0) return failedStmt(l, row);
  const type_params = lowerTypeParams(l, findChild(l, row, K.type_parameter));
  const args = parametersRow < 0 ? noParameters(endOf(l, nameRow)) : lowerParameters(l, parametersRow);
  const returns = returnsRow < 0 ? null : l.expr(l, returnsRow, "Load");
  const body = bodyOf(l, row);
  const node: Stmt = {
    kind: isAsync(l, row) ? "AsyncFunctionDef" : "FunctionDef",
    start: startOf(l, row),
    end: blockEnd(l, body, endOf(l, row)),
    parent: null,
    unit: null,
    name: nameOf(l, nameRow),
    nameStart: startOf(l, nameRow),
    args,
    body,
    decorator_list: decorators,
    returns,
    type_params,
  };
  adopt(node, args);
  adoptAll(node, body);
  adoptAll(node, decorators);
  adopt(node, returns);
  adoptAll(node, type_params);
  return node;
}

function lowerClass(l: Lowering, row: number, decorators: Expr[] = []): Stmt {
  return buildClass(l, row, decorators, bodyOf(l, row));
}

/** Builds a class whose decorators and body are lowered already. */
export function buildClass(l: Lowering, row: number, decorators: Expr[], body: Stmt[], end?: number): Stmt {
  const nameRow = findChild(l, row, K.identifier);
  const list = findChild(l, row, K.argument_list);
  if (nameRow < 0) return failedStmt(l, row);
  const type_params = lowerTypeParams(l, findChild(l, row, K.type_parameter));
  const bases: Expr[] = [];
  const keywords: Keyword[] = [];
  if (list >= 0) lowerArguments(l, list, bases, keywords);
  const node: ClassDef = {
    kind: "ClassDef",
    start: startOf(l, row),
    end: end ?? blockEnd(l, body, endOf(l, row)),
    parent: null,
    unit: null,
    name: nameOf(l, nameRow),
    nameStart: startOf(l, nameRow),
    bases,
    keywords,
    body,
    decorator_list: decorators,
    type_params,
  };
  adoptAll(node, bases);
  adoptAll(node, keywords);
  adoptAll(node, body);
  adoptAll(node, decorators);
  adoptAll(node, type_params);
  return node;
}

/** The decorators of a `decorated_definition`, and the row of what they decorate (-1 where an error hides it). */
export function decorated(
  l: Lowering,
  row: number,
): { readonly decorators: Expr[]; readonly definition: number } {
  const decorators: Expr[] = [];
  let definition = -1;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === K.decorator) decorators.push(exprAt(l, firstPart(l, at), at));
    else if (kind < FIRST_TOKEN && kind !== K.ERROR) definition = at;
  }
  return { decorators, definition };
}

function lowerDecorated(l: Lowering, row: number): Stmt {
  const { decorators, definition } = decorated(l, row);
  if (definition < 0) return brokenStmt(l, row);
  return kindOf(l, definition) === K.class_definition
    ? lowerClass(l, definition, decorators)
    : lowerFunction(l, definition, decorators);
}

export const compoundHandlers: readonly (readonly [number, StmtHandler])[] = [
  [K.if_statement, lowerIf],
  [K.for_statement, lowerFor],
  [K.while_statement, lowerWhile],
  [K.try_statement, lowerTry],
  [K.with_statement, lowerWith],
  [K.match_statement, lowerMatch],
  [K.function_definition, (l, row) => lowerFunction(l, row)],
  [K.class_definition, (l, row) => lowerClass(l, row)],
  [K.decorated_definition, lowerDecorated],
];
