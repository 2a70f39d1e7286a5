/** Which names of a handler hold what the client chose, and what the handler does with a row. */

import type { FunctionNode, Node } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import type { Access } from "./access.ts";
import { namesIn } from "./access.ts";
import type { Endpoint } from "./endpoint.ts";

/** Attributes of a request that the client fills. */
const FILLED =
  /^(?:GET|POST|args|form|json|data|values|query_params|body|cookies|headers|get_json|view_args|match_info|FILES|files|path_params)$/;

/** Names that hold what the client chose: parameters, and variables that are read off the request. */
export function clientNames(fn: FunctionNode, endpoints: readonly Endpoint[]): ReadonlySet<string> {
  const names = new Set(["self.kwargs"]);
  for (const { parameters } of endpoints) {
    for (const { name, from } of parameters) {
      if (from !== "dependency" && from !== "injected") names.add(name);
    }
  }
  for (const statement of fn.body) {
    walk(statement, (node) => {
      if (node.kind !== "Assign" && node.kind !== "AnnAssign") return;
      if (
        node.value === null ||
        !(readsRequest(node.value) || namesIn(node.value).some((one) => names.has(one)))
      )
        return;
      for (const target of node.kind === "Assign" ? node.targets : [node.target]) {
        if (target.kind === "Name") names.add(target.id);
      }
    });
  }
  return names;
}

/** True where an expression reads what the client sent: `request.args["id"]`, `request.data.get("order")`. */
export function readsRequest(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind !== "Attribute" || !FILLED.test(node.attr)) return;
    const { value } = node;
    const owner = value.kind === "Name" ? value.id : value.kind === "Attribute" ? value.attr : "";
    if (owner === "request" || owner === "req") found = true;
  });
  return found;
}

/** What a handler does with the row of a look-up, and where. */
export interface Effect {
  readonly kind: "writes" | "shows";
  readonly node: Node;
}

/** Attributes that tell nothing but the row's own address. */
const ADDRESS = /^(?:id|pk|uuid|code|slug|get_absolute_url)$/;

/** The first write of the row, else the first place that shows it; null where it is only looked up. */
export function effectOf(access: Access, fn: FunctionNode): Effect | null {
  const { call, variable } = access;
  const end = call.func.kind === "Attribute" ? call.func.attr : "";
  if (/^a?(?:delete|update)$/.test(end)) return { kind: "writes", node: call };
  if (variable === null) return isInReturn(call) ? { kind: "shows", node: call } : null;
  const effects: Effect[] = [];
  for (const statement of fn.body) {
    walk(statement, (node) => {
      const kind = effectAt(node, variable);
      if (kind !== null) effects.push({ kind, node });
    });
  }
  return effects.find(({ kind }) => kind === "writes") ?? effects[0] ?? null;
}

function effectAt(node: Node, variable: string): Effect["kind"] | null {
  if (node.kind === "Name" && node.id === variable && isInReturn(node)) {
    const { parent } = node;
    return parent?.kind === "Attribute" && ADDRESS.test(parent.attr) ? null : "shows";
  }
  if (node.kind === "Attribute" && node.ctx === "Store" && isName(node.value, variable)) return "writes";
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return null;
  const { attr, value } = node.func;
  // `order.save()`, `order.cancel()`: a call on the row for its own sake
  if (isName(value, variable) && (/^a?(?:save|delete)$/.test(attr) || isStatement(node))) return "writes";
  return attr === "delete" && node.args.some((arg) => isName(arg, variable)) ? "writes" : null;
}

function isStatement(node: Node): boolean {
  const at = node.parent?.kind === "Await" ? node.parent : node;
  return at.parent?.kind === "Expr";
}

function isName(node: Node, name: string): boolean {
  return node.kind === "Name" && node.id === name;
}

/** True for what is part of a response, tests of conditions left out. */
function isInReturn(start: Node): boolean {
  for (let at: Node | null = start; at !== null; at = at.parent) {
    if (at.kind === "Return") return true;
    if (at.kind === "Compare" || at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
  }
  return false;
}
