/** Walks the AST in document order, without recursion: a chain of calls may be thousands of nodes deep. */

import type { Node } from "./ast.ts";
import { CHILDREN, classHeader } from "./children.ts";
import type { Unit } from "./tree.ts";

/** What to do with a node; returning `false`, and nothing else, leaves out what is below it. */
export type Visit = (node: Node) => unknown;

/** Appends the children of a node to `into`, in document order. */
function collect(node: Node, into: Node[]): void {
  const append = CHILDREN[node.kind] as (node: Node, into: Node[]) => void;
  append(node, into);
}

/** The children of a node, in document order. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  collect(node, found);
  return found;
}

/** Visits a node and everything below it, parents first, in document order. */
export function walk(node: Node, visit: Visit): void {
  if (visit(node) === false) return;
  const stack: Node[] = [];
  collect(node, stack);
  reverse(stack, 0);
  drain(stack, visit);
}

/** Visits the nodes of a unit; for a class its header, because its body is made of units of their own. */
export function walkUnit(unit: Unit, visit: Visit): void {
  const { root } = unit;
  if (root.kind !== "ClassDef") {
    walk(root, visit);
    return;
  }
  if (visit(root) === false) return;
  const stack: Node[] = [];
  classHeader(root, stack);
  reverse(stack, 0);
  drain(stack, visit);
}

/** Visits what is on the stack, the top first. */
function drain(stack: Node[], visit: Visit): void {
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (visit(node) === false) continue;
    const from = stack.length;
    collect(node, stack);
    reverse(stack, from);
  }
}

/** Turns the end of a stack around, so that what was appended first is popped first. */
function reverse(stack: Node[], from: number): void {
  for (let low = from, high = stack.length - 1; low < high; low++, high--) {
    const lowest = stack[low] as Node;
    stack[low] = stack[high] as Node;
    stack[high] = lowest;
  }
}
