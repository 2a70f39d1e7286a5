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
  /** What binds the name; "unknown" where its definitions are of several kinds. */
  readonly kind: BindingKind;
  /**
   * The nodes that spell the name: the alias of an import, a definition, a parameter, an except handler, a
   * pattern, else the target Name, from which `parent` leads to the statement. Bindings through `global` and
   * `nonlocal` are among them; `del` is not.
   */
  readonly definitions: readonly Node[];
  /** True where the only definition is unconditional: in no branch or loop, and not through `global`. */
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
 *
 * Names are canonical where the models know an object under several: `starlette.responses.JSONResponse` is
 * "fastapi.responses.JSONResponse", `requests.sessions.Session` is "requests.Session", `typing.List` is
 * "builtins.list" (`aliases` in the models). A method goes by the class that the models list it under.
 *
 * Answers rest on what stands in the module and on the signatures of functions, not on the order of execution:
 * a name that is bound again has a type only where all its definitions agree.
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
   * a module's own definition is its module name and path (".helper" where the module name is ""), and so is a
   * variable of the module or of a class, whatever its value; a function's own variables have no name.
   */
  qualifiedName(node: Expr): string | undefined;
  /** `qualifiedName` of the function that is called. */
  callee(call: Call): string | undefined;
  /**
   * The qualified class name of an expression's value, e.g. "requests.Session", "builtins.str"; that of X where
   * the value is an X or None. A call of a coroutine function is a "types.CoroutineType" until it is awaited.
   * Classes, functions and modules themselves have no type here: they have a qualified name.
   */
  typeOf(node: Expr): string | undefined;
  /** The qualified class name of the values that an annotation admits; that of X for `X | None` and `Annotated[X, …]`. */
  annotationType(annotation: Expr): string | undefined;
  /** The value of an expression, through single-definition names, concatenation, `%`, `.format`, f-strings. */
  constant(node: Expr): ConstantValue | undefined;
  /** The string value of an expression, or undefined. */
  stringValue(node: Expr): string | undefined;

  /** The innermost function whose code holds a node; decorators, defaults and annotations belong outside. */
  enclosingFunction(node: Node): FunctionNode | undefined;
  /** The class whose body directly holds a function, or that holds a node through functions. */
  enclosingClass(node: Node): ClassDef | undefined;
  /** The definition that a name or attribute refers to in this module, if it is a function or class. */
  definitionOf(node: Expr): FunctionNode | ClassDef | undefined;
  /** Qualified names of the class's bases and of theirs, nearest first, as far as this module and models know. */
  ancestors(cls: ClassDef): readonly string[];
  /** True where a class is, or derives (as far as is known) from, one of the qualified names. */
  derivesFrom(cls: ClassDef, names: ReadonlySet<string>): boolean;

  /** A fingerprint of what the module says of one of its names: the definition, and everything it rests on here. */
  nameFingerprint(name: string): string;
  /** A fingerprint of all outer facts (imports, globals, class headers) that a unit's meaning rests on. */
  outerFingerprint(unit: Unit): string;
}
