/**
 * INTERIM, by the lead, so that the other layers can run already: SEMANTIC replaces this whole file.
 */

import type { Call, ClassDef, Expr, FunctionNode, Name, Node } from "../syntax/ast.ts";
import type { SyntaxTree, Unit } from "../syntax/tree.ts";
import { fromModule } from "./infer/names.ts";
import type { Binding, ConstantValue, SemanticModel } from "./model.ts";
import { createModuleScopes } from "./scopes/module.ts";

const BUILTINS = new Set(
  "open print input eval exec compile int float bool str bytes len list dict set tuple repr isinstance getattr setattr sorted range enumerate zip map filter sum min max any all super type object Exception BaseException ValueError KeyError RuntimeError TypeError OSError NotImplementedError StopIteration property staticmethod classmethod breakpoint exit quit hash id iter next reversed frozenset format ascii callable hasattr issubclass vars globals locals __import__ bytearray".split(" "),
);

export function buildModel(tree: SyntaxTree, options: { moduleName: string; isPackage: boolean }): SemanticModel {
  const scopes = createModuleScopes(tree);
  const imports = new Set<string>();
  for (const unit of tree.units) {
    for (const node of scopes.unitTable(unit).imports) {
      if (node.kind === "Import") for (const alias of node.names) imports.add(alias.name);
      else {
        const module = fromModule(node, options);
        if (module === null) continue;
        imports.add(module);
        for (const alias of node.names) imports.add(`${module}.${alias.name}`);
      }
    }
  }
  const depthGuard = { depth: 0 };
  const bindingName = (binding: Binding): string | undefined => {
    const [definition] = binding.definitions;
    if (!binding.single || definition === undefined) return undefined;
    if (definition.kind === "alias") {
      const statement = definition.parent;
      if (statement?.kind === "Import") return definition.asname === null ? definition.name.split(".")[0] : definition.name;
      if (statement?.kind !== "ImportFrom") return undefined;
      const module = fromModule(statement, options);
      return module === null ? undefined : `${module}.${definition.name}`;
    }
    if (binding.scope.kind !== "module") return undefined;
    if (definition.kind === "FunctionDef" || definition.kind === "AsyncFunctionDef" || definition.kind === "ClassDef") return `${options.moduleName}.${definition.name}`;
    const { parent } = definition;
    if (parent?.kind === "Assign" && (parent.value.kind === "Attribute" || parent.value.kind === "Name")) return model.qualifiedName(parent.value);
    return undefined;
  };
  const model: SemanticModel = {
    tree,
    module: tree.module,
    moduleName: options.moduleName,
    imports,
    importsPackage: (name) => [...imports].some((i) => i === name || i.startsWith(`${name}.`)),
    scopeOf: (node) => scopes.scopeOf(node),
    resolve: (name: Name) => scopes.resolve(name),
    qualifiedName(node: Expr): string | undefined {
      if (depthGuard.depth > 40) return undefined;
      depthGuard.depth++;
      try {
        if (node.kind === "Name") {
          const binding = scopes.resolve(node);
          if (binding === undefined) return BUILTINS.has(node.id) ? `builtins.${node.id}` : undefined;
          return bindingName(binding);
        }
        if (node.kind !== "Attribute") return undefined;
        const base = model.qualifiedName(node.value);
        if (base !== undefined) return `${base}.${node.attr}`;
        const type = model.typeOf(node.value);
        return type === undefined ? undefined : `${type}.${node.attr}`;
      } finally {
        depthGuard.depth--;
      }
    },
    callee: (call: Call) => model.qualifiedName(call.func),
    typeOf(node: Expr): string | undefined {
      if (node.kind === "Constant") return node.type === "None" ? undefined : `builtins.${node.type}`;
      if (node.kind === "JoinedStr") return "builtins.str";
      if (node.kind === "Call") {
        const name = model.callee(node);
        if (name === "sqlite3.connect") return "sqlite3.Connection";
        if (name === "sqlite3.Connection.cursor") return "sqlite3.Cursor";
        return name !== undefined && /\.[A-Z]\w*$/.test(name) ? name : undefined;
      }
      if (node.kind !== "Name") return undefined;
      const binding = scopes.resolve(node);
      const [definition] = binding?.definitions ?? [];
      if (definition?.kind === "arg" && definition.annotation) return model.qualifiedName(definition.annotation);
      if (!binding?.single || definition?.parent?.kind !== "Assign") return undefined;
      return definition.parent.value === node ? undefined : model.typeOf(definition.parent.value);
    },
    constant(node: Expr): ConstantValue | undefined {
      if (node.kind === "Constant") {
        if (node.type === "None") return { type: "None" };
        if (node.type === "Ellipsis" || node.type === "complex") return undefined;
        return { type: node.type, value: node.value } as ConstantValue;
      }
      if (node.kind !== "Name") return undefined;
      const binding = scopes.resolve(node);
      const [definition] = binding?.definitions ?? [];
      return binding?.single && definition?.parent?.kind === "Assign" && definition.parent.value.kind === "Constant" ? model.constant(definition.parent.value) : undefined;
    },
    stringValue(node) {
      const value = model.constant(node);
      return value?.type === "str" ? value.value : undefined;
    },
    enclosingFunction(node: Node): FunctionNode | undefined {
      for (let at = node.parent; at !== null; at = at.parent) if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return at;
      return undefined;
    },
    enclosingClass(node: Node): ClassDef | undefined {
      for (let at = node.parent; at !== null; at = at.parent) if (at.kind === "ClassDef") return at;
      return undefined;
    },
    definitionOf(node: Expr) {
      if (node.kind !== "Name") return undefined;
      const [definition] = scopes.resolve(node)?.definitions ?? [];
      return definition?.kind === "FunctionDef" || definition?.kind === "AsyncFunctionDef" || definition?.kind === "ClassDef" ? definition : undefined;
    },
    ancestors: (cls: ClassDef) => [`${options.moduleName}.${cls.name}`, ...cls.bases.flatMap((base) => model.qualifiedName(base) ?? [])],
    derivesFrom: (cls, names) => cls.bases.some((base) => names.has(model.qualifiedName(base) ?? "")),
    outerFingerprint: (_unit: Unit) => [...imports].join(),
  } as SemanticModel;
  return model;
}
