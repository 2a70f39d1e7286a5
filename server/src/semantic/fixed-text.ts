/** Whether an expression's text comes from the program alone: constants, numbers, choices among them. */

import type { BinOp, Call, Expr, Name, Node } from "../syntax/ast.ts";
import { assignedValues } from "./assigned.ts";
import { composedText, isNumber } from "./composed.ts";
import type { Binding, SemanticModel } from "./model.ts";

/**
 * True where every text that an expression can have stands in the source, or is a number, or repeats such texts
 * (`",".join("?" * len(ids))`). Quoting functions count: their result is one identifier or literal. A name in
 * capitals that another module defines is taken at its word.
 */
export function isFixedText(node: Expr, model: SemanticModel): boolean {
  return isFixed(node, model, new Set());
}

/** `open` holds the bindings that are being looked at: one that is built from itself adds nothing new. */
function isFixed(node: Expr, model: SemanticModel, open: ReadonlySet<Binding>): boolean {
  if (model.constant(node) !== undefined || isNumber(node, model)) return true;
  const fixed = (part: Expr) => isFixed(part, model, open);
  switch (node.kind) {
    case "Constant":
      return true;
    case "Name":
      return isConstantName(node.id) || isFixedName(node, model, open);
    case "Attribute":
      return isConstantName(node.attr) || OWN_NAMES.has(node.attr);
    case "IfExp":
      return fixed(node.body) && fixed(node.orelse);
    case "BoolOp":
      return node.values.every(fixed);
    case "List":
    case "Tuple":
    case "Set":
      return node.elts.every(fixed);
    case "Dict":
      return [...node.keys, ...node.values].every((part) => part !== null && fixed(part));
    case "ListComp":
    case "GeneratorExp":
    case "SetComp":
      return fixed(node.elt);
    case "BinOp":
      return isFixedOperation(node, model, fixed);
    case "JoinedStr":
      return (composedText(node, model) ?? []).every((part) => part.kind === "text" || fixed(part.node));
    case "Subscript":
      return tableValues(node.value, model)?.every(fixed) ?? false;
    case "Call":
      return isFixedCall(node, model, fixed);
    default:
      return false;
  }
}

/** A name that is only ever given fixed texts, by assignment or as an element of a fixed collection. */
function isFixedName(node: Name, model: SemanticModel, open: ReadonlySet<Binding>): boolean {
  const binding = model.resolve(node);
  if (binding === undefined) return false;
  if (open.has(binding)) return true;
  const inside = new Set([...open, binding]);
  const fixed = (part: Expr) => isFixed(part, model, inside);
  const values = assignedValues(node, model);
  if (values !== undefined) return values.every(fixed);
  const sources = binding.definitions.map(iteratedBy);
  return (
    sources.length > 0 &&
    sources.every((source) => source !== undefined && isFixedElements(source, model, fixed))
  );
}

/** The collection that a loop variable runs through, or undefined for any other definition. */
function iteratedBy(definition: Node): Expr | undefined {
  let at: Node | null = definition;
  while (at !== null && (at.kind === "Name" || at.kind === "Tuple" || at.kind === "List")) at = at.parent;
  return at?.kind === "For" || at?.kind === "AsyncFor" || at?.kind === "comprehension" ? at.iter : undefined;
}

/** Names of tables, columns and classes, which stand in the definition of a model. */
const OWN_NAMES: ReadonlySet<string> = new Set(["db_table", "__tablename__", "__name__", "__qualname__"]);

/** `TABLE_NAME`: by the language's own convention set once, by the program. */
function isConstantName(name: string): boolean {
  return /^_?[A-Z][A-Z0-9_]+$/.test(name);
}

/** Repeating and adding; `"?" * n` depends on `n` only in length. */
function isFixedOperation(
  { left, op, right }: BinOp,
  model: SemanticModel,
  fixed: (part: Expr) => boolean,
): boolean {
  if (op === "Mult") return fixed(left) || (fixed(right) && !isNumber(right, model));
  return (op === "Mod" || op === "Add") && fixed(left) && fixed(right);
}

/** What `TABLE[key]` may yield, where all of the mapping or sequence stands in the source. */
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

/** The elements of a collection: `"?" * n`, `map(quote, names)`, `TABLES.items()`, `sorted(TABLES)`. */
function isFixedElements(node: Expr, model: SemanticModel, fixed: (part: Expr) => boolean): boolean {
  if (node.kind !== "Call") return fixed(node);
  const [first] = node.args;
  const callee = model.callee(node);
  if (callee === "builtins.map") {
    const name = first?.kind === "Attribute" ? first.attr : first?.kind === "Name" ? first.id : "";
    return QUOTING.test(name);
  }
  if (first !== undefined && callee !== undefined && SAME_ELEMENTS.has(callee)) {
    return isFixedElements(first, model, fixed);
  }
  if (node.func.kind === "Attribute" && /^(?:items|keys|values)$/.test(node.func.attr))
    return fixed(node.func.value);
  return fixed(node);
}

const SAME_ELEMENTS: ReadonlySet<string> = new Set([
  "builtins.sorted",
  "builtins.reversed",
  "builtins.list",
  "builtins.tuple",
  "builtins.set",
  "builtins.enumerate",
]);
