/** Chooses the way in which trees are read: straight from memory where that is proven to work, else by the cursor. */

import type { Language, Parser } from "web-tree-sitter";
import { createCursorReader, type TreeReader } from "./cursor-reader.ts";
import { createHeapReader, type Runtime } from "./heap-reader.ts";
import { mapSymbols } from "./kinds.ts";
import { createTable, type NodeTable } from "./table.ts";

export interface ChosenReader {
  readonly read: TreeReader;
  readonly name: "heap" | "cursor";
  /** Why the faster way is not taken; null where it is. */
  readonly reason: string | null;
}

/** Small, but with all that the layout of a tree depends on: long and short nodes, aliases, errors, wide characters. */
const SAMPLE = `# comment
import a.b as c, d
@e
async def f(g, *h: i = 1, **j) -> dict[str, k | None]:
    """A text that is longer than the two hundred and fifty-five bytes that a packed leaf can measure, so that its
    size stands in a record of its own. ${"x".repeat(300)}"""
    with (l as m, n): print(f"{o!r:>{p}} ä 𝒳 {{}}")   # comment
    if (q := r) is not s not in t: return [*u for v in w if await x]





    match y:
        case {"z": -1, **aa} | [_, *ab] if ac: exec = type = lambda *ad: (yield)
class ae(af, ag=ah):
    ai: aj = 0x1F; ak += 1.5
    def al(self): (am.an)[ao:ap, ::aq] = {**ar}, {as_: at}
print au
x = ((1
def av(: pass
"""unfinished
`;

/**
 * @param runtime the wasm instance
 * @param wanted `cursor` keeps to the cursor; anything else means the fastest way that works
 */
export function chooseReader(
  runtime: Runtime,
  parser: Parser,
  language: Language,
  wanted: "heap" | "cursor",
): ChosenReader {
  const kinds = mapSymbols(language.types.length, (symbol) => {
    const name = language.types[symbol];
    return name === undefined ? null : { name, named: language.nodeTypeIsNamed(symbol) };
  });
  const cursor = createCursorReader(kinds);
  if (wanted === "cursor") return { read: cursor, name: "cursor", reason: "it was asked for" };
  try {
    const heap = createHeapReader(runtime, language, kinds);
    if (heap === null) return { read: cursor, name: "cursor", reason: "the parser does not show its memory" };
    const difference = firstDifference(parser, cursor, heap);
    if (difference === null) return { read: heap, name: "heap", reason: null };
    return {
      read: cursor,
      name: "cursor",
      reason: `the parser's memory is laid out in another way: ${difference}`,
    };
  } catch (problem) {
    return { read: cursor, name: "cursor", reason: `reading the parser's memory failed: ${String(problem)}` };
  }
}

/** Where two readers disagree about the sample; null where they agree. */
function firstDifference(parser: Parser, one: TreeReader, other: TreeReader): string | null {
  for (const text of [SAMPLE, ""]) {
    const tree = parser.parse(text);
    if (tree === null) return "the sample does not parse";
    try {
      const [expected, found] = [createTable(), createTable()];
      one(tree, expected, null);
      other(tree, found, null);
      const difference = compareTables(expected, found);
      if (difference !== null) return difference;
    } finally {
      tree.delete();
    }
  }
  return null;
}

/** Names the first thing in which two tables differ, or null. */
export function compareTables(a: NodeTable, b: NodeTable): string | null {
  if (a.size !== b.size) return `${b.size} rows instead of ${a.size}`;
  for (let row = 0; row < a.size; row++) {
    for (const column of ["kind", "start", "end", "next", "flags"] as const) {
      if (a[column][row] !== b[column][row]) {
        return `${column} of row ${row} is ${b[column][row]} instead of ${a[column][row]}`;
      }
    }
  }
  if (a.comments.join() !== b.comments.join()) return "the comments differ";
  if (a.errors.join() !== b.errors.join()) return "the errors differ";
  return null;
}
