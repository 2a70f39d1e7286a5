/** Turns the definitions of finished scopes into bindings, honouring `global` and `nonlocal`. */

import type { Node } from "../../syntax/ast.ts";
import {
  type BindingTable,
  BOUND,
  bind,
  GLOBAL,
  NONLOCAL,
  type ScopeTable,
  type UnitTable,
} from "./table.ts";

/** Binds the definitions of all scopes that a unit opened, outer ones first. */
export function closeScopes(table: UnitTable, opened: readonly ScopeTable[]): void {
  const adopted = new Set<BindingTable>();
  for (const scope of opened) {
    for (const definition of scope.definitions) {
      const flags = scope.symbols.get(definition.name) ?? 0;
      if ((flags & GLOBAL) !== 0) table.globals.push(definition);
      else if ((flags & NONLOCAL) === 0) bind(scope, definition);
      else {
        const owner = nonlocalOwner(scope, definition.name);
        if (owner !== undefined) adopted.add(bind(owner, definition));
      }
    }
  }
  for (const binding of adopted) binding.definitions.sort((a, b) => a.start - b.start);
  for (const scope of opened) settleSingles(scope);
}

/** The function scope around `scope` whose variable a `nonlocal` name is. */
function nonlocalOwner(scope: ScopeTable, name: string): ScopeTable | undefined {
  for (let at = scope.parent; at !== null && at.kind !== "module"; at = at.parent) {
    if (at.kind === "class" || at.kind === "type-params") continue;
    const flags = at.symbols.get(name) ?? 0;
    if ((flags & BOUND) !== 0 && (flags & (GLOBAL | NONLOCAL)) === 0) return at;
  }
  return undefined;
}

/** Marks the bindings of a scope whose only definition is unconditional. */
export function settleSingles(scope: ScopeTable): void {
  for (const binding of scope.bindings.values()) {
    const [only] = binding.definitions;
    binding.single =
      only !== undefined && binding.definitions.length === 1 && isUnconditional(only, binding.scope.node);
  }
}

/** True where a definition is executed whenever the body of its scope is executed to the end. */
export function isUnconditional(definition: Node, scopeNode: Node): boolean {
  for (let at = definition.parent; at !== null && at !== scopeNode; at = at.parent) {
    switch (at.kind) {
      case "If":
      case "IfExp":
      case "BoolOp":
      case "For":
      case "AsyncFor":
      case "While":
      case "Try":
      case "TryStar":
      case "match_case":
      case "comprehension":
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
      case "AugAssign":
        return false;
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "Lambda":
        // Reached only through `global` or `nonlocal`: it binds a name of a scope further out.
        return at.kind !== "Lambda" && isHeaderOf(definition, at);
      case "Module":
      case "ClassDef":
        return true;
    }
  }
  return true;
}

/** True for a node of a decorator or default, which is evaluated where the function is defined. */
function isHeaderOf(node: Node, fn: Node): boolean {
  for (let at: Node = node; at.parent !== null; at = at.parent) {
    if (at.parent === fn) return !("unit" in at);
  }
  return false;
}
