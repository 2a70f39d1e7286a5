/** The value of `base[…]`. */

import type { Expr } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import type { Inference } from "./context.ts";
import { operatorType } from "./operators.ts";
import { elementAt } from "./types.ts";
import { instanceOf, type Type, type Value } from "./values.ts";

const SLICEABLE = new Set(["str", "bytes", "list", "bytearray"].map((name) => `builtins.${name}`));

export function subscriptValue(inf: Inference, base: Value | null, slice: Expr): Value | null {
  if (base?.kind === "class") {
    const items: readonly Expr[] = slice.kind === "Tuple" ? slice.elts : [slice];
    const args = items.some(holdsText) ? [] : items.map((item) => inf.annotated(item));
    return { kind: "class", type: { ...base.type, args } };
  }
  if (base?.kind !== "instance") return null;
  const type = elementType(inf, base.type, slice);
  return type === null ? null : instanceOf(type);
}

/** True where a string stands in a type: it may name what is just being defined, `Tree = dict[str, "Tree"]`. */
function holdsText(type: Expr): boolean {
  let found = false;
  walk(type, (node) => {
    if (node.kind === "Constant" && node.type === "str") found = true;
  });
  return found;
}

function elementType(inf: Inference, type: Type, slice: Expr): Type | null {
  if (slice.kind === "Slice") {
    if (SLICEABLE.has(type.name)) return type;
    if (type.name === "builtins.tuple") return null;
  } else if (type.name === "builtins.tuple") {
    const index = constantIndex(slice);
    return index === null ? null : elementAt(type, index);
  }
  return operatorType(inf, type, "__getitem__");
}

function constantIndex(node: Expr): number | null {
  if (node.kind === "UnaryOp" && node.op === "USub") {
    const index = constantIndex(node.operand);
    return index === null ? null : -index;
  }
  return node.kind === "Constant" && typeof node.value === "number" ? node.value : null;
}
