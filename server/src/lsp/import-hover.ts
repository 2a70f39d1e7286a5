/** Says on an import of a stack library what it is for, in two lines with a link into the guide. */

import { type Purpose, purposeOf } from "../models/purposes.ts";
import type { Alias, Import, ImportFrom } from "../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf } from "../syntax/tree.ts";
import { walkUnit } from "../syntax/walk.ts";

export interface ImportPurpose {
  readonly purpose: Purpose;
  /** Absolute: the name under the pointer, else the module's. */
  readonly span: Span;
}

/** Null where no import of a known library stands at the offset. */
export function importAt(tree: SyntaxTree, offset: number): ImportPurpose | null {
  const statement = statementAt(tree, offset);
  if (statement === null) return null;
  const alias = statement.names.find((name) => isAt(spanOf(name), offset));
  const name = importedName(statement, alias);
  const purpose = name === null ? null : purposeOf(name);
  return purpose === null ? null : { purpose, span: spanOf(alias ?? statement) };
}

/** Imports stand in the text of few units, and only those are walked. */
function statementAt(tree: SyntaxTree, offset: number): Import | ImportFrom | null {
  let found: Import | ImportFrom | null = null;
  for (const unit of tree.units) {
    if (unit.start > offset || unit.start + unit.text.length < offset || !unit.text.includes("import"))
      continue;
    walkUnit(unit, (node) => {
      const isImport = node.kind === "Import" || node.kind === "ImportFrom";
      if (isImport && isAt(spanOf(node), offset)) found = node;
    });
  }
  return found;
}

function importedName(statement: Import | ImportFrom, alias: Alias | undefined): string | null {
  if (statement.kind === "Import") return alias?.name ?? statement.names[0]?.name ?? null;
  if (statement.level > 0 || statement.module === null) return null;
  return alias === undefined ? statement.module : `${statement.module}.${alias.name}`;
}

function isAt({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** @param link a Markdown link into the guide, or null where nothing could open it */
export function purposeMarkdown({ name, text }: Purpose, link: string | null): string {
  const first = `**${name}** · ${text}`;
  return link === null ? first : `${first}\n\n${link}`;
}

export function purposeText({ name, text }: Purpose): string {
  return `${name}: ${text}`;
}
