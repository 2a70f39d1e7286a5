/** Finds the scopes, symbols and definitions of one unit, in one iterative pass in the manner of CPython's symtable. */

import type {
  Arguments,
  ClassDef,
  DictComp,
  Expr,
  FunctionNode,
  GeneratorExp,
  Import,
  ImportFrom,
  Lambda,
  ListComp,
  Name,
  NamedExpr,
  Node,
  SetComp,
  TypeAlias,
  TypeParam,
} from "../../syntax/ast.ts";
import type { Unit } from "../../syntax/tree.ts";
import type { BindingKind } from "../model.ts";
import { closeScopes } from "./close.ts";
import { pushExpression } from "./expressions.ts";
import { pushStatement } from "./statements.ts";
import {
  ANNOTATION,
  addFlags,
  createScope,
  GLOBAL,
  IMPORT,
  LOCAL,
  NONLOCAL,
  PARAMETER,
  reserve,
  type ScopeTable,
  TYPE_PARAMETER,
  type UnitTable,
  USE,
} from "./table.ts";
import { define, openScope, push, pushAll, pushAnnotation, pushBody, type Walk } from "./walk.ts";

/** Collects what a unit binds, reads and opens. Total: broken nodes are passed over. */
export function collectUnit(unit: Unit): UnitTable {
  const { root } = unit;
  const holder = root.parent as Node;
  const outer = createScope(holder.kind === "ClassDef" ? "class" : "module", holder, null);
  const table: UnitTable = {
    outer,
    scopes: new Map(),
    typeParameterScopes: new Map(),
    globals: [],
    imports: [],
    attributeStores: [],
    loads: [],
    generators: new Set(),
    quoted: [],
  };
  const walk: Walk = { table, opened: [], nodes: [root], scopes: [outer], annotations: [], readFlag: USE };
  drain(walk);
  walk.readFlag = ANNOTATION;
  for (const { node, scope } of walk.annotations) {
    push(walk, node, scope);
    drain(walk);
  }
  closeScopes(table, walk.opened);
  return table;
}

function drain(walk: Walk): void {
  const { nodes, scopes } = walk;
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    visit(walk, node, scopes.pop() as ScopeTable);
  }
}

function visit(walk: Walk, node: Node, scope: ScopeTable): void {
  // Most nodes are expressions, and most of those calls and attributes: they come first.
  if (pushExpression(walk, node, scope)) return;
  switch (node.kind) {
    case "Name":
      if (node.ctx === "Load") push(walk, node, scope);
      else bindName(node, scope);
      return;
    case "FunctionDef":
    case "AsyncFunctionDef":
      visitFunction(walk, node, scope);
      return;
    case "ClassDef":
      visitClass(walk, node, scope);
      return;
    case "Lambda":
      visitLambda(walk, node, scope);
      return;
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      visitComprehension(walk, node, scope);
      return;
    case "NamedExpr":
      visitWalrus(walk, node, scope);
      return;
    case "TypeAlias":
      visitTypeAlias(walk, node, scope);
      return;
    case "Import":
    case "ImportFrom":
      visitImport(walk, node, scope);
      return;
    case "Yield":
    case "YieldFrom":
      walk.table.generators.add(scope.node);
      push(walk, node.value, scope);
      return;
    case "Global":
      for (const name of node.names) addFlags(scope, name, GLOBAL);
      return;
    case "Nonlocal":
      for (const name of node.names) addFlags(scope, name, NONLOCAL);
      return;
    default:
      pushStatement(walk, node, scope);
  }
}

/** A Name that is assigned or deleted. Deleting makes a name of a function local, but gives it no value. */
function bindName(node: Name, scope: ScopeTable): void {
  if (node.ctx === "Store") {
    define(scope, node.id, targetKind(node), node);
    return;
  }
  addFlags(scope, node.id, LOCAL);
  if (scope.kind !== "module" && scope.kind !== "class") reserve(scope, node.id);
}

/** What kind of target a stored Name is, by the statement around it. */
function targetKind(name: Name): BindingKind {
  let at: Node | null = name.parent;
  while (at !== null && (at.kind === "Tuple" || at.kind === "List" || at.kind === "Starred")) at = at.parent;
  switch (at?.kind) {
    case "For":
    case "AsyncFor":
      return "for";
    case "withitem":
      return "with";
    case "comprehension":
      return "comprehension";
    case "NamedExpr":
      return "walrus";
    default:
      return "assignment";
  }
}

function visitFunction(walk: Walk, node: FunctionNode, scope: ScopeTable): void {
  define(scope, node.name, "function", node);
  const inner = openTypeParameters(walk, node, scope);
  const own = openScope(walk, "function", node, inner);
  declareParameters(node.args, own);
  pushBody(walk, node.body, own);
  for (const arg of allParameters(node.args)) pushAnnotation(walk, arg.annotation, inner);
  pushAnnotation(walk, node.returns, inner);
  pushAll(walk, node.decorator_list, scope);
  pushDefaults(walk, node.args, scope);
}

function visitLambda(walk: Walk, node: Lambda, scope: ScopeTable): void {
  const own = openScope(walk, "lambda", node, scope);
  declareParameters(node.args, own);
  push(walk, node.body, own);
  pushDefaults(walk, node.args, scope);
}

function allParameters(args: Arguments) {
  const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  if (args.vararg !== null) all.push(args.vararg);
  if (args.kwarg !== null) all.push(args.kwarg);
  return all;
}

function declareParameters(args: Arguments, scope: ScopeTable): void {
  for (const arg of allParameters(args)) define(scope, arg.arg, "parameter", arg, PARAMETER);
}

function pushDefaults(walk: Walk, args: Arguments, scope: ScopeTable): void {
  pushAll(walk, args.kw_defaults, scope);
  pushAll(walk, args.defaults, scope);
}

function visitClass(walk: Walk, node: ClassDef, scope: ScopeTable): void {
  define(scope, node.name, "class", node);
  const inner = openTypeParameters(walk, node, scope);
  const own = openScope(walk, "class", node, inner);
  pushBody(walk, node.body, own);
  pushAll(walk, node.keywords, inner);
  pushAll(walk, node.bases, inner);
  pushAll(walk, node.decorator_list, scope);
}

function visitTypeAlias(walk: Walk, node: TypeAlias, scope: ScopeTable): void {
  const inner = openTypeParameters(walk, node, scope);
  pushAnnotation(walk, node.value, inner);
  push(walk, node.name, scope);
}

/** Opens the scope of `[T, *Ts, **P]` where there is one; its bounds and defaults are read inside it. */
function openTypeParameters(
  walk: Walk,
  node: FunctionNode | ClassDef | TypeAlias,
  scope: ScopeTable,
): ScopeTable {
  if (node.type_params.length === 0) return scope;
  const inner = openScope(walk, "type-params", node, scope, walk.table.typeParameterScopes);
  for (const parameter of node.type_params) declareTypeParameter(walk, parameter, inner);
  return inner;
}

function declareTypeParameter(walk: Walk, parameter: TypeParam, scope: ScopeTable): void {
  define(scope, parameter.name, "type-param", parameter, TYPE_PARAMETER | LOCAL);
  if (parameter.kind === "TypeVar") pushAnnotation(walk, parameter.bound, scope);
  pushAnnotation(walk, parameter.default_value, scope);
}

/** The first iterable is evaluated outside, everything else inside. */
function visitComprehension(
  walk: Walk,
  node: ListComp | SetComp | DictComp | GeneratorExp,
  scope: ScopeTable,
): void {
  const own = openScope(walk, "comprehension", node, scope);
  const results: Expr[] = node.kind === "DictComp" ? [node.key, node.value] : [node.elt];
  pushAll(walk, results, own);
  for (let index = node.generators.length - 1; index >= 0; index--) {
    const generator = node.generators[index];
    if (generator === undefined) continue;
    pushAll(walk, generator.ifs, own);
    push(walk, generator.iter, index === 0 ? scope : own);
    push(walk, generator.target, own);
  }
}

/** In a comprehension `:=` binds in the nearest scope around it that is none. */
function visitWalrus(walk: Walk, node: NamedExpr, scope: ScopeTable): void {
  const { target } = node;
  push(walk, node.value, scope);
  if (scope.kind !== "comprehension" || target.kind !== "Name") {
    push(walk, target, scope);
    return;
  }
  let owner = scope;
  while (owner.kind === "comprehension" && owner.parent !== null) owner = owner.parent;
  if (owner.kind === "class") {
    push(walk, target, owner);
    return;
  }
  const isGlobal = owner.kind === "module" || ((owner.symbols.get(target.id) ?? 0) & GLOBAL) !== 0;
  addFlags(scope, target.id, isGlobal ? GLOBAL : NONLOCAL);
  addFlags(owner, target.id, owner.kind === "module" ? GLOBAL : LOCAL);
  push(walk, target, scope);
}

function visitImport(walk: Walk, node: Import | ImportFrom, scope: ScopeTable): void {
  walk.table.imports.push(node);
  for (const alias of node.names) {
    if (alias.name === "*") continue;
    const [first = alias.name] = node.kind === "Import" ? alias.name.split(".", 1) : [alias.name];
    define(scope, alias.asname ?? first, "import", alias, IMPORT);
  }
}
