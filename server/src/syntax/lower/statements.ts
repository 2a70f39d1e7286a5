/** Lowers simple statements. */

import type { AnnAssign, Assign, AugAssign, Expr, ExprStmt, Stmt } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  brokenStmt,
  endOf,
  exprAt,
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
import { lowerTuple } from "./expressions.ts";
import { lowerCallOfType, operatorOf } from "./operators.ts";
import { lowerTypeParams } from "./parameters.ts";

function lowerExpressionStatement(l: Lowering, row: number): Stmt {
  const first = firstPart(l, row);
  const kind = first < 0 ? 0 : kindOf(l, first);
  if (kind === K.assignment) return lowerAssignment(l, first);
  if (kind === K.augmented_assignment) return lowerAugmented(l, first);
  const isTuple = findChild(l, row, T[","]) >= 0;
  const value = isTuple ? lowerTuple(l, row, "Load") : exprAt(l, first, row);
  const node: ExprStmt = {
    kind: "Expr",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    value,
  };
  value.parent = node;
  return node;
}

function lowerAssignment(l: Lowering, row: number): Stmt {
  const targets: Expr[] = [];
  let at = row;
  for (;;) {
    const [left = -1, second = -1, third = -1] = parts(l, at);
    if (second >= 0 && kindOf(l, second) === K.type) {
      return at === row ? lowerAnnotated(l, row, left, second, third) : failedStmt(l, row);
    }
    targets.push(exprAt(l, left, at, "Store"));
    const kind = second < 0 ? 0 : kindOf(l, second);
    if (kind === K.augmented_assignment) return failedStmt(l, row);
    if (kind !== K.assignment) {
      const value = exprAt(l, second, at);
      const node: Assign = {
        kind: "Assign",
        start: startOf(l, row),
        end: endOf(l, row),
        parent: null,
        unit: null,
        targets,
        value,
      };
      for (const target of targets) target.parent = node;
      value.parent = node;
      return node;
    }
    at = second;
  }
}

function lowerAnnotated(l: Lowering, row: number, left: number, type: number, right: number): Stmt {
  const rightKind = right < 0 ? 0 : kindOf(l, right);
  if (rightKind === K.assignment || rightKind === K.augmented_assignment) return failedStmt(l, row);
  const target = exprAt(l, left, row, "Store");
  const annotation = l.expr(l, type, "Load");
  const value = right < 0 ? null : l.expr(l, right, "Load");
  const node: AnnAssign = {
    kind: "AnnAssign",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    target,
    annotation,
    value,
    simple: left >= 0 && kindOf(l, left) === K.identifier ? 1 : 0,
  };
  target.parent = node;
  annotation.parent = node;
  adopt(node, value);
  return node;
}

function lowerAugmented(l: Lowering, row: number): Stmt {
  const [left = -1, right = -1] = parts(l, row);
  const rightKind = right < 0 ? 0 : kindOf(l, right);
  const op = operatorOf(l, row);
  if (op === null || rightKind === K.assignment || rightKind === K.augmented_assignment)
    return failedStmt(l, row);
  const target = exprAt(l, left, row, "Store");
  const value = exprAt(l, right, row);
  const node: AugAssign = {
    kind: "AugAssign",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    target,
    op,
    value,
  };
  target.parent = node;
  value.parent = node;
  return node;
}

function lowerReturn(l: Lowering, row: number): Stmt {
  const at = firstPart(l, row);
  const value = at < 0 ? null : l.expr(l, at, "Load");
  const node: Stmt = {
    kind: "Return",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    value,
  };
  adopt(node, value);
  return node;
}

function lowerDelete(l: Lowering, row: number): Stmt {
  const first = firstPart(l, row);
  const several = first >= 0 && kindOf(l, first) === K.expression_list;
  const targets = (several ? parts(l, first) : [first]).map((at) => exprAt(l, at, row, "Del"));
  const node: Stmt = {
    kind: "Delete",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    targets,
  };
  adoptAll(node, targets);
  return node;
}

function lowerRaise(l: Lowering, row: number): Stmt {
  const [first = -1, second = -1] = parts(l, row);
  // `raise A, "b"` is Python 2.
  if (first >= 0 && kindOf(l, first) === K.expression_list) return failedStmt(l, row);
  const exc = first < 0 ? null : l.expr(l, first, "Load");
  const cause = second < 0 ? null : l.expr(l, second, "Load");
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
  const node: Stmt = { kind: "Raise", ...place, exc, cause };
  adopt(node, exc);
  adopt(node, cause);
  return node;
}

function lowerAssert(l: Lowering, row: number): Stmt {
  const [testRow = -1, msgRow = -1, more] = parts(l, row);
  if (more !== undefined) return failedStmt(l, row);
  const test = exprAt(l, testRow, row);
  const msg = msgRow < 0 ? null : l.expr(l, msgRow, "Load");
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
  const node: Stmt = { kind: "Assert", ...place, test, msg };
  adopt(node, test);
  adopt(node, msg);
  return node;
}

function lowerTypeAlias(l: Lowering, row: number): Stmt {
  const [left = -1, right = -1] = parts(l, row);
  const inside = left < 0 ? -1 : firstPart(l, left);
  const generic = inside >= 0 && kindOf(l, inside) === K.generic_type;
  const nameRow = generic ? firstPart(l, inside) : inside;
  if (nameRow < 0 || kindOf(l, nameRow) !== K.identifier) return assignmentToTypeOf(l, row, inside, right);
  const name = l.expr(l, nameRow, "Store");
  const type_params = lowerTypeParams(l, generic ? findChild(l, inside, K.type_parameter) : -1);
  const value = exprAt(l, right, row);
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
  const node: Stmt = { kind: "TypeAlias", ...place, name, type_params, value };
  adopt(node, name);
  adoptAll(node, type_params);
  adopt(node, value);
  return node;
}

/** `type(x).y = z` */
function assignmentToTypeOf(l: Lowering, row: number, left: number, right: number): Stmt {
  const target = left < 0 ? null : lowerCallOfType(l, left, l.start[row] ?? 0);
  if (target === null) return failedStmt(l, row);
  const value = exprAt(l, right, row);
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
  const node: Stmt = { kind: "Assign", ...place, targets: [target], value };
  target.parent = node;
  value.parent = node;
  return node;
}

/** `print >>file, x` is a tuple to Python 3; every other print statement is an error. */
function lowerPrint(l: Lowering, row: number): Stmt {
  const [chevron = -1, ...rest] = parts(l, row);
  const operand = chevron < 0 || kindOf(l, chevron) !== K.chevron ? -1 : firstPart(l, chevron);
  if (operand < 0 || !BINDS_TIGHTLY.has(kindOf(l, operand))) return failedStmt(l, row);
  const start = startOf(l, row);
  const right = l.expr(l, operand, "Load");
  const end = start + "print".length;
  const left: Expr = { kind: "Name", start, end, parent: null, id: "print", ctx: "Load" };
  let value: Expr = { kind: "BinOp", start, end: endOf(l, chevron), parent: null, left, op: "RShift", right };
  left.parent = value;
  right.parent = value;
  if (findChild(l, row, T[","]) >= 0) {
    const elts = [value, ...rest.map((at) => l.expr(l, at, "Load"))];
    value = { kind: "Tuple", start, end: endOf(l, row), parent: null, elts, ctx: "Load" };
    adoptAll(value, elts);
  }
  const node: Stmt = { kind: "Expr", start, end: endOf(l, row), parent: null, unit: null, value };
  value.parent = node;
  return node;
}

/** What follows `>>` and is its whole right operand. */
const BINDS_TIGHTLY: ReadonlySet<number> = new Set([
  K.identifier,
  K.attribute,
  K.call,
  K.subscript,
  K.none,
  K.integer,
  K.string,
  K.parenthesized_expression,
]);

function namesHandler(kind: "Global" | "Nonlocal"): StmtHandler {
  return (l, row) => {
    const names = parts(l, row).map((at) => nameOf(l, at));
    return { kind, start: startOf(l, row), end: endOf(l, row), parent: null, unit: null, names };
  };
}

function wordHandler(kind: "Pass" | "Break" | "Continue"): StmtHandler {
  return (l, row) => ({ kind, start: startOf(l, row), end: endOf(l, row), parent: null, unit: null });
}

export const statementHandlers: readonly (readonly [number, StmtHandler])[] = [
  [K.ERROR, brokenStmt],
  [K.print_statement, lowerPrint],
  [K.exec_statement, failedStmt],
  [K.expression_statement, lowerExpressionStatement],
  [K.return_statement, lowerReturn],
  [K.delete_statement, lowerDelete],
  [K.raise_statement, lowerRaise],
  [K.assert_statement, lowerAssert],
  [K.type_alias_statement, lowerTypeAlias],
  [K.global_statement, namesHandler("Global")],
  [K.nonlocal_statement, namesHandler("Nonlocal")],
  [K.pass_statement, wordHandler("Pass")],
  [K.break_statement, wordHandler("Break")],
  [K.continue_statement, wordHandler("Continue")],
];
