/** Calls that change rows of a database, told apart from calls of the same names on files, caches and clients. */

import type { Call, Expr, Node } from "../syntax/ast.ts";
import { lastName } from "../syntax/calls.ts";

/** Receivers that are no rows and no tables. */
const OTHER =
  /cache|session_?store|cookie|redis|response|client|http|requests|s3|bucket|storage|file|image|img|fig|buf|stream|path|tmp|temp|workbook|wb|doc$|pdf|zip|logger|log$|queue|dict|set$|list$|registry|form_?set_?class|messages|headers|os$|shutil|stripe|browser|driver|canvas/i;

/** True for a call that surely writes to the database: `order.save()`, `Order.objects.create(…)`, `session.add(…)`. */
export function changesRows(call: Call): boolean {
  const { func } = call;
  if (func.kind !== "Attribute") return false;
  const receiver = nameOf(func.value);
  switch (func.attr.replace(/^a(?=save|delete|create|update|bulk)/, "")) {
    case "save":
      return !OTHER.test(receiver) && call.args.length === 0;
    case "delete":
      return !OTHER.test(receiver) && (call.args.length === 0 || isSession(receiver));
    case "create":
    case "bulk_create":
    case "update_or_create":
      return isManager(func.value);
    case "update":
      return func.value.kind === "Call" && isManagerChain(func.value);
    case "add":
    case "add_all":
      return isSession(receiver);
    case "insert_one":
    case "insert_many":
    case "update_one":
    case "update_many":
    case "delete_one":
    case "delete_many":
      return true;
    default:
      return false;
  }
}

function isSession(name: string): boolean {
  return /^(?:db|session|db_session|sess|async_session|database)$/.test(name);
}

function isManager(node: Expr): boolean {
  return node.kind === "Attribute" && /^(?:objects|_default_manager|\w+_set|all_objects)$/.test(node.attr);
}

/** `Order.objects.filter(…)` with any steps between. */
function isManagerChain(node: Node): boolean {
  for (
    let at: Node = node;
    at.kind === "Call" || at.kind === "Attribute";
    at = at.kind === "Call" ? at.func : at.value
  ) {
    if (at.kind === "Attribute" && isManager(at)) return true;
  }
  return false;
}

function nameOf(node: Expr): string {
  if (node.kind === "Call") return nameOf(node.func);
  return node.kind === "Subscript" ? nameOf(node.value) : lastName(node);
}
