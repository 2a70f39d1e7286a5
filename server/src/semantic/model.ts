/** What a rule may ask about the meaning of a module: names, qualified names, light types, constants, classes. */

import type { Call, ClassDef, Expr, FunctionNode, Module, Name, Node } from "../syntax/ast.ts";
import type { SyntaxTree, Unit } from "../syntax/tree.ts";

export type ScopeKind = "module" | "class" | "function" | "lambda" | "comprehension" | "type-params";

/** A scope as Python's symtable sees it. */
export interface Scope {
  readonly kind: ScopeKind;
  /** The Module, ClassDef, function, Lambda or comprehension expression that opens the scope. */
  readonly node: Node;
  readonly parent: Scope | null;
  readonly bindings: ReadonlyMap<string, Binding>;
}

export type BindingKind =
  | "import"
  | "function"
  | "class"
  | "assignment"
  | "parameter"
  | "for"
  | "with"
  | "except"
  | "comprehension"
  | "match"
  | "walrus"
  | "type-param"
  | "unknown";

/** One name in one scope, with every place that binds it, in document order. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly kind: BindingKind;
  /** The statements, parameters or targets that bind the name. */
  readonly definitions: readonly Node[];
  /** True where the only definition is unconditional, so that its value is known. */
  readonly single: boolean;
}

/** A Python value known without running the program. */
export type ConstantValue =
  | { readonly type: "str" | "bytes"; readonly value: string }
  | { readonly type: "int"; readonly value: number | bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "None" }
  | { readonly type: "tuple" | "list" | "set"; readonly value: readonly ConstantValue[] };

/**
 * The meaning of one module. Every answer is "unknown" (undefined) rather than a guess: a receiver is never
 * typed by the name of its variable.
 */
export interface SemanticModel {
  readonly tree: SyntaxTree;
  readonly module: Module;
  /** Dotted name of the module (`shop.views`), or "" where it is not known. */
  readonly moduleName: string;
  /** Qualified names of all modules and members that the module imports at any level. */
  readonly imports: ReadonlySet<string>;
  /** True where `package` or something below it is imported anywhere in the module. */
  importsPackage(name: string): boolean;

  /** The innermost scope that a node stands in. */
  scopeOf(node: Node): Scope;
  /** What a Name refers to, as Python resolves it (LEGB, class scopes skipped, global and nonlocal honoured). */
  resolve(name: Name): Binding | undefined;
  /**
   * The dotted name of what an expression refers to: `r.get` is "requests.get" after `import requests as r`;
   * `cur.execute` is "sqlite3.Cursor.execute" where the type of `cur` is known; a builtin is "builtins.open";
   * a module's own definition is its module name and path (".helper" where the module name is "").
   */
  qualifiedName(node: Expr): string | undefined;
  /** `qualifiedName` of the function that is called. */
  callee(call: Call): string | undefined;
  /** The qualified class name of an expression's value, e.g. "requests.Session", "builtins.str". */
  typeOf(node: Expr): string | undefined;
  /** The value of an expression, through single-definition names, concatenation, `%`, `.format`, f-strings. */
  constant(node: Expr): ConstantValue | undefined;
  /** The string value of an expression, or undefined. */
  stringValue(node: Expr): string | undefined;

  /** The innermost function that holds a node (not the node itself). */
  enclosingFunction(node: Node): FunctionNode | undefined;
  /** The class whose body directly holds a function, or that holds a node through functions. */
  enclosingClass(node: Node): ClassDef | undefined;
  /** The definition that a name or attribute refers to in this module, if it is a function or class. */
  definitionOf(node: Expr): FunctionNode | ClassDef | undefined;
  /** Qualified names of the class's bases and of theirs, nearest first, as far as this module and models know. */
  ancestors(cls: ClassDef): readonly string[];
  /** True where a class is, or derives (as far as is known) from, one of the qualified names. */
  derivesFrom(cls: ClassDef, names: ReadonlySet<string>): boolean;

  /** A fingerprint of all outer facts (imports, globals, class headers) that a unit's meaning rests on. */
  outerFingerprint(unit: Unit): string;
}
