/** What one unit tells the rest of its module, and which names of the module it rests on. */

import type { Attribute, ClassDef, FunctionNode, Name, Node, Stmt } from "../../syntax/ast.ts";
import { type Unit, unitOf } from "../../syntax/tree.ts";
import { onlyReads } from "../constants/mutations.ts";
import { BRANCHES_SEEN, isTypeChecking } from "../infer/branches.ts";
import { unitTableOf } from "../scopes/module.ts";
import {
  ANNOTATION,
  BOUND,
  GLOBAL,
  NONLOCAL,
  type ScopeTable,
  type UnitTable,
  USE,
} from "../scopes/table.ts";
import { EMPTY_HASH, type Hash, hashText, mix, mixHash } from "./hash.ts";

/** What a unit says of one name of the module: a definition, or an attribute that it sets on it. */
export interface Fact {
  readonly name: string;
  readonly hash: Hash;
  /** Names that what is said rests on. */
  readonly names: readonly string[];
}

export interface UnitFacts {
  /** Names of the module, or builtins, that code of the unit reads or binds, sorted. */
  readonly freeNames: readonly string[];
  readonly facts: readonly Fact[];
  /** Names of the module whose object the unit may change or pass on. */
  readonly escapes: ReadonlySet<string>;
  /** The same where `len` and its like cannot be trusted to be the builtins. */
  readonly escapesByCalls: ReadonlySet<string>;
  /** A hash of all that the unit tells the rest of the module. */
  readonly key: Hash;
}

const UNIT_FACTS = {};
const TEXT_HASH = {};

/** The facts of a unit; of a class with all of its body. Computed once in the unit's life. */
export function unitFactsOf(unit: Unit): UnitFacts {
  let facts = unit.memo.get(UNIT_FACTS) as UnitFacts | undefined;
  if (facts === undefined) {
    const said = unit.kind === "class" ? classFacts(unit) : plainFacts(unit);
    facts = { ...said, key: keyOf(said) };
    unit.memo.set(UNIT_FACTS, facts);
  }
  return facts;
}

function keyOf({ facts, escapes, escapesByCalls }: Omit<UnitFacts, "key">): Hash {
  let key = EMPTY_HASH;
  for (const { name, hash, names } of facts) {
    key = mixHash(mixHash(key, hash), hashText(`${name}:${names.join()}`));
  }
  return mixHash(key, hashText(`${[...escapes].join()};${[...escapesByCalls].join()}`));
}

function plainFacts(unit: Unit): Omit<UnitFacts, "key"> {
  const table = unitTableOf(unit);
  const definitions = [...table.outer.definitions, ...table.globals];
  const facts = definitions.map(({ name, node }) => factOf(unit, table, name, statementOf(node)));
  const freeNames = freeNamesOf(table);
  return {
    freeNames: [...freeNames].sort(),
    facts: [...facts, ...foreignStores(unit, table)],
    ...escapesOf(table),
  };
}

/** A class says what its header and its body say; what its methods do besides is theirs. */
function classFacts(unit: Unit): Omit<UnitFacts, "key"> {
  const cls = unit.root as ClassDef;
  const table = unitTableOf(unit);
  const names = new Set<string>();
  const freeNames = freeNamesOf(table);
  const own = escapesOf(table);
  const escapes = new Set(own.escapes);
  const escapesByCalls = new Set(own.escapesByCalls);
  const facts: Fact[] = [];
  let hash = headerHash(unit, cls);
  addNames(names, namesBetween(table, 0, Number.POSITIVE_INFINITY));
  for (const stmt of cls.body) {
    if (stmt.unit === null) continue;
    const part = stmt.unit;
    const inner = unitFactsOf(part);
    const said = memberFact(part);
    hash = mixHash(hash, said.hash);
    addNames(names, said.names);
    addNames(freeNames, inner.freeNames);
    addNames(escapes, inner.escapes);
    addNames(escapesByCalls, inner.escapesByCalls);
    // Definitions of a member bind names of the class, but `global` reaches out of it.
    facts.push(...inner.facts.filter((fact) => isOutside(part, fact)));
  }
  for (const { name, node } of table.globals) facts.push(factOf(unit, table, name, statementOf(node)));
  facts.unshift({ name: cls.name, hash, names: [...names] });
  return { freeNames: [...freeNames].sort(), facts, escapes, escapesByCalls };
}

/** True for what a member of a class says of names of the module, not of the class. */
function isOutside(part: Unit, fact: Fact): boolean {
  if (part.kind === "class") return fact !== unitFactsOf(part).facts[0];
  return !unitTableOf(part).outer.definitions.some((definition) => definition.name === fact.name);
}

/** What a member says of its class: a method its signature and the attributes that it sets, others everything. */
function memberFact(part: Unit): { readonly hash: Hash; readonly names: readonly string[] } {
  const table = unitTableOf(part);
  if (part.kind === "class") return unitFactsOf(part).facts[0] as Fact;
  const fn = part.root;
  if (fn.kind !== "FunctionDef" && fn.kind !== "AsyncFunctionDef") {
    return { hash: textHashOf(part), names: namesBetween(table, 0, Number.POSITIVE_INFINITY) };
  }
  const signature = factOf(part, table, fn.name, fn);
  let { hash } = signature;
  const names = new Set(signature.names);
  for (const store of selfStores(fn, table)) {
    const said = storeFact(part, table, store);
    hash = mixHash(hash, said.hash);
    addNames(names, said.names);
  }
  return { hash, names: [...names] };
}

function selfStores(fn: FunctionNode, table: UnitTable): Attribute[] {
  const [first = fn.args.args[0]] = fn.args.posonlyargs;
  if (first === undefined) return [];
  return table.attributeStores.filter(({ value }) => value.kind === "Name" && value.id === first.arg);
}

/** An attribute that is set from local variables rests on the whole method. */
function storeFact(unit: Unit, table: UnitTable, store: Attribute): Fact {
  const stmt = statementOf(store);
  const { start, end } = headOf(stmt);
  const restsOnLocals = table.loads.some(
    (name) => name.start >= start && name.start < end && isChangingLocal(table, name),
  );
  if (!restsOnLocals) return factOf(unit, table, store.attr, stmt);
  return {
    name: store.attr,
    hash: textHashOf(unit),
    names: namesBetween(table, 0, Number.POSITIVE_INFINITY),
  };
}

/** The hash of a unit's whole text: many attributes that a method sets may rest on it. */
function textHashOf(unit: Unit): Hash {
  let hash = unit.memo.get(TEXT_HASH) as Hash | undefined;
  if (hash === undefined) {
    hash = hashText(unit.text);
    unit.memo.set(TEXT_HASH, hash);
  }
  return hash;
}

function isChangingLocal(table: UnitTable, name: Name): boolean {
  for (const scope of table.scopes.values()) {
    const binding = scope.bindings.get(name.id);
    if (binding !== undefined && (binding.kind !== "parameter" || binding.definitions.length > 1))
      return true;
  }
  return false;
}

/** Attributes that code sets on a name of the module: `Class.limit = 5`. */
function foreignStores(unit: Unit, table: UnitTable): Fact[] {
  if (table.attributeStores.length === 0) return [];
  const facts: Fact[] = [];
  const bound = namesBoundInside(table);
  for (const store of table.attributeStores) {
    const { value } = store;
    if (value.kind !== "Name" || bound.has(value.id)) continue;
    facts.push({ ...storeFact(unit, table, store), name: value.id });
  }
  return facts;
}

/** The names that scopes inside the unit bind. */
function namesBoundInside(table: UnitTable): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const scope of table.scopes.values()) addNames(bound, scope.bindings.keys());
  return bound;
}

/** The fact that a statement states. */
function factOf(unit: Unit, table: UnitTable, name: string, stmt: Stmt): Fact {
  const { start, end } = headOf(stmt);
  const isWhole = stmt.kind === "FunctionDef" || stmt.kind === "AsyncFunctionDef" ? usesBody(stmt) : false;
  let hash = hashText(isWhole ? unit.text : unit.text.slice(start, end));
  hash = mixHash(hash, hashText(circumstances(stmt, unit)));
  if (table.generators.has(stmt)) hash = mix(hash, 1);
  return { name, hash, names: namesBetween(table, start, end) };
}

/** Methods whose body inference looks into, see `returnsSelf`. */
function usesBody(fn: FunctionNode): boolean {
  return fn.name === "__enter__" || fn.name === "__aenter__";
}

/** The branches that a statement stands in: they decide whether its definitions are conditional. */
function circumstances(stmt: Stmt, unit: Unit): string {
  let path = "";
  let levels = 0;
  for (let at: Node = stmt; at !== unit.root && at.parent !== null && levels < BRANCHES_SEEN; levels++) {
    const parent: Node = at.parent;
    path += `/${parent.kind}`;
    if (parent.kind === "If" && parent.orelse.includes(at as Stmt)) path += " else";
    if (parent.kind === "If" && isTypeChecking(parent.test)) path += " TYPE_CHECKING";
    at = parent;
  }
  return path;
}

/** The statement that a node belongs to: itself, where it is one. */
function statementOf(node: Node): Stmt {
  let at: Node = node;
  while (!("unit" in at) && at.parent !== null) at = at.parent;
  return at as Stmt;
}

/** Where the part of a statement lies that says something: a definition without its body. */
function headOf(stmt: Stmt): { readonly start: number; readonly end: number } {
  switch (stmt.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      return { start: firstDecorator(stmt), end: signatureEnd(stmt) };
    case "For":
    case "AsyncFor":
      return { start: stmt.start, end: stmt.iter.end };
    case "With":
    case "AsyncWith":
      return { start: stmt.start, end: stmt.items.at(-1)?.end ?? stmt.end };
    case "If":
    case "While":
      return { start: stmt.start, end: stmt.test.end };
    case "Try":
    case "TryStar":
      return {
        start: stmt.handlers[0]?.start ?? stmt.start,
        end: stmt.handlers.at(-1)?.type?.end ?? stmt.start,
      };
    default:
      return { start: stmt.start, end: stmt.end };
  }
}

function firstDecorator({ decorator_list, start }: FunctionNode | ClassDef): number {
  return Math.min(start, decorator_list[0]?.start ?? start);
}

function signatureEnd(fn: FunctionNode): number {
  const { args } = fn;
  let end = fn.nameStart + fn.name.length;
  const parts: readonly (Node | null)[] = [
    fn.returns,
    ...fn.type_params,
    ...args.posonlyargs,
    ...args.args,
    ...args.kwonlyargs,
    args.vararg,
    args.kwarg,
    ...args.defaults,
    ...args.kw_defaults,
  ];
  for (const part of parts) if (part !== null && part.end > end) end = part.end;
  return end;
}

function headerHash(unit: Unit, cls: ClassDef): Hash {
  let end = cls.nameStart + cls.name.length;
  for (const part of [...cls.type_params, ...cls.bases, ...cls.keywords]) end = Math.max(end, part.end);
  return mixHash(EMPTY_HASH, hashText(unit.text.slice(firstDecorator(cls), end)));
}

/** Names that are read in a stretch of the unit, in strings of annotations too. */
function namesBetween(table: UnitTable, start: number, end: number): string[] {
  const names = new Set<string>();
  for (const name of table.loads) if (name.start >= start && name.start < end) names.add(name.id);
  for (const quoted of table.quoted) if (quoted.start >= start && quoted.start < end) names.add(quoted.id);
  return [...names];
}

function addNames(into: Set<string>, names: Iterable<string>): void {
  for (const name of names) into.add(name);
}

/** The names that code in the unit looks up outside of it. */
function freeNamesOf(table: UnitTable): Set<string> {
  const free = new Set<string>();
  const inside = new Set<ScopeTable>([...table.scopes.values(), ...table.typeParameterScopes.values()]);
  for (const name of table.outer.symbols.keys()) free.add(name);
  for (const scope of inside) {
    for (const [name, flags] of scope.symbols) {
      if ((flags & (USE | ANNOTATION | GLOBAL)) !== 0 && !free.has(name) && isFree(scope, name, inside))
        free.add(name);
    }
  }
  for (const { id } of table.quoted) free.add(id);
  for (const { name } of table.globals) free.add(name);
  return free;
}

function isFree(start: ScopeTable, name: string, inside: ReadonlySet<ScopeTable>): boolean {
  for (let scope: ScopeTable | null = start; scope !== null && inside.has(scope); scope = scope.parent) {
    if (scope.kind === "class" && scope !== start) continue;
    const flags = scope.symbols.get(name) ?? 0;
    if ((flags & GLOBAL) !== 0) return true;
    // What a class body binds may still come from outside before it is bound.
    if ((flags & BOUND) !== 0 && (flags & NONLOCAL) === 0 && scope.kind !== "class") return false;
  }
  return true;
}

/** Names from outside whose object the unit does more with than read it. */
function escapesOf(table: UnitTable): Pick<UnitFacts, "escapes" | "escapesByCalls"> {
  const escapes = new Set<string>();
  const escapesByCalls = new Set<string>();
  const bound = namesBoundInside(table);
  for (const name of table.loads) {
    if (bound.has(name.id) || escapes.has(name.id)) continue;
    // What escapes anyway escapes by calls as well.
    if (onlyReads(name, () => false)) continue;
    escapesByCalls.add(name.id);
    if (!onlyReads(name, (fn) => !bound.has(fn.id))) escapes.add(name.id);
  }
  return { escapes, escapesByCalls };
}

/** The class at module level whose body holds a unit, or null. */
export function outermostClass(unit: Unit): ClassDef | null {
  let found: ClassDef | null = null;
  for (let at: Node | null = unit.root.parent; at !== null; at = at.parent) {
    if (at.kind === "ClassDef") found = at;
  }
  return found !== null && unitOf(found) !== null ? found : null;
}
