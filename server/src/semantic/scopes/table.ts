/** The scopes of one unit as the walk leaves them: symbols with CPython's flags, definitions, child scopes. */

import type { Attribute, Import, ImportFrom, Name, Node } from "../../syntax/ast.ts";
import type { Binding, BindingKind, Scope, ScopeKind } from "../model.ts";

/** What a scope's code does with a name; the same facts as the `DEF_` and `USE` flags of CPython's symtable. */
export const USE = 1;
export const LOCAL = 2;
export const PARAMETER = 4;
export const IMPORT = 8;
export const GLOBAL = 16;
export const NONLOCAL = 32;
export const TYPE_PARAMETER = 64;
/** Read in an annotation, which may never be evaluated. */
export const ANNOTATION = 128;
/** Any way to be bound here. */
export const BOUND = LOCAL | PARAMETER | IMPORT | TYPE_PARAMETER;

/** A place that binds a name: the node that spells the name (see `Binding.definitions`). */
export interface Definition {
  readonly name: string;
  readonly kind: BindingKind;
  readonly node: Node;
}

export interface BindingTable extends Binding {
  kind: BindingKind;
  single: boolean;
  readonly definitions: Node[];
}

/** A scope that is still being filled. Only this folder writes to it. */
export interface ScopeTable extends Scope {
  readonly kind: ScopeKind;
  readonly node: Node;
  parent: ScopeTable | null;
  readonly symbols: Map<string, number>;
  readonly bindings: Map<string, BindingTable>;
  readonly children: ScopeTable[];
  /** Definitions in document order, before `global` and `nonlocal` are honoured. */
  readonly definitions: Definition[];
}

/** What one unit adds to the scope it stands in, and all scopes inside it. */
export interface UnitTable {
  /**
   * Symbols, definitions and child scopes that belong to the module or class that holds the unit. A stand-in:
   * its children get the real scope as their parent when the module is put together.
   */
  readonly outer: ScopeTable;
  /** Scopes by the node that opens them; for a class the class scope, see `typeParameterScopes`. */
  readonly scopes: Map<Node, ScopeTable>;
  /** The extra scope of a function, class or alias with type parameters. */
  readonly typeParameterScopes: Map<Node, ScopeTable>;
  /** Bindings of module names from the inside, through `global`. */
  readonly globals: Definition[];
  readonly imports: (Import | ImportFrom)[];
  /** `name.attribute = …`, where `name` is a plain Name. */
  readonly attributeStores: Attribute[];
  /** Names that are read, in no particular order. */
  readonly loads: Name[];
  /** Functions and lambdas with a `yield` of their own. */
  readonly generators: Set<Node>;
  /** Names that stand in the strings of annotations. */
  readonly quoted: { readonly id: string; readonly start: number }[];
}

export function createScope(kind: ScopeKind, node: Node, parent: ScopeTable | null): ScopeTable {
  return { kind, node, parent, symbols: new Map(), bindings: new Map(), children: [], definitions: [] };
}

export function addFlags(scope: ScopeTable, name: string, flags: number): void {
  const before = scope.symbols.get(name);
  if (before === undefined) scope.symbols.set(name, flags);
  else if ((before & flags) !== flags) scope.symbols.set(name, before | flags);
}

/** Makes a name one of the scope's own before anything is known to bind it. */
export function reserve(scope: ScopeTable, name: string): void {
  if (scope.bindings.has(name)) return;
  scope.bindings.set(name, { name, scope, kind: "unknown", single: false, definitions: [] });
}

/** Adds a definition to a binding of a scope, which it creates where needed. */
export function bind(scope: ScopeTable, definition: Definition): BindingTable {
  const { name, kind, node } = definition;
  let binding = scope.bindings.get(name);
  if (binding === undefined) {
    binding = { name, scope, kind, single: false, definitions: [node] };
    scope.bindings.set(name, binding);
    return binding;
  }
  if (binding.definitions.length === 0) binding.kind = kind;
  else if (binding.kind !== kind) binding.kind = "unknown";
  binding.definitions.push(node);
  return binding;
}
