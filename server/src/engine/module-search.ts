/** Searches through a whole module, for module facts. */

import type { SemanticModel } from "../semantic/model.ts";
import type { Call, Node } from "../syntax/ast.ts";
import { visit } from "./search.ts";

/** True where a node of the module passes, function bodies and class bodies included. */
export function someNode(model: SemanticModel, test: (node: Node) => boolean): boolean {
  return model.tree.units.some((unit) => {
    let found = false;
    visit(unit.root, (node) => {
      found ||= test(node);
      return !found;
    });
    return found;
  });
}

/** True where a call of the module passes. */
export function someCall(model: SemanticModel, test: (call: Call) => boolean): boolean {
  return someNode(model, (node) => node.kind === "Call" && test(node));
}

/** All calls of a module that pass, in document order. */
export function callsOf(model: SemanticModel, test: (call: Call) => boolean): readonly Call[] {
  const found: Call[] = [];
  someCall(model, (call) => {
    if (test(call)) found.push(call);
    return false;
  });
  return found;
}
