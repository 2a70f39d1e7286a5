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
    case "Subscript":
      push(walk, node.slice, scope);
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
    case "BinOp":
      push(walk, node.right, scope);
      push(walk, node.left, scope);
      return true;
    case "Compare":
      pushAll(walk, node.comparators, scope);
      push(walk, node.left, scope);
      return true;
    case "UnaryOp":
      push(walk, node.operand, scope);
      return true;
    case "FormattedValue":
    case "Interpolation":
      push(walk, node.format_spec, scope);
      push(walk, node.value, scope);
      return true;
    case "Dict":
      pushAll(walk, node.values, scope);
      pushAll(walk, node.keys, scope);
      return true;
    case "IfExp":
      push(walk, node.orelse, scope);
      push(walk, node.body, scope);
      push(walk, node.test, scope);
      return true;
    case "Slice":
      push(walk, node.step, scope);
      push(walk, node.upper, scope);
      push(walk, node.lower, scope);
      return true;
    default:
      return false;
  }
}
