/** The project index: modules of the workspace by dotted name, and what their names stand for across files. */

import type { ClassDef, FunctionNode, ImportFrom, Module } from "../syntax/ast.ts";
import { fromModule } from "./infer/names.ts";
import type { Binding, SemanticModel } from "./model.ts";

/** A module of the workspace. */
export interface ProjectModule {
  /** Absolute path with `/`. */
  readonly path: string;
  readonly model: SemanticModel;
  /** True for an `__init__.py`. */
  readonly isPackage: boolean;
}

/** A function or class of another module. */
export interface ProjectDefinition {
  readonly node: FunctionNode | ClassDef;
  readonly module: ProjectModule;
}

/** A variable that another module binds at its top level. */
export interface ProjectGlobal {
  readonly name: string;
  readonly module: ProjectModule;
}

export interface ProjectIndex {
  /** Adds a module, or replaces the one of that path. */
  set(module: ProjectModule): void;
  remove(path: string): void;
  has(path: string): boolean;
  moduleNamed(name: string): ProjectModule | undefined;
  /** The definition that a dotted name leads to, through re-exports. */
  definition(qualifiedName: string): ProjectDefinition | null;
  /** The variable that a dotted name leads to, through re-exports. */
  global(qualifiedName: string): ProjectGlobal | null;
  /** True while this very version of a module is in the index. */
  holds(module: Module): boolean;
}

/** A chain of re-exports longer than this is a cycle, or as good as one. */
const MAX_HOPS = 10;

type Target = ProjectDefinition | ProjectGlobal | null;

export function createProjectIndex(): ProjectIndex {
  const byPath = new Map<string, ProjectModule>();
  const byName = new Map<string, ProjectModule>();
  const modules = new Set<Module>();

  const remove = (path: string): void => {
    const old = byPath.get(path);
    if (old === undefined) return;
    byPath.delete(path);
    modules.delete(old.model.module);
    if (byName.get(old.model.moduleName) === old) byName.delete(old.model.moduleName);
  };

  const resolve = (name: string, hops: number): Target => {
    if (hops > MAX_HOPS) return null;
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const module = byName.get(name.slice(0, dot));
      if (module === undefined) continue;
      const rest = name.slice(dot + 1);
      return rest.includes(".") ? null : member(module, rest, hops);
    }
    return null;
  };

  const member = (module: ProjectModule, name: string, hops: number): Target => {
    const scope = module.model.scopeOf(module.model.module.body[0] ?? module.model.module);
    const binding = scope.bindings.get(name);
    if (binding === undefined) return throughStars(module, name, hops);
    const definition = binding.definitions.at(-1);
    if (definition === undefined) return null;
    if (definition.kind === "alias") return imported(module, binding, hops);
    if (
      definition.kind === "FunctionDef" ||
      definition.kind === "AsyncFunctionDef" ||
      definition.kind === "ClassDef"
    ) {
      return binding.definitions.length === 1 ? { node: definition, module } : null;
    }
    return { name, module };
  };

  const imported = (module: ProjectModule, binding: Binding, hops: number): Target => {
    const [alias, ...others] = binding.definitions;
    if (alias?.kind !== "alias" || others.length > 0) return null;
    const statement = alias.parent;
    if (statement?.kind !== "ImportFrom") return null;
    const from = fromModule(statement, placeOf(module));
    return from === null ? null : resolve(`${from}.${alias.name}`, hops + 1);
  };

  /** `from .models import *` in an `__init__`. */
  const throughStars = (module: ProjectModule, name: string, hops: number): Target => {
    for (const statement of module.model.module.body) {
      if (statement.kind !== "ImportFrom" || !isStar(statement)) continue;
      const from = fromModule(statement, placeOf(module));
      const found = from === null || name.startsWith("_") ? null : resolve(`${from}.${name}`, hops + 1);
      if (found !== null) return found;
    }
    return null;
  };

  return {
    set(module) {
      remove(module.path);
      byPath.set(module.path, module);
      modules.add(module.model.module);
      if (module.model.moduleName !== "") byName.set(module.model.moduleName, module);
    },
    remove,
    has: (path) => byPath.has(path),
    moduleNamed: (name) => byName.get(name),
    definition(name) {
      const target = resolve(name, 0);
      return target !== null && "node" in target ? target : null;
    },
    global(name) {
      const target = resolve(name, 0);
      return target !== null && "name" in target ? target : null;
    },
    holds: (module) => modules.has(module),
  };
}

function isStar(statement: ImportFrom): boolean {
  return statement.names.some((alias) => alias.name === "*");
}

function placeOf({ model, isPackage }: ProjectModule): { moduleName: string; isPackage: boolean } {
  return { moduleName: model.moduleName, isPackage };
}
