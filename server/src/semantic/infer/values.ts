/** What is known of the value of an expression: a module, a class, a function, or an instance of a type. */

import type { FunctionFacts } from "../../models/knowledge.ts";
import type { ClassDef, FunctionNode } from "../../syntax/ast.ts";

/** A class with its type arguments, `null` where an argument is not known. */
export interface Type {
  /** Qualified name. */
  readonly name: string;
  readonly args: readonly (Type | null)[];
  /** The definition of a class of this module. */
  readonly cls: ClassDef | null;
}

export type Value =
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "class"; readonly type: Type }
  | FunctionValue
  | { readonly kind: "instance"; readonly type: Type; readonly name: string | null }
  /** Something that has a dotted name and of which nothing else is known. */
  | { readonly kind: "name"; readonly name: string }
  /** `super()` in a method of a class. */
  | { readonly kind: "super"; readonly cls: ClassDef };

export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  /** The definition of a function of this module. */
  readonly node: FunctionNode | null;
  readonly facts: FunctionFacts | null;
  /** For a method: the type, or class, that it was looked up on, with the arguments its facts refer to. */
  readonly receiver: Type | null;
  readonly args: readonly (Type | null)[];
}

const NO_ARGS: readonly (Type | null)[] = [];

export function plainType(name: string, args: readonly (Type | null)[] = NO_ARGS): Type {
  return { name, args, cls: null };
}

export function builtin(name: string, args: readonly (Type | null)[] = NO_ARGS): Type {
  return plainType(`builtins.${name}`, args);
}

export const NONE_TYPE = plainType("types.NoneType");

/** The value that an instance of a type is: `type[X]` is the class X itself. */
export function instanceOf(type: Type, name: string | null = null): Value {
  const [arg] = type.args;
  if (type.name === "builtins.type" && arg) return { kind: "class", type: arg };
  return { kind: "instance", type, name };
}

/** The type whose instance a value is, or null where it is something else or not known. */
export function typeOfValue(value: Value | null): Type | null {
  return value?.kind === "instance" ? value.type : null;
}

/** The dotted name of a value, or null. */
export function nameOfValue(value: Value | null): string | null {
  switch (value?.kind) {
    case "class":
      return value.type.name;
    case "module":
    case "function":
    case "name":
    case "instance":
      return value.name;
    default:
      return null;
  }
}

export function isNone(value: Value | null): boolean {
  return value?.kind === "instance" && value.type.name === NONE_TYPE.name;
}

export function sameType(a: Type | null, b: Type | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (a.name !== b.name || a.cls !== b.cls || a.args.length !== b.args.length) return false;
  return a.args.every((arg, index) => sameType(arg, b.args[index] ?? null));
}

/** True where two values are the same module, class or function, or instances of the same type. */
export function sameValue(a: Value, b: Value): boolean {
  switch (a.kind) {
    case "instance":
      return b.kind === "instance" && sameType(a.type, b.type);
    case "class":
      return b.kind === "class" && sameType(a.type, b.type);
    case "super":
      return b.kind === "super" && a.cls === b.cls;
    default:
      return a.kind === b.kind && a.name === nameOfValue(b);
  }
}

/** What several values have in common: null unless they agree; None among others is passed over. */
export function agree(values: readonly (Value | null)[]): Value | null {
  let common: Value | null = null;
  let none: Value | null = null;
  for (const value of values) {
    if (value === null) return null;
    if (isNone(value)) {
      none = value;
      continue;
    }
    common = common === null ? value : merge(common, value);
    if (common === null) return null;
  }
  return common ?? none;
}

/** Two values as one. Containers of one class agree on the class where their elements differ. */
function merge(a: Value, b: Value): Value | null {
  if (a.kind !== "instance" || b.kind !== "instance") return sameValue(a, b) ? a : null;
  if (a.type.name !== b.type.name || a.type.cls !== b.type.cls) return null;
  const args = a.type.args.map((arg, index) => {
    const other = b.type.args[index] ?? null;
    return sameType(arg, other) ? arg : null;
  });
  return { kind: "instance", type: { ...a.type, args }, name: a.name === b.name ? a.name : null };
}
