/** What the checklist knows of one Python file: plain data with lines, so that the file need not stay parsed. */

import type { ManifestFacts } from "../types.ts";

/** A value as far as it stands in the code. */
export type Literal =
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [string, Literal])[] }
  /** Read from the environment; `fallback` null where there is none, so that it must be set. */
  | { readonly kind: "environment"; readonly name: string | null; readonly fallback: Literal | null }
  /** A name or attribute that refers to something known: `rest_framework.permissions.IsAuthenticated`. */
  | { readonly kind: "reference"; readonly name: string }
  | { readonly kind: "unknown" };

export interface CallFact {
  /** The qualified name where it is known, else the last name behind a dot: `.select_related`. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** The function that it stands in, `Class.method`, or "" at module level. */
  readonly within: string;
  readonly args: readonly Literal[];
  readonly keywords: Readonly<Record<string, Literal>>;
  /** True where `**kwargs` or `*args` may pass more. */
  readonly unpacks: boolean;
}

export interface ImportFact {
  /** Absolute dotted name of what is imported: `django.db.models`, `shop.models.Order`. */
  readonly name: string;
  readonly line: number;
  /** False for imports in functions and below `TYPE_CHECKING`: they close no circle. */
  readonly atLoad: boolean;
}

export interface FunctionFact {
  /** `Class.method` or the function's own name. */
  readonly name: string;
  readonly line: number;
  readonly async: boolean;
  /** True where no part of its name begins with an underscore, and it stands in no other function. */
  readonly public: boolean;
  /** All parameters but `self` and `cls`, and the result. */
  readonly annotated: "all" | "some" | "none";
  /** Qualified names of decorators, or their last names behind a dot. */
  readonly decorators: readonly string[];
  /** Statements in it, nested ones too. */
  readonly statements: number;
  readonly parameters: readonly string[];
}

export interface ClassFact {
  readonly name: string;
  readonly line: number;
  /** Qualified names of all bases that are known, nearest first; last names behind a dot of those that are not. */
  readonly bases: readonly string[];
  /** Names that its body assigns. */
  readonly members: readonly {
    readonly name: string;
    readonly line: number;
    readonly value: Literal;
    readonly type: string | null;
  }[];
}

export interface SettingFact {
  readonly name: string;
  readonly line: number;
  /** The class whose body sets it, or null. */
  readonly owner: string | null;
  readonly value: Literal;
}

export interface TestFact {
  readonly name: string;
  readonly line: number;
  readonly asserts: number;
  /** The first line of its docstring and its markers, to find references to issues in. */
  readonly notes: string;
  /** HTTP status codes that are compared with or asserted. */
  readonly statuses: readonly number[];
  /** True where it looks at a response's body. */
  readonly readsBody: boolean;
  readonly parameters: readonly string[];
}

export interface EnvironmentRead {
  readonly name: string | null;
  readonly line: number;
}

export interface CodeFacts {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly moduleName: string;
  readonly isPackage: boolean;
  /** `test`, `migration`, `settings-dev`, `notebook`, `script`, `stub`. */
  readonly classes: readonly string[];
  readonly lines: number;
  /** The line of the first syntax error, or null. */
  readonly broken: number | null;
  readonly imports: readonly ImportFact[];
  /** The line of `if __name__ == "__main__"`, or null. */
  readonly mainGuard: number | null;
  readonly functions: readonly FunctionFact[];
  readonly types: readonly ClassFact[];
  readonly calls: readonly CallFact[];
  readonly settings: readonly SettingFact[];
  readonly environment: readonly EnvironmentRead[];
  readonly tests: readonly TestFact[];
  /** Lines of `try`, and of `raise` with an exception that is named. */
  readonly tries: readonly number[];
  readonly raises: readonly number[];
  /** Lines that end the program with an exit code. */
  readonly exits: readonly number[];
  /** `install_requires` and the like of a `setup.py`. */
  readonly setup: SetupFacts | null;
  /** What the header of a script asks for (PEP 723). */
  readonly header: ManifestFacts | null;
}

/** What a literal `setup(...)` says. */
export interface SetupFacts {
  readonly line: number;
  readonly requires: readonly { readonly text: string; readonly line: number }[];
  readonly extras: readonly { readonly extra: string; readonly text: string; readonly line: number }[];
  readonly python: { readonly specifier: string; readonly line: number } | null;
  /** True where the list of requirements is worked out by the program. */
  readonly dynamic: boolean;
  readonly scripts: boolean;
}
