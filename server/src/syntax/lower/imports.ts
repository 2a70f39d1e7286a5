/** Lowers import statements. */

import type { Alias, Import, ImportFrom } from "../ast.ts";
import { K } from "../kinds.ts";
import {
  adoptAll,
  endOf,
  findChild,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  type StmtHandler,
  startOf,
  textOf,
} from "./context.ts";

function dottedText(l: Lowering, row: number): string {
  if (row < 0) return "";
  if (kindOf(l, row) !== K.dotted_name) return nameOf(l, row);
  return parts(l, row)
    .map((at) => nameOf(l, at))
    .join(".");
}

function lowerAlias(l: Lowering, row: number): Alias {
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  if (kindOf(l, row) === K.wildcard_import) return { kind: "alias", ...place, name: "*", asname: null };
  if (kindOf(l, row) !== K.aliased_import) {
    return { kind: "alias", ...place, name: dottedText(l, row), asname: null };
  }
  const [name = -1, asname = -1] = parts(l, row);
  return {
    kind: "alias",
    ...place,
    name: dottedText(l, name),
    asname: asname < 0 ? null : nameOf(l, asname),
  };
}

function lowerImport(l: Lowering, row: number): Import {
  const names = parts(l, row).map((at) => lowerAlias(l, at));
  const node: Import = {
    kind: "Import",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    unit: null,
    names,
  };
  adoptAll(node, names);
  return node;
}

function importFrom(
  l: Lowering,
  row: number,
  module: string | null,
  level: number,
  rows: readonly number[],
): ImportFrom {
  const names = rows.map((at) => lowerAlias(l, at));
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null, unit: null };
  const node: ImportFrom = { kind: "ImportFrom", ...place, module, names, level };
  adoptAll(node, names);
  return node;
}

function lowerImportFrom(l: Lowering, row: number): ImportFrom {
  const [from = -1, ...names] = parts(l, row);
  if (from < 0 || kindOf(l, from) !== K.relative_import)
    return importFrom(l, row, dottedText(l, from), 0, names);
  const prefix = findChild(l, from, K.import_prefix);
  const level = prefix < 0 ? 0 : textOf(l, prefix).split(".").length - 1;
  const name = findChild(l, from, K.dotted_name);
  return importFrom(l, row, name < 0 ? null : dottedText(l, name), level, names);
}

export const importHandlers: readonly (readonly [number, StmtHandler])[] = [
  [K.import_statement, lowerImport],
  [K.import_from_statement, lowerImportFrom],
  [K.future_import_statement, (l, row) => importFrom(l, row, "__future__", 0, parts(l, row))],
];
