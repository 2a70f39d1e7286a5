/** Attributes of classes of this module and of their instances. */

import type { Arg, Attribute, ClassDef, FunctionNode, Name, Node } from "../../syntax/ast.ts";
import { type Unit, unitOf } from "../../syntax/tree.ts";
import type { ModuleScopes } from "../scopes/module.ts";
import type { BindingTable } from "../scopes/table.ts";
import type { Ancestor, AttributeSlot, Inference } from "./context.ts";
import { functionResult, shapeOf } from "./functions.ts";
import { instantiate } from "./instantiate.ts";
import { lineageOf } from "./lineage.ts";
import { bindingPath, objectNamed, ownPath } from "./names.ts";
import { agree, type FunctionValue, instanceOf, type Type, typeOfValue, type Value } from "./values.ts";

export type Access = "instance" | "class";

/** The method of that name in a class body, where it is a function and defined once. */
export function memberOf(inf: Inference, cls: ClassDef, name: string): FunctionNode | null {
  const home = inf.homeOf(cls);
  const binding = home.scopes.classScope(cls)?.bindings.get(name);
  const value = binding === undefined ? null : home.bindingValue(binding);
  return value?.kind === "function" ? value.node : null;
}

/** An attribute of a type's instances, or of the class itself. */
export function attributeOfType(inf: Inference, type: Type, name: string, access: Access): Value | null {
  return attributeFrom(inf, lineageOf(inf, type), { type, name, access });
}

/** An attribute as `super()` in a method of a class finds it. */
export function attributeOfSuper(inf: Inference, cls: ClassDef, name: string): Value | null {
  const [own, ...bases] = inf.homeOf(cls).lineageOf(cls);
  return own === undefined ? null : attributeFrom(inf, bases, { type: own.type, name, access: "instance" });
}

interface Wanted {
  readonly type: Type;
  readonly name: string;
  readonly access: Access;
}

function attributeFrom(inf: Inference, lineage: readonly Ancestor[], wanted: Wanted): Value | null {
  const slots = wanted.access === "instance" ? slotsIn(inf, lineage, wanted.name) : [];
  for (const ancestor of lineage) {
    const { cls } = ancestor.type;
    const found =
      cls === null ? knownMember(inf, ancestor, wanted) : ownMember(inf.homeOf(cls), cls, wanted, slots);
    if (found === undefined) continue;
    return cls === null && slots.length > 0 ? slotsValue(inf, slots) : found;
  }
  return slots.length > 0 ? slotsValue(inf, slots) : unlistedMember(inf, lineage, wanted.name);
}

/** Bases that say nothing about the members of a class. */
const BARE_BASES = new Set(["builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"]);

/** A member that nobody lists belongs to the one foreign class that there is, if there is just one. */
function unlistedMember(inf: Inference, lineage: readonly Ancestor[], name: string): Value | null {
  const foreign = lineage.filter(({ type }) => type.cls === null && !BARE_BASES.has(type.name));
  const [first] = foreign;
  if (first === undefined || first.type.name === "") return null;
  const covered = new Set(inf.knowledge.lineage(first.type.name).map((ancestor) => ancestor.name));
  if (!foreign.every(({ type }) => covered.has(type.name))) return null;
  const made = dynamicMember(inf, first);
  const path = `${first.type.name}.${name}`;
  return made === null ? objectNamed(inf.knowledge, path) : instanceOf(made, path);
}

/** What a class that makes its attributes up gives for each: `client.orders` is a database. */
function dynamicMember(inf: Inference, { type, model }: Ancestor): Type | null {
  const facts = inf.knowledge.methodOf(
    { name: type.name, args: [], model: model ?? undefined },
    "__getattr__",
  );
  return facts === undefined ? null : instantiate(facts.returns, { self: type, args: type.args });
}

function slotsIn(inf: Inference, lineage: readonly Ancestor[], name: string): AttributeSlot[] {
  return lineage.flatMap(({ type: { cls } }) =>
    cls === null ? [] : (inf.homeOf(cls).slotsOf(cls).get(name) ?? []),
  );
}

/** What each slot holds, as the module of its class says. */
function valuesOf(inf: Inference, slots: readonly AttributeSlot[]): (Value | null)[] {
  return slots.map((slot) => inf.homeOf(slot.cls).slotValue(slot));
}

function slotsValue(inf: Inference, slots: readonly AttributeSlot[]): Value | null {
  const [first] = slots;
  if (first === undefined) return null;
  const path = `${ownPath(first.cls, inf.homeOf(first.cls).place)}.${first.name}`;
  const type = typeOfValue(agree(valuesOf(inf, slots)));
  return type === null ? { kind: "name", name: path } : instanceOf(type, path);
}

/** What the body of a class of this module says of an attribute; undefined where it does not mention it. */
function ownMember(
  inf: Inference,
  cls: ClassDef,
  wanted: Wanted,
  slots: readonly AttributeSlot[],
): Value | null | undefined {
  const binding = inf.scopes.classScope(cls)?.bindings.get(wanted.name);
  if (binding === undefined || binding.definitions.length === 0) return undefined;
  const value = inf.bindingValue(binding);
  if (value?.kind === "function") return boundFunction(inf, value, wanted);
  if (value?.kind === "class") return value;
  const path = bindingPath(binding, inf.place);
  if (wanted.access === "class" && isEnumMember(inf, cls, binding)) return instanceOf(wanted.type, path);
  const type = typeOfValue(value);
  if (wanted.access === "instance" && slots.length > 0 && !isAnnotated(binding)) {
    const both = agree([value, ...valuesOf(inf, slots)]);
    return named(typeOfValue(both), path);
  }
  return named(wanted.access === "instance" ? readFromInstance(inf, type) : type, path);
}

function named(type: Type | null, path: string | null): Value | null {
  if (type !== null) return instanceOf(type, path);
  return path === null ? null : { kind: "name", name: path };
}

function isAnnotated(binding: BindingTable): boolean {
  return binding.definitions.some(({ parent }) => parent?.kind === "AnnAssign");
}

function isEnumMember(inf: Inference, cls: ClassDef, binding: BindingTable): boolean {
  if (binding.kind !== "assignment" || binding.name.startsWith("_")) return false;
  return inf.lineageOf(cls).some(({ type }) => type.name === "enum.Enum");
}

/** A method as it is found on an instance or class; a property is what it returns. */
function boundFunction(inf: Inference, value: FunctionValue, { type, access }: Wanted): Value | null {
  if (value.node === null) return value;
  if (!shapeOf(inf, value.node).isProperty) return { ...value, receiver: type };
  if (access === "class") return null;
  const result = functionResult(inf, value.node, type);
  return result === null ? { kind: "name", name: value.name } : instanceOf(result, value.name);
}

/** What a descriptor in a class body is when it is read from an instance, such as a model's field. */
function readFromInstance(inf: Inference, type: Type | null): Type | null {
  if (type === null) return null;
  for (const { type: ancestor, model } of lineageOf(inf, type)) {
    if (model?.onInstance !== undefined) {
      return instantiate(inf.knowledge.term(model.onInstance), { self: type, args: ancestor.args });
    }
  }
  return type;
}

/** What the models say of an attribute of a class; undefined where they do not list it. */
function knownMember(inf: Inference, ancestor: Ancestor, wanted: Wanted): Value | null | undefined {
  const { type, model } = ancestor;
  if (type.name === "") return null;
  const { knowledge } = inf;
  if (model === null) return undefined;
  const name = `${type.name}.${wanted.name}`;
  const facts = knowledge.methodOf({ name: type.name, args: [], model }, wanted.name);
  if (facts !== undefined) {
    return {
      kind: "function",
      name: facts.name ?? name,
      node: null,
      facts,
      receiver: wanted.type,
      args: type.args,
    };
  }
  const text = Object.hasOwn(model.attributes ?? {}, wanted.name)
    ? model.attributes?.[wanted.name]
    : undefined;
  if (text === undefined) return undefined;
  const attribute = instantiate(knowledge.term(text), { self: wanted.type, args: type.args });
  return attribute === null ? { kind: "name", name } : instanceOf(attribute, name);
}

/** Collects `self.name = …` in the methods of a class. A question of syntax alone, but for what `self` is. */
export function collectSlots(scopes: ModuleScopes, cls: ClassDef): ReadonlyMap<string, AttributeSlot> {
  const stores = new Map<string, Attribute[]>();
  for (const unit of unitsOf(cls)) {
    for (const store of scopes.unitTable(unit).attributeStores) {
      if (store.value.kind !== "Name" || selfClass(scopes, store.value) !== cls) continue;
      const known = stores.get(store.attr);
      if (known === undefined) stores.set(store.attr, [store]);
      else known.push(store);
    }
  }
  return new Map([...stores].map(([name, list]) => [name, { cls, name, stores: list }]));
}

/** The units that the methods of a class stand in. */
function unitsOf(cls: ClassDef): Unit[] {
  const parts = cls.body.flatMap((stmt) => stmt.unit ?? []);
  if (parts.length > 0) return parts;
  const holder = unitOf(cls);
  return holder === null ? [] : [holder];
}

/** The class whose instance a name is because it is the first parameter of a method; null for other names. */
export function selfClass(scopes: ModuleScopes, name: Name): ClassDef | null {
  const binding = scopes.resolve(name);
  const [only] = binding?.definitions ?? [];
  if (only?.kind !== "arg" || binding?.definitions.length !== 1) return null;
  return methodOfFirst(only)?.cls ?? null;
}

/** The method whose first parameter a parameter is, and its class. */
export function methodOfFirst(arg: Arg): { readonly fn: FunctionNode; readonly cls: ClassDef } | null {
  const args = arg.parent;
  const fn: Node | null = args?.parent ?? null;
  if (args?.kind !== "arguments" || (fn?.kind !== "FunctionDef" && fn?.kind !== "AsyncFunctionDef"))
    return null;
  const [first = args.args[0]] = args.posonlyargs;
  if (first !== arg || fn.parent?.kind !== "ClassDef" || isStatic(fn)) return null;
  return { fn, cls: fn.parent };
}

function isStatic(fn: FunctionNode): boolean {
  return fn.decorator_list.some((decorator) => decorator.kind === "Name" && decorator.id === "staticmethod");
}
