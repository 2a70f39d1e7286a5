/** Trees as plain values, so that tests can compare two of them whole. */

import type { Node } from "../../../server/src/syntax/ast.ts";
import type { SyntaxTree } from "../../../server/src/syntax/tree.ts";

/** A node and all below it without what ties it to its file: parents and units. */
export function plain(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => {
      if (key === "parent" || key === "unit") return undefined;
      return typeof value === "bigint" ? `${value}n` : value;
    }),
  );
}

/** All that a tree says, with absolute places where the tree has them. */
export function whole(tree: SyntaxTree): unknown {
  return {
    text: tree.text,
    module: plain(tree.module),
    units: tree.units.map(({ kind, start, text, comments, broken, root }) => {
      return { kind, start, text, comments, broken, root: root.kind };
    }),
    comments: tree.comments,
    errors: tree.errors,
  };
}
