/** Whether an expression's text comes from the program alone: constants, numbers, choices among them. */

import type { Call, Expr, Subscript } from "../syntax/ast.ts";
import { assignedValues } from "./assigned.ts";
import { composedText, isNumber } from "./composed.ts";
import type { SemanticModel } from "./model.ts";

/** Names deeper than this are given up on: nobody writes them, and recursion has to end. */
const MAX_DEPTH = 8;

/**
 * True where every text that an expression can have stands in the source, or is a number, or repeats such texts
 * (`",".join("?" * len(ids))`). Quoting functions count: their result is one identifier or literal. A name in
 * capitals that another module defines is taken at its word.
 */
export function isFixedText(node: Expr, model: SemanticModel, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (model.constant(node) !== undefined || isNumber(node, model)) return true;
  const fixed = (part: Expr) => isFixedText(part, model, depth + 1);
  switch (node.kind) {
    case "Constant":
      return true;
    case "Name":
      return isConstantName(node.id) || (assignedValues(node, model)?.every(fixed) ?? false);
    case "Attribute":
      return isConstantName(node.attr);
    case "IfExp":
      return fixed(node.body) && fixed(node.orelse);
    case "BoolOp":
      return node.values.every(fixed);
    case "List":
    case "Tuple":
    case "Set":
      return node.elts.every(fixed);
    case "ListComp":
    case "GeneratorExp":
    case "SetComp":
      return fixed(node.elt);
    case "BinOp":
      return isFixedOperation(node.left, node.op, node.right, model, fixed);
    case "JoinedStr":
      return (composedText(node, model) ?? []).every((part) => part.kind === "text" || fixed(part.node));
    case "Subscript":
      return isFixedLookup(node, model, fixed);
    case "Call":
      return isFixedCall(node, model, fixed);
    default:
      return false;
  }
}

/** `TABLE_NAME`: by the language's own convention set once, by the program. */
function isConstantName(name: string): boolean {
  return /^_?[A-Z][A-Z0-9_]+$/.test(name);
}

/** Repeating and adding; `"?" * n` depends on `n` only in length. */
function isFixedOperation(
  left: Expr,
  op: string,
  right: Expr,
  model: SemanticModel,
  fixed: (part: Expr) => boolean,
): boolean {
  if (op === "Mult") return fixed(left) || (fixed(right) && !isNumber(right, model));
  if (op === "Mod") return fixed(left) && fixed(right);
  return op === "Add" && fixed(left) && fixed(right);
}

/** `COLUMNS[key]`, where all values of the mapping stand in the source. */
function isFixedLookup(node: Subscript, model: SemanticModel, fixed: (part: Expr) => boolean): boolean {
  return tableValues(node.value, model)?.every(fixed) ?? false;
}

function tableValues(node: Expr, model: SemanticModel): readonly Expr[] | undefined {
  if (node.kind === "Dict") return node.keys.includes(null) ? undefined : node.values;
  if (node.kind === "List" || node.kind === "Tuple") return node.elts;
  if (node.kind !== "Name") return undefined;
  const values = assignedValues(node, model);
  if (values === undefined || values.some((value) => value.kind === "Name")) return undefined;
  const tables = values.map((value) => tableValues(value, model));
  return tables.some((table) => table === undefined) ? undefined : tables.flatMap((table) => table ?? []);
}

const QUOTING =
  /^_?(?:quote\w*|escape_identifier|escape_name|\w*quote_?(?:name|ident|identifier|id)|Identifier)$/i;
const KEEPS_TEXT = new Set(["upper", "lower", "strip", "title", "rstrip", "lstrip"]);

function isFixedCall(node: Call, model: SemanticModel, fixed: (part: Expr) => boolean): boolean {
  const callee = model.callee(node);
  if (callee === "builtins.str" || callee === "builtins.repr") return node.args.every(fixed);
  const name =
    node.func.kind === "Attribute" ? node.func.attr : node.func.kind === "Name" ? node.func.id : "";
  if (QUOTING.test(name)) return true;
  if (node.func.kind !== "Attribute") return false;
  const { value: receiver } = node.func;
  if (name === "join") return fixed(receiver) && node.args.every((arg) => isFixedElements(arg, model, fixed));
  if (name === "get")
    return (tableValues(receiver, model)?.every(fixed) ?? false) && node.args.slice(1).every(fixed);
  if (name === "format")
    return fixed(receiver) && [...node.args, ...node.keywords.map((it) => it.value)].every(fixed);
  return KEEPS_TEXT.has(name) && fixed(receiver);
}

/** The elements that `join` is given; `"?" * n` and `map(quote, names)` among them. */
function isFixedElements(node: Expr, model: SemanticModel, fixed: (part: Expr) => boolean): boolean {
  if (node.kind !== "Call" || model.callee(node) !== "builtins.map") return fixed(node);
  const [each] = node.args;
  const name = each?.kind === "Attribute" ? each.attr : each?.kind === "Name" ? each.id : "";
  return QUOTING.test(name);
}
