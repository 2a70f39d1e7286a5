/** Searches below and above a node, for rules: iterative, prunable, and within one function where asked. */

import type { FunctionNode, Node, Stmt } from "../syntax/ast.ts";
import { walk } from "../syntax/walk.ts";

/** Visits nodes and what is below them, in source order. Returning `false` leaves out what is below the node. */
export function visit(roots: Node | readonly Node[], see: (node: Node) => boolean | undefined): void {
  for (const root of "kind" in roots ? [roots] : roots) walk(root, see);
}

/** True for what opens a function of its own: its body runs at another time, or never. */
export function isFunctionLike(node: Node): boolean {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda";
}

/**
 * The first node at or below `roots` that passes. Functions and classes below them are left out: what stands
 * in those runs at another time. A function handed in as the one root is entered.
 */
export function find<Found extends Node>(
  roots: Node | readonly Node[],
  test: (node: Node) => node is Found,
): Found | undefined;
export function find(roots: Node | readonly Node[], test: (node: Node) => boolean): Node | undefined;
export function find(roots: Node | readonly Node[], test: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined;
  visit(roots, (node) => {
    if (found !== undefined) return false;
    if (node !== roots && (isFunctionLike(node) || node.kind === "ClassDef")) return false;
    if (test(node)) found = node;
    return found === undefined;
  });
  return found;
}

/** True where `find` would find something. */
export function contains(roots: Node | readonly Node[], test: (node: Node) => boolean): boolean {
  return find(roots, test) !== undefined;
}

/** The nodes that hold a node, innermost first. */
export function* holders(node: Node): Generator<Node> {
  for (let at = node.parent; at !== null; at = at.parent) yield at;
}

/** False below a condition of its function: what is made there may be made once and kept (`if model is None:`). */
export function runsInEveryCall(node: Node, holder: FunctionNode): boolean {
  for (const at of holders(node)) {
    if (at === holder) return true;
    if (at.kind === "If" || at.kind === "IfExp" || at.kind === "BoolOp") return false;
  }
  return true;
}

/** The statement that a node stands in; the node itself where it is one. */
export function statementOf(node: Node): Stmt | undefined {
  for (let at: Node | null = node; at !== null; at = at.parent) {
    if ("unit" in at) return at;
  }
  return undefined;
}

/** The list of statements that a statement is an element of. */
export function blockOf(statement: Stmt): readonly Stmt[] | undefined {
  const { parent } = statement;
  if (parent === null) return undefined;
  return blocksOf(parent).find((block) => block.includes(statement));
}

/** The statement lists of a node, in source order. */
export function blocksOf(node: Node): readonly (readonly Stmt[])[] {
  switch (node.kind) {
    case "Module":
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "With":
    case "AsyncWith":
    case "ExceptHandler":
    case "match_case":
      return [node.body];
    case "For":
    case "AsyncFor":
    case "While":
    case "If":
      return [node.body, node.orelse];
    case "Try":
    case "TryStar":
      return [node.body, node.orelse, node.finalbody];
    default:
      return [];
  }
}

/** True where control cannot run past the end of a block: each path returns, raises, breaks or continues. */
export function leaves(block: readonly Stmt[]): boolean {
  return block.some((statement) => {
    switch (statement.kind) {
      case "Return":
      case "Raise":
      case "Break":
      case "Continue":
        return true;
      case "If":
        return statement.orelse.length > 0 && leaves(statement.body) && leaves(statement.orelse);
      case "With":
      case "AsyncWith":
        return leaves(statement.body);
      case "Try":
      case "TryStar":
        return (
          leaves(statement.finalbody) ||
          ((leaves(statement.body) || leaves(statement.orelse)) &&
            statement.handlers.every((handler) => leaves(handler.body)))
        );
      default:
        return false;
    }
  });
}
