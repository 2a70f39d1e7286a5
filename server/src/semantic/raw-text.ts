/** Whether a part of a composed HTML text is certainly there as it came, unescaped. */

import {
  ENCODED_ATTRIBUTES,
  holdsMarkup,
  KEEPS_RAW,
  KEEPS_RAW_METHODS,
  SAFE_TYPES,
} from "../models/markup.ts";
import type { Call, Expr, Name } from "../syntax/ast.ts";
import { assignedValues } from "./assigned.ts";
import { composedText, type TextPart } from "./composed.ts";
import { isFixedText } from "./fixed-text.ts";
import type { SemanticModel } from "./model.ts";

/** Values that are made of values deeper than this are given up on, as not raw. */
const MAX_DEPTH = 5;

/**
 * True for a value that certainly is text as it came: a parameter, an attribute, an item, none of them escaped.
 * What a function returns counts as escaped unless the function is known to change nothing.
 */
export function isRawText(part: TextPart, model: SemanticModel): boolean {
  return part.kind === "value" && !part.numeric && isRaw(part.node, model, 0);
}

function isRaw(node: Expr, model: SemanticModel, depth: number): boolean {
  if (depth > MAX_DEPTH || isFixedText(node, model)) return false;
  if (SAFE_TYPES.test(model.typeOf(node) ?? "")) return false;
  const raw = (part: Expr) => isRaw(part, model, depth + 1);
  switch (node.kind) {
    case "Name":
      return !holdsMarkup(node.id) && isRawName(node, model, raw);
    case "Attribute":
      return !ENCODED_ATTRIBUTES.has(node.attr) && !holdsMarkup(node.attr);
    case "Subscript":
      return raw(node.value) || node.value.kind === "Call";
    case "IfExp":
      return raw(node.body) || raw(node.orelse);
    case "BoolOp":
      return node.values.some(raw);
    case "Call":
      return isRawCall(node, model, raw);
    default:
      return (composedText(node, model) ?? []).some(
        (part) => part.kind === "value" && !part.numeric && raw(part.node),
      );
  }
}

function isRawCall(node: Call, model: SemanticModel, raw: (part: Expr) => boolean): boolean {
  if (KEEPS_RAW.has(model.callee(node) ?? "")) return node.args.some(raw);
  return node.func.kind === "Attribute" && KEEPS_RAW_METHODS.has(node.func.attr) && raw(node.func.value);
}

/** A parameter or loop variable that nothing replaces, or a name that is only ever given raw text. */
function isRawName(node: Name, model: SemanticModel, raw: (part: Expr) => boolean): boolean {
  const values = assignedValues(node, model);
  if (values !== undefined) return values.length > 0 && values.every(raw);
  const binding = model.resolve(node);
  return binding?.definitions.length === 1 && /^(?:parameter|for|comprehension)$/.test(binding.kind);
}
