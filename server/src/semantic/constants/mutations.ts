/** Whether a list, set or dictionary that a name holds is ever changed or handed to somebody who might. */

import type { Call, Expr, Name, Node } from "../../syntax/ast.ts";
import type { ModuleScopes } from "../scopes/module.ts";

const READING_METHODS = new Set([
  "copy",
  "count",
  "difference",
  "get",
  "index",
  "intersection",
  "isdisjoint",
  "issubset",
  "issuperset",
  "items",
  "keys",
  "symmetric_difference",
  "union",
  "values",
]);

/** Builtins that only read what they are passed. */
const READING_BUILTINS: ReadonlySet<string> = new Set([
  "all",
  "any",
  "bool",
  "dict",
  "enumerate",
  "filter",
  "frozenset",
  "isinstance",
  "len",
  "list",
  "map",
  "max",
  "min",
  "print",
  "range",
  "repr",
  "reversed",
  "set",
  "sorted",
  "str",
  "sum",
  "tuple",
  "zip",
]);

/** True where `len` and its like are surely the builtins, unless a function binds the name for itself. */
export function keepsReadingBuiltins({ module, stars }: ModuleScopes): boolean {
  if (stars.length > 0) return false;
  for (const name of READING_BUILTINS) if (module.bindings.has(name)) return false;
  return true;
}

/**
 * True where a use of a name only reads the container it holds. The elements are taken to be immutable.
 *
 * @param isBuiltin tells a builtin from a function of the module that has its name
 */
export function onlyReads(use: Name, isBuiltin: (name: Name) => boolean): boolean {
  const { parent } = use;
  switch (parent?.kind) {
    case "Compare":
    case "BinOp":
    case "FormattedValue":
    case "Expr":
    case "Starred":
      return true;
    case "UnaryOp":
      return parent.op === "Not";
    case "If":
    case "While":
    case "Assert":
      return parent.test === use;
    case "For":
    case "AsyncFor":
    case "comprehension":
      return parent.iter === use;
    case "Subscript":
      return parent.value !== use || parent.ctx === "Load";
    case "Attribute":
      return parent.ctx === "Load" && READING_METHODS.has(parent.attr);
    case "Call":
      return readsArgument(parent, use, isBuiltin);
    case "keyword":
      return parent.arg === null && isFormatting(parent.parent);
    default:
      return false;
  }
}

function readsArgument(call: Call, use: Expr, isBuiltin: (name: Name) => boolean): boolean {
  const { func } = call;
  if (func === use) return false;
  if (func.kind === "Name") return READING_BUILTINS.has(func.id) && isBuiltin(func);
  return isFormatting(call);
}

/** `"…".join(x)` and `"…".format(x)` on a literal. */
function isFormatting(node: Node | null): boolean {
  if (node?.kind !== "Call" || node.func.kind !== "Attribute") return false;
  const { attr, value } = node.func;
  const isLiteral = value.kind === "JoinedStr" || (value.kind === "Constant" && value.type === "str");
  return isLiteral && (attr === "join" || attr === "format");
}
