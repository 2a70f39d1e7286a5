/** File classes: rules are quiet where a habit does not apply (tests, migrations, notebooks...). */

import type { ContextClass } from "../base/context-classes.ts";
import type { If, Stmt } from "../syntax/ast.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/** What is known of a file besides its text. */
export interface FileContext {
  /** Absolute path with `/`, or the URI's path where there is no file. */
  readonly path: string;
  readonly classes: ReadonlySet<ContextClass>;
  /** Lowest supported Python of the project, e.g. [3, 11], or null. */
  readonly pythonVersion: readonly [number, number] | null;
}

/** What the classes are read from. */
export interface Classifiable {
  /** Path relative to the workspace or project root, with `/`: folders above it say nothing about the file. */
  readonly relativePath: string;
  readonly tree: SyntaxTree;
  /** Dotted name of the module where it is known; a module inside a package is importable, so no script. */
  readonly moduleName: string;
  readonly notebook: boolean;
}

const TEST_FOLDERS = new Set(["test", "tests"]);
const TEST_FILE = /^(?:test_.*|.*_test|tests?|conftest)\.py$/;
const SCRIPT_FOLDERS = new Set(["scripts", "script", "bin"]);
const SETTINGS_FOLDERS = new Set(["settings", "config", "conf", "configs"]);
const DEV_NAME =
  /^(?:dev|development|devel|local|test|testing|tests|ci|debug)(?:_(?:dev|development|local|settings))?$/;
const DEV_SETTINGS_FILE =
  /^(?:settings|config|conf)_(?:dev|development|local|test|testing|ci)$|^(?:dev|development|local|test|testing|ci)_(?:settings|config|conf)$/;

/** The classes of a file; most files have none. */
export function classify(file: Classifiable): ReadonlySet<ContextClass> {
  const segments = file.relativePath.split("/").filter((segment) => segment !== "");
  const name = segments.pop() ?? "";
  const classes = new Set<ContextClass>();
  if (name.endsWith(".pyi")) classes.add("stub");
  if (TEST_FILE.test(name) || segments.some((segment) => TEST_FOLDERS.has(segment))) classes.add("test");
  if (isMigration(segments, name, file.tree)) classes.add("migration");
  if (isDevSettings(segments, name)) classes.add("settings-dev");
  if (file.notebook || name.endsWith(".ipynb")) classes.add("notebook");
  if (isScript(segments, name, file)) classes.add("script");
  return classes;
}

function isMigration(folders: readonly string[], name: string, tree: SyntaxTree): boolean {
  const folder = folders.at(-1);
  if (folder === "migrations" && name !== "__init__.py") {
    return /^\d{4}_/.test(name) || definesClass(tree, "Migration");
  }
  return folder === "versions" && (folders.includes("alembic") || assigns(tree, "down_revision"));
}

function definesClass(tree: SyntaxTree, name: string): boolean {
  return tree.module.body.some((statement) => statement.kind === "ClassDef" && statement.name === name);
}

function assigns(tree: SyntaxTree, name: string): boolean {
  return tree.module.body.some((statement) => {
    if (statement.kind === "AnnAssign")
      return statement.target.kind === "Name" && statement.target.id === name;
    if (statement.kind !== "Assign") return false;
    return statement.targets.some((target) => target.kind === "Name" && target.id === name);
  });
}

function isDevSettings(folders: readonly string[], name: string): boolean {
  const stem = name.replace(/\.pyi?$/, "");
  if (DEV_SETTINGS_FILE.test(stem)) return true;
  return SETTINGS_FOLDERS.has(folders.at(-1) ?? "") && DEV_NAME.test(stem);
}

function isScript(folders: readonly string[], name: string, file: Classifiable): boolean {
  if (name === "__main__.py" || folders.some((folder) => SCRIPT_FOLDERS.has(folder))) return true;
  const inPackage = file.moduleName.includes(".");
  return !inPackage && file.tree.module.body.some(isEntryGuard);
}

/** True for `if __name__ == "__main__":`, either way round. */
export function isEntryGuard(statement: Stmt): statement is If {
  if (statement.kind !== "If" || statement.test.kind !== "Compare") return false;
  const { left, ops, comparators } = statement.test;
  const sides = [left, comparators[0]];
  return (
    ops[0] === "Eq" &&
    ops.length === 1 &&
    sides.some((side) => side?.kind === "Name" && side.id === "__name__") &&
    sides.some((side) => side?.kind === "Constant" && side.value === "__main__")
  );
}
