/** The value of an expression, by its kind. */

import { BUILTIN_NAMES } from "../../models/builtin-names.ts";
import type {
  Compare,
  ConstantType,
  Dict,
  DictComp,
  Expr,
  GeneratorExp,
  ListComp,
  Name,
  SetComp,
} from "../../syntax/ast.ts";
import type { Inference } from "./context.ts";
import { ownType } from "./lineage.ts";
import { fromModule, objectNamed } from "./names.ts";
import { operatorType } from "./operators.ts";
import { stepBase, stepValue } from "./spine.ts";
import {
  agree,
  builtin,
  instanceOf,
  NONE_TYPE,
  plainType,
  sameType,
  type Type,
  typeOfValue,
  type Value,
} from "./values.ts";

export function computeValue(inf: Inference, node: Expr): Value | null {
  switch (node.kind) {
    case "Name":
      return nameValue(inf, node);
    case "Attribute":
    case "Call":
    case "Subscript":
    case "Await":
    case "BinOp": {
      const base = stepBase(node);
      return stepValue(inf, node, base === null ? null : inf.value(base));
    }
    case "NamedExpr":
      return inf.value(node.value);
    case "IfExp":
      return agree([inf.value(node.body), inf.value(node.orelse)]);
    case "BoolOp":
      return agree(node.values.map((value) => inf.value(value)));
    default: {
      const type = displayType(inf, node);
      return type === null ? null : instanceOf(type);
    }
  }
}

/** The type of an expression whose kind fixes it. */
function displayType(inf: Inference, node: Expr): Type | null {
  switch (node.kind) {
    case "Constant":
      return constantType(node.type);
    case "JoinedStr":
      return builtin("str");
    case "TemplateStr":
      return plainType("string.templatelib.Template");
    case "List":
      return builtin("list", [elementType(inf, node.elts)]);
    case "Set":
      return builtin("set", [elementType(inf, node.elts)]);
    case "Tuple":
      return builtin("tuple", tupleArguments(inf, node.elts));
    case "Dict":
      return dictType(inf, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehensionType(inf, node);
    case "Compare":
      return comparisonType(inf, node);
    case "UnaryOp":
      return unaryType(inf, node.op, node.operand);
    default:
      return null;
  }
}

function constantType(type: ConstantType): Type {
  if (type === "None") return NONE_TYPE;
  return type === "Ellipsis" ? plainType("types.EllipsisType") : builtin(type);
}

function elementType(inf: Inference, elements: readonly Expr[]): Type | null {
  // Long literals are data: nobody asks for the type of their elements, and every one would have to be looked at.
  if (elements.length > 50) return null;
  return typeOfValue(agree(elements.map((element) => inf.value(element))));
}

function tupleArguments(inf: Inference, elements: readonly Expr[]): (Type | null)[] {
  if (elements.length > 50 || elements.some((element) => element.kind === "Starred")) return [];
  return elements.map((element) => typeOfValue(inf.value(element)));
}

function dictType(inf: Inference, node: Dict): Type {
  const keys: Expr[] = [];
  for (const key of node.keys) if (key !== null) keys.push(key);
  if (keys.length < node.keys.length) return builtin("dict", [null, null]);
  return builtin("dict", [elementType(inf, keys), elementType(inf, node.values)]);
}

function comprehensionType(inf: Inference, node: ListComp | SetComp | DictComp | GeneratorExp): Type {
  if (node.kind === "DictComp") {
    return builtin("dict", [typeOfValue(inf.value(node.key)), typeOfValue(inf.value(node.value))]);
  }
  const element = typeOfValue(inf.value(node.elt));
  if (node.kind === "ListComp") return builtin("list", [element]);
  if (node.kind === "SetComp") return builtin("set", [element]);
  const isAsync = node.generators.some((generator) => generator.is_async === 1);
  return plainType(isAsync ? "types.AsyncGeneratorType" : "types.GeneratorType", [element]);
}

/** Identity and membership are always bool; other comparisons are what the operands make of them. */
function comparisonType(inf: Inference, node: Compare): Type | null {
  const isFixed = node.ops.every((op) => op === "Is" || op === "IsNot" || op === "In" || op === "NotIn");
  if (isFixed) return builtin("bool");
  const operands = [node.left, ...node.comparators];
  const allBuiltin = operands.every((operand) => {
    const name = typeOfValue(inf.value(operand))?.name;
    return name?.startsWith("builtins.") === true || name === NONE_TYPE.name;
  });
  return allBuiltin ? builtin("bool") : null;
}

const UNARY_METHODS = { UAdd: "__pos__", USub: "__neg__", Invert: "__invert__" } as const;

function unaryType(inf: Inference, op: "Invert" | "Not" | "UAdd" | "USub", operand: Expr): Type | null {
  if (op === "Not") return builtin("bool");
  const type = typeOfValue(inf.value(operand));
  if (type === null) return null;
  const bool = builtin("bool");
  if (sameType(type, bool)) return builtin("int");
  if (type.name === "builtins.int" || type.name === "builtins.float") return type;
  return operatorType(inf, type, UNARY_METHODS[op]);
}

const MODULE_STRINGS = new Set(["__name__", "__file__", "__doc__", "__package__", "__qualname__"]);

function nameValue(inf: Inference, node: Name): Value | null {
  const binding = inf.scopes.resolve(node);
  if (binding !== undefined) return inf.bindingValue(binding);
  if (node.id === "__class__") return methodClass(inf, node);
  if (MODULE_STRINGS.has(node.id)) return instanceOf(builtin("str"));
  return unboundValue(inf, node.id);
}

/** The hidden `__class__` of a method. */
function methodClass(inf: Inference, node: Name): Value | null {
  for (let scope = inf.scopes.scopeOf(node).parent; scope !== null; scope = scope.parent) {
    if (scope.kind === "class" && scope.node.kind === "ClassDef") {
      return { kind: "class", type: ownType(inf, scope.node) };
    }
  }
  return null;
}

/** A name that the module does not bind is a builtin, or comes from `from module import *`. */
function unboundValue(inf: Inference, id: string): Value | null {
  const { stars } = inf.scopes;
  const isBuiltin = BUILTIN_NAMES.has(id);
  if (stars.length === 0) return isBuiltin ? objectNamed(inf.knowledge, `builtins.${id}`) : null;
  const modules = stars.map((star) => fromModule(star, inf.place));
  if (isBuiltin) {
    return modules.every((module) => !inf.mayRebind(module, id))
      ? objectNamed(inf.knowledge, `builtins.${id}`)
      : null;
  }
  for (const module of modules) {
    const value = module === null || id.startsWith("_") ? null : inf.starred(`${module}.${id}`);
    if (value !== null) return value;
  }
  const [only] = modules;
  if (modules.length !== 1 || only === null || only === undefined || id.startsWith("_")) return null;
  return objectNamed(inf.knowledge, `${only}.${id}`);
}
