/** Branches that only a type checker takes. */

import type { Expr, Node, Stmt } from "../../syntax/ast.ts";

/** How many statements around a definition are looked at; an endless `elif` chain is nested as deep as it is long. */
export const BRANCHES_SEEN = 60;

/** True for the test of `if TYPE_CHECKING:`. */
export function isTypeChecking(test: Expr): boolean {
  if (test.kind === "Attribute") return test.attr === "TYPE_CHECKING";
  return test.kind === "Name" && test.id === "TYPE_CHECKING";
}

/** True for a definition in the `else` of `if TYPE_CHECKING:`. */
export function isElseOfTypeChecking(definition: Node): boolean {
  let child: Node = definition;
  let at = definition.parent;
  for (let levels = 0; at !== null && levels < BRANCHES_SEEN; levels++) {
    if (at.kind === "If" && isTypeChecking(at.test) && at.orelse.includes(child as Stmt)) return true;
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "ClassDef") return false;
    child = at;
    at = at.parent;
  }
  return false;
}
