/** Regular expressions as guards: what text that matches one can no longer contain. */

import { ALL_RISKS, NO_RISKS, type RiskSet, riskSet } from "../models/taint/types.ts";

/** One class of plain characters or an escape, repeated; alternatives and groups of such. */
const PLAIN_PIECE = /^(?:\[(?:\\[wd]|\w-\w|[\w .@:,-])+\]|\\[wd]|\\[.-]|[\w@:,-])(?:[+*?]|\{\d*,?\d*\})?/;

/**
 * The risks that text matching a constant pattern cannot carry. The pattern must cover the whole text (`fullmatch`,
 * or anchors) and be made of plain characters only; a dot leaves `path`, a colon and dots leave hosts.
 */
export function safeClass(pattern: string, method: string): RiskSet {
  const open = method === "search" && !/^(\^|\\A)/.test(pattern);
  const closed = method === "fullmatch" || /(\$|\\Z|\\z)$/.test(pattern);
  if (open || !closed) return NO_RISKS;
  let rest = pattern
    .replace(/^(\^|\\A)/, "")
    .replace(/(\$|\\Z|\\z)$/, "")
    .replace(/[()]|\?:/g, "");
  let left: RiskSet = NO_RISKS;
  while (rest !== "") {
    const piece = PLAIN_PIECE.exec(rest)?.[0];
    if (piece === undefined) return NO_RISKS;
    if (/\./.test(piece)) left |= riskSet("path", "ssrf");
    if (/[:@]/.test(piece)) left |= riskSet("ssrf", "redirect");
    if (/ /.test(piece)) left |= riskSet("command", "argument", "sql", "code");
    if (/^\[[^\]]*-\]|\[-/.test(piece)) left |= riskSet("argument");
    rest = rest.slice(piece.length).replace(/^\|/, "");
  }
  return ALL_RISKS & ~left;
}
