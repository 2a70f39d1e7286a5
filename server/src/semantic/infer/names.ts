/** Dotted names: of the module's own definitions, of what it imports, and of what the models know. */

import type { FunctionFacts, Knowledge } from "../../models/knowledge.ts";
import type { Alias, ClassDef, FunctionNode, Import, ImportFrom, Node } from "../../syntax/ast.ts";
import type { BindingTable } from "../scopes/table.ts";
import type { Inference, ModulePlace } from "./context.ts";
import { instantiate } from "./instantiate.ts";
import { type FunctionValue, instanceOf, plainType, type Value } from "./values.ts";

/** The qualified name of a definition of this module, as Python's `__qualname__` has it after the module. */
export function ownPath(definition: FunctionNode | ClassDef, place: ModulePlace): string {
  let path = definition.name;
  for (let at: Node | null = definition.parent; at !== null; at = at.parent) {
    if (at.kind === "ClassDef") path = `${at.name}.${path}`;
    else if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef")
      path = `${at.name}.<locals>.${path}`;
  }
  return `${place.moduleName}.${path}`;
}

/** The qualified name of a variable of the module or of a class; null for a function's own. */
export function bindingPath(binding: BindingTable, place: ModulePlace): string | null {
  const { scope, name } = binding;
  if (scope.kind === "module") return `${place.moduleName}.${name}`;
  if (scope.kind === "class" && scope.node.kind === "ClassDef")
    return `${ownPath(scope.node, place)}.${name}`;
  return null;
}

/** The absolute name of the module that `from … import` names, or null where our own place is not known. */
export function fromModule(node: ImportFrom, place: ModulePlace): string | null {
  if (node.level === 0) return node.module;
  const parts = place.moduleName === "" ? [] : place.moduleName.split(".");
  const drop = place.isPackage ? node.level - 1 : node.level;
  if (parts.length === 0 || drop > parts.length) return null;
  const base = parts.slice(0, parts.length - drop);
  if (node.module !== null) base.push(node.module);
  return base.length === 0 ? null : base.join(".");
}

/** What an imported name stands for. */
export function importedValue(inf: Inference, alias: Alias): Value | null {
  const statement = alias.parent as Import | ImportFrom | null;
  if (statement === null) return null;
  if (statement.kind === "Import") {
    const name = alias.asname === null ? (alias.name.split(".", 1)[0] ?? alias.name) : alias.name;
    const known = inf.knowledge.canonical(name);
    return { kind: "module", name: known === name ? (projectModule(inf, name) ?? name) : known };
  }
  const module = fromModule(statement, inf.place);
  return module === null ? null : inf.named(`${module}.${alias.name}`);
}

/** The own name of a module of the project. */
function projectModule({ others }: Inference, name: string): string | null {
  const at = others?.locate(name) ?? null;
  return at?.rest.length === 0 ? at.name : null;
}

/** What the models know of an object with a dotted name. Never null: at least the name is known. */
export function objectNamed(knowledge: Knowledge, dottedName: string): Value {
  const name = knowledge.canonical(dottedName);
  const facts = knowledge.functionNamed(name);
  if (facts !== undefined) return functionNamed(name, facts);
  if (knowledge.classNamed(name) !== undefined) return { kind: "class", type: plainType(name) };
  const term = knowledge.valueNamed(name);
  const type = term === undefined ? null : instantiate(term, null);
  return type === null ? { kind: "name", name } : instanceOf(type, name);
}

export function functionNamed(name: string, facts: FunctionFacts): FunctionValue {
  return { kind: "function", name, node: null, facts, receiver: null, args: [] };
}
