/** Where a local variable is read, for rules that ask what becomes of a value. */

import type { SemanticModel } from "../semantic/model.ts";
import type { FunctionNode, Name, Node } from "../syntax/ast.ts";
import { holders, isFunctionLike, visit } from "./search.ts";

export interface LocalUses {
  readonly holder: FunctionNode;
  /** Every place that reads the name, in source order. */
  readonly reads: readonly Name[];
  /** How many places bind it. */
  readonly definitions: number;
}

/** The reads of a variable that is local to the function it is assigned in; undefined for any other name. */
export function localUses(target: Name, model: SemanticModel): LocalUses | undefined {
  const holder = model.enclosingFunction(target);
  const binding = model.resolve(target);
  if (holder === undefined || binding?.scope.node !== holder) return undefined;
  const reads: Name[] = [];
  visit(holder.body, (node) => {
    if (node.kind !== "Name" || node.id !== target.id) return true;
    if (node.ctx === "Load" && model.resolve(node) === binding) reads.push(node);
    return true;
  });
  return { holder, reads, definitions: binding.definitions.length };
}

/** True where a node stands in a function, lambda or class inside `holder`: it runs when that is called. */
export function runsLater(node: Node, holder: FunctionNode): boolean {
  for (const at of holders(node)) {
    if (at === holder) return false;
    if (isFunctionLike(at) || at.kind === "ClassDef") return true;
  }
  return false;
}
