/** What a fix deleted: names that the code used or defined, and statements, that it has no more. */

import type { PythonParser } from "../../server/src/syntax/parser.ts";
import { walk } from "../../server/src/syntax/walk.ts";

/** Functions of the language that a rewrite may do without: `len(rows) > 0` as `rows.exists()`. */
const REPLACEABLE: ReadonlySet<string> = new Set(["len", "bool", "str", "repr", "list", "format"]);

/** Names, definitions and kinds of statements that stand less often in `after` than in `before`. */
export function lostNames(parser: PythonParser, before: string, after: string): readonly string[] {
  const left = countParts(parser, after);
  return [...countParts(parser, before)].flatMap(([name, count]) =>
    (left.get(name) ?? 0) < count ? [`${name} (${count} before, ${left.get(name) ?? 0} after)`] : [],
  );
}

function countParts(parser: PythonParser, text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const parsed = parser.parse(text);
  walk(parsed.tree.module, (node) => {
    if (node.kind === "Name" && !REPLACEABLE.has(node.id)) add(node.id);
    if (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef") {
      add(`def ${node.name}`);
    }
    if ("unit" in node) add(`statement ${node.kind}`);
  });
  parsed.dispose();
  return counts;
}
