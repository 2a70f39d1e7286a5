/** Chains of attributes, calls, subscripts and operators, and the expression that they start from. */

import type { Attribute, Await, BinOp, Call, Expr, Subscript } from "../../syntax/ast.ts";
import { attributeOf } from "./attributes.ts";
import { callValue } from "./calls.ts";
import type { Inference } from "./context.ts";
import { binaryType } from "./operators.ts";
import { subscriptValue } from "./subscripts.ts";
import { protocolType } from "./types.ts";
import { instanceOf, typeOfValue, type Value } from "./values.ts";

/** An expression whose value is a function of that of its leftmost part. */
export type Step = Attribute | Call | Subscript | Await | BinOp;

/** The part that the value of a step rests on, or null for other expressions. */
export function stepBase(node: Expr): Expr | null {
  switch (node.kind) {
    case "Attribute":
    case "Subscript":
    case "Await":
      return node.value;
    case "Call":
      return node.func;
    case "BinOp":
      return node.left;
    default:
      return null;
  }
}

/** The leftmost part of a chain: `x` of `x.a(b)[c]`. */
export function spineRoot(node: Expr): Expr {
  let at = node;
  for (let base = stepBase(at); base !== null; base = stepBase(at)) at = base;
  return at;
}

/** The value of a step, given that of its base. */
export function stepValue(inf: Inference, node: Step, base: Value | null): Value | null {
  switch (node.kind) {
    case "Attribute":
      return attributeOf(inf, base, node.attr);
    case "Call":
      return callValue(inf, node, base);
    case "Subscript":
      return subscriptValue(inf, base, node.slice);
    case "Await": {
      const type = typeOfValue(base);
      const awaited = type && protocolType(inf, type, "awaits");
      return awaited && instanceOf(awaited);
    }
    case "BinOp": {
      const type = binaryType(inf, node.op, typeOfValue(base), typeOfValue(inf.value(node.right)));
      return type && instanceOf(type);
    }
  }
}

/** The value of a chain, given that of its root. */
export function valueWithRoot(inf: Inference, node: Expr, root: Value): Value | null {
  const steps: Step[] = [];
  for (let at = node, base = stepBase(at); base !== null; at = base, base = stepBase(at))
    steps.push(at as Step);
  return steps.reduceRight<Value | null>((value, step) => stepValue(inf, step, value), root);
}
