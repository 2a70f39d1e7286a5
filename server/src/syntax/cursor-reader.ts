/** Fills the node table through tree-sitter's public TreeCursor: the way that works everywhere. */

import type { Tree, TreeCursor } from "web-tree-sitter";
import { COMMENT, FIRST_TOKEN, isLeaf, K, keepsTokens, SKIP } from "./kinds.ts";
import {
  type Keep,
  levelFlags,
  type NodeTable,
  ROW_BODY,
  ROW_ERROR,
  ROW_KEPT,
  ROW_MISSING,
  resetTable,
} from "./table.ts";

/** Reads a tree into a table. `keep` is asked for each node at module or class level; null reads them all. */
export type TreeReader = (tree: Tree, table: NodeTable, keep: Keep | null) => void;

/** @param kinds the grammar's symbols mapped to kinds, see `mapSymbols` */
export function createCursorReader(kinds: Uint8Array): TreeReader {
  return (tree, table, keep) => {
    const root = tree.rootNode;
    resetTable(table, root.descendantCount + 1);
    const cursor = tree.walk();
    try {
      readAll(cursor, table, kinds, keep, root.hasError);
    } finally {
      cursor.delete();
    }
  };
}

function readAll(
  cursor: TreeCursor,
  table: NodeTable,
  kinds: Uint8Array,
  keep: Keep | null,
  hasError: boolean,
): void {
  const rows: number[] = [];
  let parent = -1;
  for (;;) {
    const row = readNode(cursor, table, kinds, parent, keep, hasError);
    if (row >= 0 && cursor.gotoFirstChild()) {
      rows.push(row);
      parent = row;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return;
      table.next[rows.pop() ?? 0] = table.size;
      parent = rows[rows.length - 1] ?? -1;
    }
  }
}

/** Adds a row for the node under the cursor; -1 where its children are not to be read. */
function readNode(
  cursor: TreeCursor,
  table: NodeTable,
  kinds: Uint8Array,
  parent: number,
  keep: Keep | null,
  hasError: boolean,
): number {
  const kind = kinds[cursor.nodeTypeId] ?? SKIP;
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const missing = start === end && cursor.nodeIsMissing;
  if (kind === COMMENT) {
    table.comments.push(start, end);
    return -1;
  }
  if (missing || kind === K.ERROR) table.errors.push(start, end);
  const parentKind = parent < 0 ? K.module : (table.kind[parent] ?? SKIP);
  if (kind === SKIP || (kind >= FIRST_TOKEN && keepsTokens[parentKind] === 0)) return -1;
  const row = table.size++;
  const inBody = parent >= 0 && ((table.flags[parent] ?? 0) & ROW_BODY) !== 0;
  const broken = inBody && hasError && cursor.currentNode.hasError;
  const kept = inBody && keep !== null && !broken && keep(kind, start, end);
  table.kind[row] = kind;
  table.start[row] = start;
  table.end[row] = end;
  table.next[row] = row + 1;
  table.flags[row] =
    (missing ? ROW_MISSING : 0) |
    (broken ? ROW_ERROR : 0) |
    (kept ? ROW_KEPT : 0) |
    levelFlags(table, kind, parent);
  return kept || isLeaf[kind] === 1 ? -1 : row;
}
