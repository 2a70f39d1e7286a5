/** What the decorators and the signature of a function of this module say about it, and what a call of it gives. */

import type { Expr, FunctionNode } from "../../syntax/ast.ts";
import { unitOf } from "../../syntax/tree.ts";
import { unitTableOf } from "../scopes/module.ts";
import type { Inference } from "./context.ts";
import { instantiate } from "./instantiate.ts";
import { plainType, type Type } from "./values.ts";

export interface FunctionShape {
  readonly isProperty: boolean;
  /** What the first parameter is bound to when the function is a method. */
  readonly binds: "instance" | "class" | "nothing";
  readonly contextManager: "sync" | "async" | null;
  /** A class whose attributes the decorated function has besides. */
  readonly object: Type | null;
  /** What a call gives where a decorator changes that; undefined where none does. */
  readonly result: Type | null | undefined;
  /** True under a decorator that may return anything. */
  readonly isOpaque: boolean;
}

/** Methods that Python makes class methods or static methods without a decorator. */
const IMPLICIT_CLASS_METHODS = new Set(["__new__", "__init_subclass__", "__class_getitem__"]);
const PROPERTY_PARTS = new Set(["setter", "getter", "deleter"]);

export function shapeOf(asking: Inference, fn: FunctionNode): FunctionShape {
  const inf = asking.homeOf(fn);
  const shape = {
    isProperty: false,
    binds: (IMPLICIT_CLASS_METHODS.has(fn.name) ? "class" : "instance") as FunctionShape["binds"],
    contextManager: null as FunctionShape["contextManager"],
    object: null as Type | null,
    result: undefined as Type | null | undefined,
    isOpaque: false,
  };
  for (const decorator of fn.decorator_list) {
    const effect = effectOf(inf, decorator, fn);
    if (effect === "property") shape.isProperty = true;
    else if (effect === "static-method") shape.binds = "nothing";
    else if (effect === "class-method") shape.binds = "class";
    else if (effect === "context-manager") shape.contextManager = "sync";
    else if (effect === "async-context-manager") shape.contextManager = "async";
    else if (effect === null) shape.isOpaque = true;
    else if (effect !== "same") {
      shape.object = instantiate(inf.knowledge.term(effect.object), null);
      if (effect.returns !== undefined) shape.result = instantiate(inf.knowledge.term(effect.returns), null);
    }
  }
  return shape;
}

function effectOf(inf: Inference, decorator: Expr, fn: FunctionNode) {
  const target = decorator.kind === "Call" ? decorator.func : decorator;
  // `@size.setter` above another `size`: to ask what `size` is would be to ask for the answer.
  const extendsItself =
    target.kind === "Attribute" &&
    PROPERTY_PARTS.has(target.attr) &&
    target.value.kind === "Name" &&
    target.value.id === fn.name;
  if (extendsItself) return "property";
  const value = inf.value(target);
  return value?.kind === "function" ? (value.facts?.decorator ?? null) : null;
}

/** True where a definition is one of several signatures of a function, and not the function itself. */
export function isOverload(inf: Inference, fn: FunctionNode): boolean {
  return fn.decorator_list.some((decorator) => {
    const value = inf.value(decorator);
    return value?.kind === "function" && value.name === "typing.overload";
  });
}

/** True where the body holds a `yield`: a call gives an iterator. */
export function isGenerator(fn: FunctionNode): boolean {
  const unit = unitOf(fn);
  return unit !== null && unitTableOf(unit).generators.has(fn);
}

/**
 * The type of a call of a function, by its signature alone.
 *
 * @param self the type that `Self` stands for
 */
export function functionResult(asking: Inference, fn: FunctionNode, self: Type | null): Type | null {
  const inf = asking.homeOf(fn);
  const { contextManager, isOpaque, result } = shapeOf(inf, fn);
  if (isOpaque) return null;
  if (result !== undefined) return result;
  const annotation = fn.returns === null ? null : inf.annotated(fn.returns);
  const declared = annotation === null ? null : withSelf(annotation, self);
  if (contextManager !== null) {
    const name = contextManager === "sync" ? "AbstractContextManager" : "AbstractAsyncContextManager";
    return plainType(`contextlib.${name}`, [declared?.args[0] ?? null]);
  }
  if (fn.kind === "FunctionDef" || isGenerator(fn)) return declared;
  return plainType("types.CoroutineType", [declared]);
}

/** Puts the receiver's type in the place of `typing.Self`. */
function withSelf(type: Type, self: Type | null): Type | null {
  if (type.name === "typing.Self") return self;
  if (type.args.length === 0) return type;
  return { ...type, args: type.args.map((arg) => (arg === null ? null : withSelf(arg, self))) };
}
