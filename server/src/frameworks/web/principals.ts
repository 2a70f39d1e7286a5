/** Who is asking: the names in a function that hold the user of the request, and what comes of them. */

import { PRINCIPAL, PRINCIPAL_CALLS } from "../../models/web/ownership.ts";
import type { FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";

/** Names in a function that hold who is asking, and what comes of it. */
export type Principals = ReadonlySet<string>;

/** Names that hold who is asking: parameters and variables that come of the request's user. */
export function principalsOf(fn: FunctionNode, given: Iterable<string>): Principals {
  const names = new Set(given);
  const { args } = fn;
  for (const { arg } of [...args.posonlyargs, ...args.args, ...args.kwonlyargs]) {
    if (PRINCIPAL.test(arg)) names.add(arg);
  }
  for (const statement of fn.body) {
    walk(statement, (node) => {
      if (node.kind !== "Assign" && node.kind !== "AnnAssign" && node.kind !== "NamedExpr") return;
      const targets = node.kind === "Assign" ? node.targets : [node.target];
      if (node.value === null || !mentionsPrincipal(node.value, names)) return;
      for (const target of targets) {
        for (const one of target.kind === "Tuple" ? target.elts : [target]) {
          if (one.kind === "Name") names.add(one.id);
        }
      }
    });
  }
  return names;
}

export function mentionsPrincipal(root: Node, principals: Principals): boolean {
  let found = false;
  walk(root, (node) => {
    if (found) return false;
    if (isPrincipal(node, principals)) found = true;
    return undefined;
  });
  return found;
}

function isPrincipal(node: Node, principals: Principals): boolean {
  switch (node.kind) {
    case "Name":
      return principals.has(node.id) || /^current_(?:user|account|member|identity)$/.test(node.id);
    case "Attribute": {
      if (/^(?:user|current_user|auth_user|account|user_id|identity)$/.test(node.attr)) {
        return /^(?:request|g|self|state|context|info|session|req)$/.test(lastName(node.value));
      }
      return false;
    }
    case "Subscript":
      return lastName(node.value) === "session";
    case "Call":
      return PRINCIPAL_CALLS.test(lastName(node.func));
    default:
      return false;
  }
}
