/** Schedules the parts of expressions that open no scope and bind no name. */

import type { Node } from "../../syntax/ast.ts";
import type { ScopeTable } from "./table.ts";
import { push, pushAll, type Walk } from "./walk.ts";

/** Schedules the children of an expression, the first on top. False where the node is no such expression. */
export function pushExpression(walk: Walk, node: Node, scope: ScopeTable): boolean {
  switch (node.kind) {
    case "Call":
      pushAll(walk, node.keywords, scope);
      pushAll(walk, node.args, scope);
      push(walk, node.func, scope);
      return true;
    case "Attribute":
      if (node.ctx === "Store" && node.value.kind === "Name") walk.table.attributeStores.push(node);
      push(walk, node.value, scope);
      return true;
    case "keyword":
    case "Await":
    case "Starred":
      push(walk, node.value, scope);
      return true;
    case "Tuple":
    case "List":
    case "Set":
      pushAll(walk, node.elts, scope);
      return true;
    case "BoolOp":
    case "JoinedStr":
    case "TemplateStr":
      pushAll(walk, node.values, scope);
      return true;
    case "Compare":
      pushAll(walk, node.comparators, scope);
      push(walk, node.left, scope);
      return true;
    case "Dict":
      pushAll(walk, node.values, scope);
      pushAll(walk, node.keys, scope);
      return true;
    case "UnaryOp":
      push(walk, node.operand, scope);
      return true;
    case "Subscript":
      return pushParts(walk, scope, node.value, node.slice);
    case "BinOp":
      return pushParts(walk, scope, node.left, node.right);
    case "FormattedValue":
    case "Interpolation":
      return pushParts(walk, scope, node.value, node.format_spec);
    case "IfExp":
      return pushParts(walk, scope, node.test, node.body, node.orelse);
    case "Slice":
      return pushParts(walk, scope, node.lower, node.upper, node.step);
    default:
      return false;
  }
}

/** Schedules up to three nodes, the first on top. */
function pushParts(
  walk: Walk,
  scope: ScopeTable,
  first: Node | null,
  second: Node | null,
  third: Node | null = null,
): true {
  push(walk, third, scope);
  push(walk, second, scope);
  push(walk, first, scope);
  return true;
}
