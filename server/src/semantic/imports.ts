/** What a module imports, by qualified names, wherever in it the imports stand. */

import type { SyntaxTree } from "../syntax/tree.ts";
import type { ModulePlace } from "./infer/context.ts";
import { fromModule } from "./infer/names.ts";
import type { ModuleScopes } from "./scopes/module.ts";

export interface Imports {
  /** Modules and members as they are written, relative ones made absolute where our own place is known. */
  readonly names: ReadonlySet<string>;
  /** True where the package, or something below it, is imported. */
  includesPackage(name: string): boolean;
}

/** Creates a function that collects the imports when it is first called. */
export function createImports(tree: SyntaxTree, scopes: ModuleScopes, place: ModulePlace): () => Imports {
  let imports: Imports | null = null;
  return () => {
    imports ??= collect(tree, scopes, place);
    return imports;
  };
}

function collect(tree: SyntaxTree, scopes: ModuleScopes, place: ModulePlace): Imports {
  const names = new Set<string>();
  for (const unit of tree.units) {
    for (const node of scopes.unitTable(unit).imports) {
      const module = node.kind === "ImportFrom" ? fromModule(node, place) : null;
      if (module !== null) names.add(module);
      for (const { name } of node.names) {
        if (node.kind === "Import") names.add(name);
        else if (module !== null && name !== "*") names.add(`${module}.${name}`);
      }
    }
  }
  const packages = new Set<string>();
  for (const name of names) {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1))
      packages.add(name.slice(0, end));
  }
  return { names, includesPackage: (name) => packages.has(name) };
}
