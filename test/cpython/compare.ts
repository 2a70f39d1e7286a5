/** Compares one of our trees with Python's own, and says where they differ first. */

import type { Constant, Node } from "../../server/src/syntax/ast.ts";
import type { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { FIELDS } from "./fields.ts";

/** A value of the form that `dump.py` prints. */
export type Dumped = string | number | null | readonly Dumped[];

export interface CompareOptions {
  /** False for a Python before 3.12, whose positions inside of f-strings are not to be trusted. */
  readonly positionsInFStrings: boolean;
}

interface Comparison {
  readonly place: Places;
  readonly options: CompareOptions;
  /** Where the unit of the node at hand begins. */
  base: number;
  inFString: boolean;
}

/** Where our tree first differs from Python's, or null where they agree entirely. */
export function firstDifference(tree: SyntaxTree, expected: Dumped, options: CompareOptions): string | null {
  const comparison = { place: createPlaces(tree.text), options, base: 0, inFString: false };
  return compareNode(comparison, tree.module, expected);
}

function compareValue(c: Comparison, ours: unknown, expected: Dumped): string | null {
  if (ours !== null && typeof ours === "object") {
    if (!Array.isArray(ours)) return compareNode(c, ours as Node, expected);
    if (!Array.isArray(expected)) return `a list where Python has ${JSON.stringify(expected)}`;
    for (let at = 0; at < Math.max(ours.length, expected.length); at++) {
      if (at >= ours.length) return `misses ${JSON.stringify(expected[at]).slice(0, 80)}`;
      if (at >= expected.length) return `has one more: ${describe(c, ours[at])}`;
      const difference = compareValue(c, ours[at], expected[at] ?? null);
      if (difference !== null) return difference;
    }
    return null;
  }
  return ours === expected ? null : `${JSON.stringify(ours)} where Python has ${JSON.stringify(expected)}`;
}

function describe(c: Comparison, value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const node = value as Node;
  return `${node.kind} at ${c.place(c.base + node.start).join(":")}`;
}

function compareNode(c: Comparison, node: Node, expected: Dumped): string | null {
  const outer = c.base;
  if ("unit" in node && node.unit !== null) c.base = node.unit.start;
  const difference = compareFields(c, node, expected);
  c.base = outer;
  return difference;
}

function compareFields(c: Comparison, node: Node, expected: Dumped): string | null {
  const where = describe(c, node);
  if (!Array.isArray(expected)) return `${where} where Python has ${JSON.stringify(expected)}`;
  const [kind, position] = expected;
  if (kind !== node.kind) return `${where} where Python has ${JSON.stringify(expected).slice(0, 100)}`;
  if (position !== null && position !== undefined && comparesPositions(c)) {
    const ours = [...c.place(c.base + node.start), ...c.place(c.base + node.end)].join(":");
    const theirs = (position as readonly number[]).join(":");
    if (ours !== theirs) return `${node.kind} is at ${ours} and for Python at ${theirs}`;
  }
  if (node.kind === "Constant" || node.kind === "MatchSingleton") {
    const theirs = expected[2] as readonly string[];
    const ours = node.kind === "Constant" ? constantForm(node) : singletonForm(node.value);
    return sameConstant(ours, theirs)
      ? null
      : `${where} is ${JSON.stringify(ours).slice(0, 80)} and for Python ${JSON.stringify(theirs).slice(0, 80)}`;
  }
  if (node.kind === "Broken" || node.kind === "BrokenExpr") return `${where} is not in Python's tree`;
  const outside = c.inFString;
  c.inFString = outside || node.kind === "JoinedStr";
  const fields = FIELDS[node.kind];
  for (let at = 0; at < fields.length; at++) {
    const ours = (node as unknown as Record<string, unknown>)[fields[at] ?? ""];
    const difference = compareValue(c, ours ?? null, expected[at + 2] ?? null);
    if (difference !== null) {
      c.inFString = outside;
      return difference.includes(" (") ? difference : `${difference} (${where}, ${fields[at]})`;
    }
  }
  c.inFString = outside;
  return null;
}

function comparesPositions(c: Comparison): boolean {
  return !c.inFString || c.options.positionsInFStrings;
}

function singletonForm(value: boolean | null): readonly string[] {
  return value === null ? ["None", ""] : ["bool", value ? "True" : "False"];
}

function constantForm(node: Constant): readonly string[] {
  const { type, value } = node;
  switch (type) {
    case "bool":
      return singletonForm(value === true);
    case "int":
      return [type, `0x${BigInt(value as number | bigint).toString(16)}`];
    case "float":
    case "complex":
      return [type, hexOfDouble(value as number)];
    default:
      return [type, value === null ? "" : String(value)];
  }
}

function hexOfDouble(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

/** Equal, but for characters written as `\N{...}`, which we leave unknown. */
function sameConstant(ours: readonly string[], theirs: readonly string[]): boolean {
  if (ours[0] !== theirs[0]) return false;
  if (ours[1] === theirs[1]) return true;
  const a = [...(ours[1] ?? "")];
  const b = [...(theirs[1] ?? "")];
  return a.length === b.length && a.every((character, at) => character === b[at] || character === "\ufffd");
}

/** From an offset of ours to Python's line and column. */
type Places = (offset: number) => readonly [number, number];

/** Python counts lines from 1 and columns in UTF-8 bytes, and does not count a byte order mark. */
function createPlaces(text: string): Places {
  const starts = [text.startsWith("\ufeff") ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, Buffer.byteLength(text.slice(starts[low], offset))];
  };
}
