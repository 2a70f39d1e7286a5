/** The value of an attribute, by the value it is read from. */

import { attributeOfSuper, attributeOfType } from "./classes.ts";
import type { Inference } from "./context.ts";
import { shapeOf } from "./functions.ts";
import { objectNamed } from "./names.ts";
import type { FunctionValue, Value } from "./values.ts";

export function attributeOf(inf: Inference, base: Value | null, name: string): Value | null {
  switch (base?.kind) {
    case "module":
    case "name":
      return inf.named(`${base.name}.${name}`);
    case "class":
      if (name === "__name__" || name === "__qualname__") return null;
      return attributeOfType(inf, base.type, name, "class");
    case "instance":
      if (name === "__class__") return { kind: "class", type: base.type };
      return attributeOfType(inf, base.type, name, "instance");
    case "super":
      return attributeOfSuper(inf, base.cls, name);
    case "function":
      return attributeOfFunction(inf, base, name);
    default:
      return null;
  }
}

/** A decorator may turn a function into an object: a task has `delay`. */
function attributeOfFunction(inf: Inference, fn: FunctionValue, name: string): Value | null {
  if (fn.node === null) return fn.receiver === null ? objectNamed(inf.knowledge, `${fn.name}.${name}`) : null;
  const { object } = shapeOf(inf, fn.node);
  return object === null ? null : attributeOfType(inf, object, name, "instance");
}
