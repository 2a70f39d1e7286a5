/** Prints our scopes in the form that `dump_scopes.py` prints Python's, so that the two can be compared. */

import { createModuleScopes, unitTableOf } from "../../../server/src/semantic/scopes/module.ts";
import {
  ANNOTATION,
  BOUND,
  GLOBAL,
  NONLOCAL,
  type ScopeTable,
  USE,
} from "../../../server/src/semantic/scopes/table.ts";
import type { SyntaxTree } from "../../../server/src/syntax/tree.ts";

export interface DumpedScope {
  readonly kind: string;
  readonly name: string;
  readonly symbols: Record<string, string>;
  readonly children: DumpedScope[];
}

export interface DumpOptions {
  /** True where annotations have a scope of their own, as since Python 3.14 or after a future import. */
  readonly hideAnnotations: boolean;
  /** True where comprehensions count as part of the scope around them, as since Python 3.12. */
  readonly foldComprehensions: boolean;
}

/** Our scopes of a module. */
export function dumpScopes(tree: SyntaxTree, options: DumpOptions): DumpedScope {
  const scopes = createModuleScopes(tree);
  for (const { root } of tree.units) {
    if (root.parent?.kind !== "Module" || root.unit === null) continue;
    for (const [name, flags] of unitTableOf(root.unit).outer.symbols) {
      scopes.module.symbols.set(name, (scopes.module.symbols.get(name) ?? 0) | flags);
    }
  }
  return dump(scopes.module, null, options);

  function dump(
    scope: ScopeTable,
    className: string | null,
    { hideAnnotations, foldComprehensions }: DumpOptions,
  ): DumpedScope {
    const owner = scope.kind === "class" && "name" in scope.node ? String(scope.node.name) : className;
    const symbols: Record<string, string> = {};
    const written = USE | BOUND | (hideAnnotations ? 0 : ANNOTATION);
    for (const [name, flags] of scope.symbols) {
      if (name === "__class__" || (flags & written) === 0) continue;
      symbols[mangle(name, owner)] = classify(scope, name, flags);
    }
    const children: DumpedScope[] = [];
    for (const child of scope.children) {
      const dumped = dump(child, owner, { hideAnnotations, foldComprehensions });
      if (foldComprehensions && child.kind === "comprehension" && child.node.kind !== "GeneratorExp") {
        for (const [name, kind] of Object.entries(dumped.symbols)) symbols[name] ??= kind;
        children.push(...dumped.children);
      } else children.push(dumped);
    }
    return { ...describe(scope), symbols, children };
  }

  function classify(scope: ScopeTable, name: string, flags: number): string {
    if (scope.kind === "module") return (flags & BOUND) !== 0 ? "local" : "global";
    if ((flags & GLOBAL) !== 0) return "global";
    const binding = scopes.lookup(scope, name);
    if ((flags & NONLOCAL) !== 0) return "free";
    if ((flags & BOUND) !== 0) return "local";
    return binding === undefined || binding.scope.kind === "module" ? "global" : "free";
  }
}

function describe({ kind, node }: ScopeTable): { kind: string; name: string } {
  const name = "name" in node && typeof node.name === "string" ? node.name : "";
  switch (kind) {
    case "module":
      return { kind, name: "top" };
    case "lambda":
      return { kind: "function", name: "lambda" };
    case "comprehension":
      return { kind: "function", name: node.kind === "GeneratorExp" ? "genexpr" : node.kind.toLowerCase() };
    case "type-params":
      return { kind, name: node.kind === "TypeAlias" && node.name.kind === "Name" ? node.name.id : name };
    default:
      return { kind, name };
  }
}

/** Python's private names: `__x` in class `A` is `_A__x`. */
function mangle(name: string, className: string | null): string {
  if (className === null || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
  const stem = className.replace(/^_+/, "");
  return stem === "" ? name : `_${stem}${name}`;
}

/** One text for scopes that are equal but for the order of names and children. */
export function canonicalText(scope: DumpedScope): string {
  const symbols = Object.entries(scope.symbols)
    .map(([name, kind]) => `${name}:${kind}`)
    .sort();
  const children = scope.children.map(canonicalText).sort();
  return `${scope.kind} ${scope.name} (${symbols.join(" ")}) [${children.join("; ")}]`;
}

/** Where two scopes first differ, for a failing test's message. */
export function firstDifference(ours: DumpedScope, theirs: DumpedScope, path = "top"): string | null {
  const names = new Set([...Object.keys(ours.symbols), ...Object.keys(theirs.symbols)]);
  for (const name of names) {
    const [mine, python] = [ours.symbols[name], theirs.symbols[name]];
    if (mine !== python) return `${path}: ${name} is ${mine ?? "absent"}, in Python ${python ?? "absent"}`;
  }
  const sort = (children: readonly DumpedScope[]) =>
    children.toSorted((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1));
  const [left, right] = [sort(ours.children), sort(theirs.children)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index], right[index]];
    if (a === undefined || b === undefined) return `${path}: scope ${(a ?? b)?.name} is in one only`;
    if (canonicalText(a) !== canonicalText(b)) return firstDifference(a, b, `${path}/${b.kind} ${b.name}`);
  }
  return ours.kind === theirs.kind && ours.name === theirs.name ? null : `${path}: ${ours.kind} ${ours.name}`;
}
