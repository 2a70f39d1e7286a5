/** Wires the evaluation of constants to the scopes: which expression a name stands for. */

import type { Attribute, Expr, Name } from "../../syntax/ast.ts";
import { type SyntaxTree, unitOf } from "../../syntax/tree.ts";
import type { Demands } from "../demand.ts";
import { selfClass } from "../infer/classes.ts";
import { sourceOf } from "../infer/sources.ts";
import type { Value } from "../infer/values.ts";
import type { ConstantValue } from "../model.ts";
import { mayBeBuiltin } from "../scopes/builtins.ts";
import type { ModuleScopes } from "../scopes/module.ts";
import type { BindingTable } from "../scopes/table.ts";
import { evaluate, type Surroundings } from "./evaluate.ts";
import { keepsReadingBuiltins, onlyReads } from "./mutations.ts";
import { type Const, isImmutable } from "./value.ts";

export interface ConstantParts {
  readonly tree: SyntaxTree;
  readonly scopes: ModuleScopes;
  readonly demands: Demands;
  /** What an expression stands for, to follow `Class.NAME`. */
  value(node: Expr): Value | null;
}

/** Creates the evaluator for one version of a module. */
export function createConstants(parts: ConstantParts): (node: Expr) => ConstantValue | undefined {
  const { scopes, demands } = parts;
  const unchanged = new Map<BindingTable, boolean>();
  const isBuiltin = (name: Name) => scopes.stars.length === 0 && scopes.resolve(name) === undefined;
  const bindingOf = (node: Expr): BindingTable | undefined => {
    if (node.kind === "Name") return scopes.resolve(node);
    return node.kind === "Attribute" ? classVariable(parts, node) : undefined;
  };

  const builtinsStand = keepsReadingBuiltins(scopes);
  const isReadingBuiltin = (name: Name) => builtinsStand && scopes.resolve(name) === undefined;

  /** True where nobody changes the container that a name is bound to. */
  const isUnchanged = (binding: BindingTable): boolean => {
    let known = unchanged.get(binding);
    if (known === undefined) {
      known =
        isContainerVariable(binding) &&
        usesOf(parts, binding).every((use) => onlyReads(use, isReadingBuiltin));
      unchanged.set(binding, known);
    }
    return known;
  };

  const surroundings: Surroundings = {
    constantOf: demands.define((node: Expr): Const | undefined => constantOf(node), undefined),
    definitionOf: (node) => {
      const binding = bindingOf(node);
      return binding && onlyValue(binding);
    },
    displayOf: (node) => {
      if (node.kind === "Dict") return node;
      const binding = bindingOf(node);
      const value = binding && onlyValue(binding);
      return value?.kind === "Dict" && binding !== undefined && isUnchanged(binding) ? value : undefined;
    },
    builtinOf: (node) => (node.kind === "Name" && isBuiltin(node) ? node.id : undefined),
  };

  const constantOf = (node: Expr): Const | undefined => {
    const value = evaluate(surroundings, node);
    if (value === undefined || isImmutable(value)) return value;
    const binding = bindingOf(node);
    return binding === undefined || (hasImmutableParts(value) && isUnchanged(binding)) ? value : undefined;
  };

  return (node) => {
    const value = surroundings.constantOf(node);
    return value?.type === "dict" ? undefined : value;
  };
}

/** The expression that a name is bound to, where that is the only place which binds it. */
function onlyValue(binding: BindingTable): Expr | undefined {
  const [only] = binding.definitions;
  if (only === undefined || binding.definitions.length !== 1 || mayBeBuiltin(binding)) return undefined;
  const source = sourceOf(only);
  if (source.from === "annotation") return source.node.value ?? undefined;
  return source.from === "value" && source.path.length === 0 ? source.expr : undefined;
}

function hasImmutableParts(value: Const): boolean {
  if (value.type === "dict") return value.value.every(([, entry]) => isImmutable(entry));
  return value.type === "list" || value.type === "set" ? value.value.every(isImmutable) : false;
}

/**
 * True for a variable that is bound once, to a list, set or dictionary that is written out. Not in a class:
 * there it can be reached through every instance.
 */
export function isContainerVariable(binding: BindingTable): boolean {
  const kind = binding.scope.kind === "class" ? undefined : onlyValue(binding)?.kind;
  return kind === "List" || kind === "Set" || kind === "Dict";
}

/** The variable of a class of this module that `Class.NAME` reads, where nobody sets it by that name. */
function classVariable(
  { tree, scopes, value: inferred }: ConstantParts,
  node: Attribute,
): BindingTable | undefined {
  const { value, attr } = node;
  const holder = value.kind === "Name" ? scopes.resolve(value) : undefined;
  if (holder?.kind !== "class" || value.kind !== "Name") return undefined;
  const cls = inferred(value);
  if (cls?.kind !== "class" || cls.type.cls === null) return undefined;
  const definition = cls.type.cls;
  const isSet = ({ attr: stored, value: base }: Attribute) =>
    stored === attr &&
    base.kind === "Name" &&
    (scopes.resolve(base) === holder || selfClass(scopes, base) === definition);
  if (tree.units.some((unit) => scopes.unitTable(unit).attributeStores.some(isSet))) return undefined;
  return scopes.classScope(definition)?.bindings.get(attr);
}

/** All reads of a name, wherever in the module. */
function usesOf({ tree, scopes }: ConstantParts, binding: BindingTable): Name[] {
  const own = binding.scope.kind === "module" ? null : unitOf(binding.scope.node);
  const uses: Name[] = [];
  for (const unit of own === null ? tree.units : [own]) {
    for (const name of scopes.unitTable(unit).loads) {
      if (name.id === binding.name && scopes.resolve(name) === binding) uses.push(name);
    }
  }
  return uses;
}
