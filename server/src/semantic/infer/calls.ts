/** The value of a call, by the value of what is called. */

import type { FunctionFacts } from "../../models/knowledge.ts";
import type { TypeTerm } from "../../models/type-text.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, keywordOf, unpacksArguments } from "../../syntax/calls.ts";
import { attributeOf } from "./attributes.ts";
import { attributeOfType } from "./classes.ts";
import type { Inference } from "./context.ts";
import { functionResult } from "./functions.ts";
import { instantiate, type Substitution } from "./instantiate.ts";
import { lineageOf } from "./lineage.ts";
import { protocolType } from "./types.ts";
import { type FunctionValue, instanceOf, plainType, type Type, typeOfValue, type Value } from "./values.ts";

export function callValue(inf: Inference, call: Call, func: Value | null): Value | null {
  switch (func?.kind) {
    case "class":
      return constructed(inf, call, func.type);
    case "function":
      return functionCall(inf, call, func);
    case "instance": {
      const method = attributeOfType(inf, func.type, "__call__", "instance");
      return method?.kind === "function" ? functionCall(inf, call, method) : null;
    }
    default:
      return null;
  }
}

/** The instance that calling a class gives. */
function constructed(inf: Inference, call: Call, type: Type): Value | null {
  if (type.name === "builtins.super") return superValue(inf, call);
  if (type.name === "builtins.type") return classOf(inf, call);
  if (type.cls !== null) return instanceOf(type);
  const [known] = lineageOf(inf, type);
  const facts =
    known?.model && inf.knowledge.methodOf({ name: type.name, args: [], model: known.model }, "__new__");
  // Arguments that are written out, as in `list[int]()`, say more than those of the call.
  if (facts === undefined || facts === null || type.args.length > 0) return instanceOf(type);
  const result = factsResult(inf, facts, call, { self: type, args: type.args });
  return result === null ? null : instanceOf(result);
}

/** `super()` in a method, or `super(Class, self)`. */
function superValue(inf: Inference, call: Call): Value | null {
  const [first] = call.args;
  if (first !== undefined) {
    const value = inf.value(first);
    return value?.kind === "class" && value.type.cls !== null ? { kind: "super", cls: value.type.cls } : null;
  }
  for (let at: Node | null = call.parent; at !== null; at = at.parent) {
    if (at.kind === "ClassDef") return { kind: "super", cls: at };
  }
  return null;
}

/** `type(x)`. */
function classOf(inf: Inference, call: Call): Value | null {
  const [only, ...others] = call.args;
  if (only === undefined || others.length > 0) return null;
  const type = typeOfValue(inf.value(only));
  return type === null ? null : { kind: "class", type };
}

function functionCall(inf: Inference, call: Call, fn: FunctionValue): Value | null {
  if (fn.name === "typing.cast") {
    const [target] = call.args;
    const type = target === undefined ? null : inf.annotated(target);
    return type === null ? null : instanceOf(type);
  }
  if (fn.name === "builtins.getattr") return attributeByName(inf, call);
  if (fn.node !== null) {
    const type = functionResult(inf, fn.node, fn.receiver);
    return type === null ? null : instanceOf(type);
  }
  if (fn.facts === null) return null;
  const type = factsResult(inf, fn.facts, call, { self: fn.receiver, args: fn.args });
  return type === null ? null : instanceOf(type);
}

/** `getattr(x, "name")` is `x.name`; with a default it may be something else. */
function attributeByName(inf: Inference, call: Call): Value | null {
  const [object, attribute, ...others] = call.args;
  if (object === undefined || attribute === undefined || others.length > 0) return null;
  const name = inf.stringOf(attribute);
  return name === null ? null : attributeOf(inf, inf.value(object), name);
}

function factsResult(inf: Inference, facts: FunctionFacts, call: Call, receiver: Substitution): Type | null {
  if (facts.unknownWith.length > 0) {
    if (unpacksArguments(call) || facts.unknownWith.some((name) => keywordOf(call, name) !== undefined))
      return null;
  }
  const term = facts.returnsBy === undefined ? facts.returns : termByArgument(inf, facts.returnsBy, call);
  if (term === null) return null;
  const argument: Substitution["argument"] = (index, part) => argumentType(inf, call.args[index], part);
  const type = instantiate(term, { ...receiver, argument });
  return facts.coroutine ? plainType("types.CoroutineType", [type]) : type;
}

function termByArgument(
  inf: Inference,
  { keyword, position, types }: NonNullable<FunctionFacts["returnsBy"]>,
  call: Call,
): TypeTerm | null {
  const argument = argumentOf(call, keyword, position);
  if (argument === undefined) return unpacksArguments(call) ? null : (types.get("") ?? null);
  const text = inf.stringOf(argument);
  return text === null ? null : (types.get(text) ?? null);
}

function argumentType(
  inf: Inference,
  argument: Expr | undefined,
  part: "type" | "element" | "awaited" | "instance",
): Type | null {
  if (argument === undefined || argument.kind === "Starred") return null;
  const value = inf.value(argument);
  if (part === "instance") return value?.kind === "class" ? value.type : classByName(inf, argument);
  const type = typeOfValue(value);
  if (type === null || part === "type") return type;
  return protocolType(inf, type, part === "element" ? "iterates" : "awaits");
}

/** The class of this module that a string names, as in `ForeignKey("Order")`. */
function classByName(inf: Inference, argument: Expr): Type | null {
  const name = inf.stringOf(argument);
  const binding = name === null ? undefined : inf.scopes.module.bindings.get(name);
  const value = binding === undefined ? null : inf.bindingValue(binding);
  return value?.kind === "class" ? value.type : null;
}
