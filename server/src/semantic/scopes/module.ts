/** Puts the scopes of a module together from those of its units, and answers where a name is bound. */

import type { ClassDef, ImportFrom, Name, Node } from "../../syntax/ast.ts";
import { type SyntaxTree, type Unit, unitOf } from "../../syntax/tree.ts";
import { settleSingles } from "./close.ts";
import { collectUnit } from "./collect.ts";
import { openerAt } from "./locate.ts";
import {
  addFlags,
  type BindingTable,
  bind,
  createScope,
  type Definition,
  GLOBAL,
  NONLOCAL,
  type ScopeTable,
  type UnitTable,
} from "./table.ts";

export interface ModuleScopes {
  readonly module: ScopeTable;
  /** `from x import *` at module level. */
  readonly stars: readonly ImportFrom[];
  unitTable(unit: Unit): UnitTable;
  /** The innermost scope that a node stands in. */
  scopeOf(node: Node): ScopeTable;
  /** The scope that a class opens. */
  classScope(cls: ClassDef): ScopeTable | undefined;
  /** The binding that a name has for code in a scope. */
  lookup(scope: ScopeTable, name: string): BindingTable | undefined;
  resolve(name: Name): BindingTable | undefined;
}

/** Keys of our results in a unit's memo. */
const UNIT_TABLE = {};
const CLASS_TABLE = {};

interface ClassTable {
  readonly scope: ScopeTable;
  readonly parts: readonly Unit[];
  /** Bindings of module names by the class body and its methods. */
  readonly globals: readonly Definition[];
}

/** The table of a unit, collected once in the unit's life. */
export function unitTableOf(unit: Unit): UnitTable {
  let table = unit.memo.get(UNIT_TABLE) as UnitTable | undefined;
  if (table === undefined) {
    table = collectUnit(unit);
    unit.memo.set(UNIT_TABLE, table);
  }
  return table;
}

/** Builds the module's scope. Costs one step for each unit, and a walk for each unit that is new. */
export function createModuleScopes(tree: SyntaxTree): ModuleScopes {
  const { module } = tree;
  const scope = createScope("module", module, null);
  const stars: ImportFrom[] = [];
  for (const stmt of module.body) {
    const { unit } = stmt;
    if (unit === null) continue;
    const table = unitTableOf(unit);
    adopt(scope, table.outer);
    for (const node of table.imports) {
      if (node.kind === "ImportFrom" && node.names.some((alias) => alias.name === "*")) stars.push(node);
    }
    for (const definition of table.outer.definitions) bind(scope, definition);
    const globals = unit.kind === "class" ? classTableOf(unit).globals : table.globals;
    for (const definition of globals) bind(scope, definition);
  }
  settleSingles(scope);
  return { module: scope, stars, ...createLookups(scope) };
}

/** Makes a scope the holder of what a unit adds to it. Definitions are left to the caller. */
function adopt(scope: ScopeTable, outer: ScopeTable): void {
  for (const child of outer.children) {
    child.parent = scope;
    scope.children.push(child);
  }
}

/** The scope of a class that is a unit, put together from the units of its body. */
function classTableOf(unit: Unit): ClassTable {
  const cls = unit.root as ClassDef;
  const parts = cls.body.flatMap((stmt) => stmt.unit ?? []);
  const known = unit.memo.get(CLASS_TABLE) as ClassTable | undefined;
  if (known?.parts.every((part, index) => part === parts[index])) return known;
  const table = unitTableOf(unit);
  const scope = table.scopes.get(cls) ?? createScope("class", cls, table.outer);
  const globals: Definition[] = [...table.globals];
  const own: Definition[] = [];
  for (const part of parts) {
    const { outer, globals: inner } = unitTableOf(part);
    adopt(scope, outer);
    for (const [name, flags] of outer.symbols) addFlags(scope, name, flags);
    own.push(...outer.definitions);
    globals.push(...(part.kind === "class" ? classTableOf(part).globals : inner));
  }
  for (const definition of own) {
    const flags = scope.symbols.get(definition.name) ?? 0;
    if ((flags & GLOBAL) !== 0) globals.push(definition);
    else if ((flags & NONLOCAL) === 0) bind(scope, definition);
  }
  settleSingles(scope);
  const result = { scope, parts, globals };
  unit.memo.set(CLASS_TABLE, result);
  return result;
}

function createLookups(module: ScopeTable) {
  const openedScopes = new Map<Node, ScopeTable>();
  const genericScopes = new Map<Node, ScopeTable>();
  const resolved = new Map<Name, BindingTable | null>();

  const scopeAt = (node: Node, typeParameters: boolean): ScopeTable | undefined => {
    if (node.kind === "Module") return module;
    const known = typeParameters ? genericScopes : openedScopes;
    let scope = known.get(node);
    if (scope !== undefined) return scope;
    const unit = unitOf(node);
    if (unit === null) return undefined;
    const table = unitTableOf(unit);
    scope = (typeParameters ? table.typeParameterScopes : table.scopes).get(node);
    if (scope !== undefined) known.set(node, scope);
    return scope;
  };

  const scopeOf = createClimb(module, scopeAt);

  const lookup = (scope: ScopeTable, name: string): BindingTable | undefined => {
    const flags = scope.symbols.get(name) ?? 0;
    if ((flags & GLOBAL) !== 0) return module.bindings.get(name);
    if ((flags & NONLOCAL) === 0) {
      const own = scope.bindings.get(name);
      if (own !== undefined) return own;
    }
    return lookupAbove(scope, module, name);
  };

  return {
    unitTable: unitTableOf,
    scopeOf,
    lookup,
    classScope: (cls: ClassDef) => scopeAt(cls, false),
    resolve(name: Name): BindingTable | undefined {
      let binding = resolved.get(name);
      if (binding === undefined) {
        binding = lookup(scopeOf(name), name.id) ?? null;
        resolved.set(name, binding);
      }
      return binding ?? undefined;
    },
  };
}

/** Steps of a climb after which it looks for, and leaves, marks for the next one. */
const LONG_CLIMB = 64;

/** Finds the scope that a node stands in, upwards from the node to the first that opens one. */
function createClimb(
  module: ScopeTable,
  scopeAt: (opener: Node, typeParameters: boolean) => ScopeTable | undefined,
): (node: Node) => ScopeTable {
  const marks = new Map<Node, ScopeTable>();
  return (node) => {
    let before: Node | null = null;
    let from = node;
    let passed: Node[] | null = null;
    let found: ScopeTable | undefined;
    for (let steps = 0, at = node.parent; at !== null && found === undefined; steps++, at = at.parent) {
      if (steps >= LONG_CLIMB && from.kind !== "comprehension" && from.kind !== "arguments") {
        found = marks.get(from);
        passed ??= [];
        passed.push(from);
        if (found !== undefined) break;
      }
      const opener = openerAt(at, from, before);
      if (opener !== null) found = scopeAt(opener.node, opener.typeParameters);
      before = from;
      from = at;
    }
    const scope = found ?? module;
    for (const mark of passed ?? []) marks.set(mark, scope);
    return scope;
  };
}

/** Looks a name up in the scopes around one: classes are skipped, unless a type parameter scope looks out. */
function lookupAbove(scope: ScopeTable, module: ScopeTable, name: string): BindingTable | undefined {
  for (let at = scope.parent; at !== null; at = at.parent) {
    if (at.kind === "class" && !(scope.kind === "type-params" && at === scope.parent)) continue;
    const flags = at.symbols.get(name) ?? 0;
    if ((flags & GLOBAL) !== 0) break;
    if ((flags & NONLOCAL) !== 0) continue;
    const binding = at.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return module.bindings.get(name);
}
