/** Builds the semantic model of one version of a module. Everything in it is computed when it is first asked. */

import type { Knowledge } from "../models/knowledge.ts";
import { KNOWLEDGE } from "../models/libraries.ts";
import type { Call, ClassDef, Expr, FunctionNode } from "../syntax/ast.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { createConstants } from "./constants/constants.ts";
import { createDemands } from "./demand.ts";
import { createFingerprints, type FingerprintMemory, type Fingerprints } from "./facts/fingerprint.ts";
import { createImports } from "./imports.ts";
import type { Inference } from "./infer/context.ts";
import { createInference } from "./infer/infer.ts";
import { ownPath } from "./infer/names.ts";
import { nameOfValue, typeOfValue } from "./infer/values.ts";
import type { ConstantValue, Scope, SemanticModel } from "./model.ts";
import type { OtherModules } from "./others.ts";
import { createModuleScopes } from "./scopes/module.ts";

const NO_FINGERPRINTS: Fingerprints = { ofUnit: () => "", ofName: () => "" };

export interface ModelOptions {
  /** Dotted name of the module, or "" where it is not known. */
  readonly moduleName: string;
  /** True for an `__init__` module: its relative imports start inside it. */
  readonly isPackage: boolean;
  /** What the versions of one file share, where there are several; it is kept by whoever keeps the file. */
  readonly memory?: FingerprintMemory;
  /** True where there is one version only: fingerprints, which tell versions apart, are then all empty. */
  readonly once?: boolean;
  /** The other modules of the project; left out, nothing is known of them. */
  readonly others?: OtherModules;
}

/**
 * Builds the model of a module. Scopes of units that did not change since the tree before are taken over.
 *
 * @param knowledge what is known of libraries; tests may pass their own
 */
export function buildModel(
  tree: SyntaxTree,
  options: ModelOptions,
  knowledge: Knowledge = KNOWLEDGE,
): SemanticModel {
  const scopes = createModuleScopes(tree);
  const { others = null } = options;
  const demands = others?.demands ?? createDemands();
  let inference: Inference | null = null;
  const infer = (): Inference => {
    inference ??= createInference({
      place: options,
      scopes,
      knowledge,
      demands,
      module: tree.module,
      others,
      stringOf: (node) => asString(constant(node)) ?? null,
    });
    return inference;
  };
  others?.join(tree.module, infer);
  const constant = createConstants({ tree, scopes, demands, value: (node) => infer().value(node) });
  const fingerprints =
    options.once === true ? NO_FINGERPRINTS : createFingerprints(tree, scopes, options.memory);
  const imports = createImports(tree, scopes, options);

  const qualifiedName = (node: Expr) => nameOfValue(infer().value(node)) ?? undefined;
  const ancestors = (cls: ClassDef) =>
    infer()
      .homeOf(cls)
      .lineageOf(cls)
      .slice(1)
      .flatMap(({ type }) => (type.name === "" ? [] : [type.name]));

  return {
    tree,
    module: tree.module,
    moduleName: options.moduleName,
    get imports() {
      return imports().names;
    },
    importsPackage: (name) => imports().includesPackage(name),
    scopeOf: scopes.scopeOf,
    resolve: scopes.resolve,
    qualifiedName,
    callee: (call: Call) => qualifiedName(call.func),
    typeOf: (node) => typeOfValue(infer().value(node))?.name,
    annotationType: (annotation) => infer().annotated(annotation)?.name,
    constant,
    stringValue: (node) => asString(constant(node)),
    enclosingFunction: (node) => functionAround(scopes.scopeOf(node)),
    enclosingClass: (node) => classAround(scopes.scopeOf(node)),
    definitionOf(node) {
      const value = infer().value(node);
      const found = value?.kind === "function" ? value.node : value?.kind === "class" ? value.type.cls : null;
      return found !== null && infer().homeOf(found) === infer() ? found : undefined;
    },
    ancestors,
    derivesFrom(cls, names) {
      const own = [ownPath(cls, infer().homeOf(cls).place), ...ancestors(cls)];
      if (own.some((name) => names.has(name))) return true;
      return [...names].some((name) => own.includes(knowledge.canonical(name)));
    },
    outerFingerprint: fingerprints.ofUnit,
    nameFingerprint: fingerprints.ofName,
  };
}

function asString(value: ConstantValue | undefined): string | undefined {
  return value?.type === "str" ? value.value : undefined;
}

/** The function whose code a scope belongs to; decorators, defaults and annotations belong outside. */
function functionAround(start: Scope): FunctionNode | undefined {
  for (let scope: Scope | null = start; scope !== null; scope = scope.parent) {
    const { node, kind } = scope;
    const isFunction = node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef";
    if (kind === "function" && isFunction) return node;
  }
  return undefined;
}

function classAround(start: Scope): ClassDef | undefined {
  for (let scope: Scope | null = start; scope !== null; scope = scope.parent) {
    if (scope.kind === "class" && scope.node.kind === "ClassDef") return scope.node;
  }
  return undefined;
}
