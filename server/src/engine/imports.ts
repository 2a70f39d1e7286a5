/** Adds an import to a module, or finds the one that it has. */

import type { Stmt } from "../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf } from "../syntax/tree.ts";

/**
 * Creates the `ensureImport` of one fix: it answers with the expression to write, and records the new import
 * through `insert` at most once for each name.
 */
export function createImporter(
  tree: SyntaxTree,
  insert: (span: Span, text: string) => void,
): (module: string, name?: string) => string {
  const added = new Map<string, string>();
  return (module, name) => {
    const key = `${module}:${name ?? ""}`;
    const known = added.get(key) ?? importedAs(tree.module.body, module, name);
    if (known !== undefined) return known;
    const statement = name === undefined ? `import ${module}` : `from ${module} import ${name}`;
    const place = importPlace(tree);
    insert(
      { start: place.offset, end: place.offset },
      `${place.before}${statement}${place.newline}${place.after}`,
    );
    const expression = name ?? module;
    added.set(key, expression);
    return expression;
  };
}

/**
 * The edit that adds those of some import statements whose names the module does not import yet; null where it
 * has them all.
 *
 * @param statements each on one line, as `import a.b` or `from a import b, c as d`
 */
export function addImports(
  tree: SyntaxTree,
  statements: readonly string[],
): { readonly span: Span; readonly text: string } | null {
  const missing = statements.flatMap((statement) => missingImport(tree.module.body, statement) ?? []);
  if (missing.length === 0) return null;
  const { offset, before, newline } = importPlace(tree);
  const lines = missing.map((line) => `${line}${newline}`).join("");
  return { span: { start: offset, end: offset }, text: `${before}${lines}` };
}

/** What of an import statement a module lacks, as a statement, or null. */
function missingImport(body: readonly Stmt[], statement: string): string | null {
  const [, module, list = ""] = /^from (\S+) import (.+)$/.exec(statement) ?? [];
  const names = (module === undefined ? statement.replace(/^import /, "") : list).split(", ").map((name) => {
    const [path = "", asname = null] = name.split(" as ");
    return { text: name, path, asname };
  });
  const lacking = names.filter(({ path, asname }) => !hasImport(body, module ?? null, path, asname));
  if (lacking.length === 0) return null;
  const rest = lacking.map(({ text }) => text).join(", ");
  return module === undefined ? `import ${rest}` : `from ${module} import ${rest}`;
}

/** True where a module-level statement imports the name under just this other name, or none. */
function hasImport(
  body: readonly Stmt[],
  module: string | null,
  name: string,
  asname: string | null,
): boolean {
  return body.some((statement) => {
    if (statement.kind !== (module === null ? "Import" : "ImportFrom")) return false;
    if (statement.kind === "ImportFrom" && (statement.level !== 0 || statement.module !== module))
      return false;
    return statement.names.some((alias) => alias.name === name && alias.asname === asname);
  });
}

/** The expression that a module-level import already gives to `module` or `module.name`. */
function importedAs(body: readonly Stmt[], module: string, name: string | undefined): string | undefined {
  let fallback: string | undefined;
  for (const statement of body) {
    if (statement.kind === "ImportFrom" && statement.level === 0) {
      for (const { name: imported, asname } of statement.names) {
        if (name !== undefined && statement.module === module && imported === name) return asname ?? name;
        const path = `${statement.module}.${imported}`;
        if (path === module) fallback ??= join(asname ?? imported, name);
      }
    } else if (statement.kind === "Import") {
      for (const { name: imported, asname } of statement.names) {
        if (imported === module) fallback ??= join(asname ?? module, name);
      }
    }
  }
  return fallback;
}

function join(expression: string, name: string | undefined): string {
  return name === undefined ? expression : `${expression}.${name}`;
}

interface ImportPlace {
  readonly offset: number;
  readonly newline: string;
  /** Text to put before and after the new line. */
  readonly before: string;
  readonly after: string;
}

/** Below the imports that open the module, else below its docstring and `__future__` imports, else on top. */
function importPlace(tree: SyntaxTree): ImportPlace {
  const newline = tree.text.includes("\r\n") ? "\r\n" : "\n";
  const { body } = tree.module;
  let last: Stmt | undefined;
  let index = 0;
  if (isDocstring(body[0])) {
    last = body[0];
    index = 1;
  }
  const onlyDocstring = index;
  while (index < body.length && isImport(body[index])) {
    last = body[index];
    index += 1;
  }
  if (last === undefined) return { offset: topOffset(tree), newline, before: "", after: "" };
  const { offset, before } = lineAfter(tree.text, spanOf(last).end, newline);
  const belowDocstring = index === onlyDocstring;
  return {
    offset,
    newline,
    before: belowDocstring ? before + newline : before,
    after: "",
  };
}

function isDocstring(statement: Stmt | undefined): boolean {
  return statement?.kind === "Expr" && statement.value.kind === "Constant" && statement.value.type === "str";
}

function isImport(statement: Stmt | undefined): boolean {
  return statement?.kind === "Import" || statement?.kind === "ImportFrom";
}

/** The start of the line below an offset; `before` is a line break where the text ends without one. */
function lineAfter(text: string, offset: number, newline: string): { offset: number; before: string } {
  const lineBreak = text.indexOf("\n", offset);
  return lineBreak === -1 ? { offset: text.length, before: newline } : { offset: lineBreak + 1, before: "" };
}

/** Below a byte-order mark, a `#!` line, an encoding line and the comments that stand together with them. */
function topOffset(tree: SyntaxTree): number {
  let offset = tree.text.startsWith("\uFEFF") ? 1 : 0;
  while (tree.text[offset] === "#") {
    const lineBreak = tree.text.indexOf("\n", offset);
    if (lineBreak === -1) return offset;
    offset = lineBreak + 1;
  }
  return offset;
}
