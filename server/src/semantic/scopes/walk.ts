/** The state of one walk over a unit: the nodes still to visit, each with the scope that it stands in. */

import type { Expr, Name, Node, Stmt } from "../../syntax/ast.ts";
import type { BindingKind } from "../model.ts";
import { ANNOTATION, addFlags, createScope, LOCAL, type ScopeTable, type UnitTable, USE } from "./table.ts";

export interface Walk {
  readonly table: UnitTable;
  /** Scopes in the order in which they were opened: an enclosing scope comes before the ones inside it. */
  readonly opened: ScopeTable[];
  /** The nodes to visit, last first, and beside each the scope it stands in. */
  readonly nodes: Node[];
  readonly scopes: ScopeTable[];
  /** Annotations are visited last: CPython keeps what they read apart, and so do we. */
  readonly annotations: { readonly node: Expr; readonly scope: ScopeTable }[];
  /** USE, or ANNOTATION once the annotations are visited. */
  readFlag: number;
}

/** Schedules a node. Plain reads and constants, most of all nodes, are dealt with at once. */
export function push(walk: Walk, node: Node | null, scope: ScopeTable): void {
  if (node === null) return;
  if (node.kind === "Name" && node.ctx === "Load") {
    read(walk, node, scope);
    return;
  }
  if (node.kind === "Constant") {
    if (walk.readFlag === ANNOTATION && node.type === "str") readQuoted(walk, String(node.value), node.start);
    return;
  }
  walk.nodes.push(node);
  walk.scopes.push(scope);
}

/** Schedules nodes so that they are visited in the order given. */
export function pushAll(walk: Walk, nodes: readonly (Node | null)[], scope: ScopeTable): void {
  for (let index = nodes.length - 1; index >= 0; index--) push(walk, nodes[index] as Node | null, scope);
}

/** Schedules the statements of a body, without those that are units of their own. */
export function pushBody(walk: Walk, body: readonly Stmt[], scope: ScopeTable): void {
  for (let index = body.length - 1; index >= 0; index--) {
    const stmt = body[index] as Stmt;
    if (stmt.unit === null) push(walk, stmt, scope);
  }
}

export function pushAnnotation(walk: Walk, node: Expr | null, scope: ScopeTable): void {
  if (node !== null) walk.annotations.push({ node, scope });
}

/** Opens a scope. `outermost` is where a scope hangs that stands directly in the module or class. */
export function openScope(
  walk: Walk,
  kind: ScopeTable["kind"],
  node: Node,
  parent: ScopeTable,
  register: Map<Node, ScopeTable> = walk.table.scopes,
): ScopeTable {
  const scope = createScope(kind, node, parent);
  parent.children.push(scope);
  register.set(node, scope);
  walk.opened.push(scope);
  return scope;
}

export function define(scope: ScopeTable, name: string, kind: BindingKind, node: Node, flags = LOCAL): void {
  addFlags(scope, name, flags);
  scope.definitions.push({ name, kind, node });
}

function read(walk: Walk, node: Name, scope: ScopeTable): void {
  addFlags(scope, node.id, walk.readFlag);
  walk.table.loads.push(node);
  // A call of `super()` reads the class through the hidden name `__class__`.
  if (node.id === "super" && scope.kind !== "module" && scope.kind !== "class") {
    addFlags(scope, "__class__", USE);
  }
}

/** Notes the names in the string of an annotation: `"Mapping[str, Order]"`. */
function readQuoted(walk: Walk, text: string, start: number): void {
  if (text.length > 1000) return;
  for (const [id] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) walk.table.quoted.push({ id, start });
}
