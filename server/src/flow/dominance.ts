/** Dominance over the AST: whether a node has certainly been evaluated, and not failed, before another one is. */

import type { ExceptHandler, Node, Stmt } from "../syntax/ast.ts";

/**
 * True where every way to `later` within their function has evaluated `first` before. A check that raises, or
 * whose failing branch leaves, thereby protects what it dominates.
 */
export function dominates(first: Node, later: Node): boolean {
  for (let at: Node = first; ; ) {
    const holder: Node | null = at.parent;
    if (holder === null || isFunction(at)) return false;
    const block = blockOf(at, holder);
    if (block !== null) {
      const place = block.indexOf(at as Stmt);
      const other = block.findIndex((statement) => holds(statement, later));
      if (other > place) return true;
      // In one statement: the test of an `if` is evaluated before what stands in its branches.
      if (other === place) return holds(at, first) && comesFirst(first, later, at);
      if (!runsWithItsHolder(block, holder)) return false;
    } else if (holds(holder, later) && !holds(at, later)) {
      if (isEvaluatedBefore(at, holder, later)) return true;
      if (isOptional(at, holder)) return false;
    } else if (isOptional(at, holder)) return false;
    at = holder;
  }
}

function isFunction(node: Node): boolean {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda";
}

/** The list of statements that a statement stands in, or null for an expression. */
function blockOf(node: Node, holder: Node): readonly Stmt[] | null {
  for (const name of ["body", "orelse", "finalbody"] as const) {
    const block = (holder as unknown as Readonly<Record<string, unknown>>)[name];
    if (Array.isArray(block) && block.includes(node)) return block as readonly Stmt[];
  }
  return null;
}

/** True for blocks that run whenever their statement does, to the end. */
function runsWithItsHolder(block: readonly Stmt[], holder: Node): boolean {
  switch (holder.kind) {
    case "With":
    case "AsyncWith":
      return true;
    case "Try":
    case "TryStar":
      // What fails in the body goes to a handler: only handlers that leave keep the promise.
      return block === holder.finalbody || (block === holder.body && holder.handlers.every(leaves));
    default:
      return false;
  }
}

function leaves(handler: ExceptHandler): boolean {
  return alwaysLeaves(handler.body);
}

/** True for statements that never fall through: they return, raise, `continue` or `break`. */
export function alwaysLeaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  switch (last?.kind) {
    case "Return":
    case "Raise":
    case "Continue":
    case "Break":
      return true;
    case "If":
      return last.orelse.length > 0 && alwaysLeaves(last.body) && alwaysLeaves(last.orelse);
    case "With":
    case "AsyncWith":
      return alwaysLeaves(last.body);
    default:
      return false;
  }
}

/** A test, a subject, or the items of `with` are evaluated before what stands in the blocks of their statement. */
function isEvaluatedBefore(part: Node, holder: Node, later: Node): boolean {
  switch (holder.kind) {
    case "If":
    case "While":
    case "IfExp":
      return part === holder.test;
    case "For":
    case "AsyncFor":
      return part === holder.iter;
    case "With":
    case "AsyncWith":
      return part.kind === "withitem" && !holder.items.some((item) => holds(item, later));
    case "Match":
      return part === holder.subject;
    case "BoolOp":
      return part === holder.values[0];
    default:
      return part.start < later.start && !isOptional(part, holder);
  }
}

function comesFirst(first: Node, later: Node, statement: Node): boolean {
  for (let at: Node = first; at !== statement && at.parent !== null; at = at.parent) {
    if (holds(at.parent, later)) return isEvaluatedBefore(at, at.parent, later);
    if (isOptional(at, at.parent)) return false;
  }
  return false;
}

/** Parts of expressions that are not always evaluated. */
function isOptional(part: Node, holder: Node): boolean {
  switch (holder.kind) {
    case "BoolOp":
      return part !== holder.values[0];
    case "IfExp":
      return part !== holder.test;
    case "comprehension":
      return part !== holder.iter;
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return part !== holder.generators[0];
    case "match_case":
    case "ExceptHandler":
      return true;
    default:
      return false;
  }
}

function holds(outer: Node, inner: Node): boolean {
  for (let at: Node | null = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}
