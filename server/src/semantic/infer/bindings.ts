/** What a name stands for: the value on which all its definitions agree. */

import type {
  AnnAssign,
  Arg,
  AugAssign,
  ClassDef,
  ExceptHandler,
  Expr,
  FunctionNode,
  Node,
} from "../../syntax/ast.ts";
import { mayBeBuiltin } from "../scopes/builtins.ts";
import type { BindingTable } from "../scopes/table.ts";
import { isElseOfTypeChecking } from "./branches.ts";
import { methodOfFirst } from "./classes.ts";
import type { AttributeSlot, Inference } from "./context.ts";
import { isOverload, shapeOf } from "./functions.ts";
import { ownType } from "./lineage.ts";
import { bindingPath, importedValue, ownPath } from "./names.ts";
import { binaryType } from "./operators.ts";
import { type Source, sourceOf } from "./sources.ts";
import { spineRoot, valueWithRoot } from "./spine.ts";
import { protocolType, unpacked } from "./types.ts";
import {
  agree,
  builtin,
  instanceOf,
  plainType,
  sameType,
  type Type,
  typeOfValue,
  type Value,
} from "./values.ts";

/** Computes what the definitions of a name agree on. */
export function computeBinding(inf: Inference, binding: BindingTable): Value | null {
  if (mayBeBuiltin(binding)) return null;
  const definitions = binding.definitions.length > 1 ? effective(binding.definitions) : binding.definitions;
  const path = bindingPath(binding, inf.place);
  const value = commonValue(inf, binding, definitions);
  if (value === null)
    return path !== null && definitions.every(isVariable) ? { kind: "name", name: path } : null;
  return value.kind === "instance" && definitions.every(isVariable) ? { ...value, name: path } : value;
}

/** Computes what the places that set an attribute agree on. */
export function computeSlot(inf: Inference, slot: AttributeSlot): Value | null {
  for (const store of slot.stores) {
    if (store.parent?.kind === "AnnAssign") return instanceOrNull(inf.annotated(store.parent.annotation));
  }
  return agree(slot.stores.map((store) => sourceValue(inf, sourceOf(store))));
}

function commonValue(inf: Inference, binding: BindingTable, definitions: readonly Node[]): Value | null {
  const [only] = definitions;
  if (only === undefined) return null;
  const sources = definitions.map(sourceOf);
  const declared = declaredType(inf, sources);
  if (declared !== null) return instanceOf(declared);
  if (definitions.length > 1 && sources.every(isFunction)) return commonFunction(inf, sources);
  const [later, first] = partition(sources, (source) => restsOn(inf, source, binding));
  const common = agree(first.map((source) => sourceValue(inf, source)));
  if (common === null || later.length === 0) return common;
  const stays = later.every((source) => keepsType(inf, source, common));
  return stays ? common : null;
}

/** Without what only a type checker, or only the other branch of `if TYPE_CHECKING`, sees. */
function effective(definitions: readonly Node[]): readonly Node[] {
  const left = definitions.filter((definition) => !isElseOfTypeChecking(definition));
  return left.length > 0 ? left : definitions;
}

/** True for a definition that makes the name a variable of its own, and no alias of an import or definition. */
function isVariable({ kind }: Node): boolean {
  return kind === "Name";
}

function isFunction(source: Source): source is Source & { from: "definition"; node: FunctionNode } {
  return source.from === "definition" && source.node.kind !== "ClassDef";
}

/** Several functions of one name: overloads stand for the last one, a property for its getter. */
function commonFunction(
  inf: Inference,
  sources: readonly (Source & { from: "definition"; node: FunctionNode })[],
): Value | null {
  const nodes = sources.map((source) => source.node);
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return null;
  if (nodes.slice(0, -1).every((node) => isOverload(inf, node))) return definedValue(inf, last);
  if (nodes.every((node) => shapeOf(inf, node).isProperty)) return definedValue(inf, first);
  return {
    kind: "function",
    name: ownPath(first, inf.place),
    node: null,
    facts: null,
    receiver: null,
    args: [],
  };
}

/** The type that a variable is declared to have. It holds for all its values. */
function declaredType(inf: Inference, sources: readonly Source[]): Type | null {
  for (const source of sources) {
    if (source.from !== "annotation") continue;
    const type = inf.annotated(source.node.annotation);
    if (type !== null && type.name !== "builtins.type") return type;
  }
  return null;
}

/** True for `x = x.strip()` and `x += 1`: such a definition can only keep or spoil the type of the others. */
function restsOn(inf: Inference, source: Source, binding: BindingTable): boolean {
  if (source.from === "augmented") return true;
  if (source.from !== "value") return false;
  const root = spineRoot(source.expr);
  return root.kind === "Name" && root.id === binding.name && inf.scopes.resolve(root) === binding;
}

function keepsType(inf: Inference, source: Source, common: Value): boolean {
  const before = typeOfValue(common);
  if (before === null) return false;
  const after =
    source.from === "augmented" ? augmentedType(inf, source.node, before) : reboundType(inf, source, common);
  return sameType(before, after);
}

function augmentedType(inf: Inference, node: AugAssign, before: Type): Type | null {
  return binaryType(inf, node.op, before, typeOfValue(inf.value(node.value)));
}

function reboundType(inf: Inference, source: Source, common: Value): Type | null {
  if (source.from !== "value") return null;
  const value = valueWithRoot(inf, source.expr, common);
  return unpacked(inf, typeOfValue(value), source.path);
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  const yes: Item[] = [];
  const no: Item[] = [];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}

/** The value of one definition. */
function sourceValue(inf: Inference, source: Source): Value | null {
  switch (source.from) {
    case "value": {
      const value = inf.value(source.expr);
      return source.path.length === 0
        ? value
        : instanceOrNull(unpacked(inf, typeOfValue(value), source.path));
    }
    case "element": {
      const type = typeOfValue(inf.value(source.expr));
      const element = type && protocolType(inf, type, source.isAsync ? "asyncIterates" : "iterates");
      return instanceOrNull(unpacked(inf, element, source.path));
    }
    case "enter": {
      const type = typeOfValue(inf.value(source.expr));
      const entered = type && protocolType(inf, type, source.isAsync ? "asyncEnter" : "enter");
      return instanceOrNull(unpacked(inf, entered, source.path));
    }
    case "annotation":
      return annotatedValue(inf, source.node);
    case "import":
      return importedValue(inf, source.alias);
    case "definition":
      return definedValue(inf, source.node);
    case "parameter":
      return parameterValue(inf, source.arg);
    case "handler":
      return handlerValue(inf, source.node);
    case "pattern":
      return patternValue(inf, source.cls);
    default:
      return null;
  }
}

function instanceOrNull(type: Type | null): Value | null {
  return type === null ? null : instanceOf(type);
}

function annotatedValue(inf: Inference, node: AnnAssign): Value | null {
  const type = inf.annotated(node.annotation);
  if (type !== null) return instanceOf(type);
  return node.value === null ? null : inf.value(node.value);
}

function definedValue(inf: Inference, node: FunctionNode | ClassDef): Value {
  if (node.kind === "ClassDef") return { kind: "class", type: ownType(inf, node) };
  return { kind: "function", name: ownPath(node, inf.place), node, facts: null, receiver: null, args: [] };
}

function parameterValue(inf: Inference, arg: Arg): Value | null {
  const args = arg.parent;
  if (arg.annotation !== null) {
    const type = inf.annotated(arg.annotation);
    if (args?.kind === "arguments" && args.vararg === arg) return instanceOf(builtin("tuple", [type]));
    if (args?.kind === "arguments" && args.kwarg === arg)
      return instanceOf(builtin("dict", [builtin("str"), type]));
    return type === null || type.name === "typing.Self" ? receiverValue(inf, arg) : instanceOf(type);
  }
  if (args?.kind === "arguments" && args.vararg === arg) return instanceOf(builtin("tuple", [null]));
  if (args?.kind === "arguments" && args.kwarg === arg)
    return instanceOf(builtin("dict", [builtin("str"), null]));
  return receiverValue(inf, arg);
}

/** The first parameter of a method is the instance or the class. */
function receiverValue(inf: Inference, arg: Arg): Value | null {
  const method = methodOfFirst(arg);
  if (method === null) return null;
  const { binds } = shapeOf(inf, method.fn);
  const type = ownType(inf, method.cls);
  if (binds === "nothing") return null;
  return binds === "class" ? { kind: "class", type } : instanceOf(type);
}

function handlerValue(inf: Inference, { type, parent }: ExceptHandler): Value | null {
  if (type === null) return null;
  if (parent?.kind === "TryStar") return instanceOf(builtin("ExceptionGroup"));
  const classes: readonly Expr[] = type.kind === "Tuple" ? type.elts : [type];
  return agree(classes.map((cls) => patternValue(inf, cls)));
}

/** An instance of the class that an expression names. */
function patternValue(inf: Inference, cls: Expr): Value | null {
  const value = inf.value(cls);
  if (value?.kind === "class") return instanceOf(value.type);
  return value?.kind === "name" ? instanceOf(plainType(value.name)) : null;
}
