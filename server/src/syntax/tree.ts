/** What the syntax layer hands to the others: a module's AST cut into units, its comments and its errors. */

import type { ClassDef, FunctionNode, Module, Node, Stmt } from "./ast.ts";

/**
 * A function or method, a class header, or any other statement at module or class level.
 *
 * Offsets inside a unit are relative to its start, so an edit elsewhere only moves `start`. The object itself
 * is kept from one version of the file to the next as long as its text is the same and has no error: memoised
 * results hang on it. A unit that an error elsewhere hides comes back as the same object; a broken one is made
 * anew in each version.
 */
export interface Unit {
  readonly kind: "function" | "class" | "statement";
  readonly root: Stmt;
  /** Absolute UTF-16 offset in the current version of the file, decorators included. */
  start: number;
  /** The source text of the unit (for a class: of the whole class). */
  readonly text: string;
  /** Comments inside the unit (for a class: those that lie in no unit of its body), relative offsets. */
  readonly comments: readonly Comment[];
  /** True where an ERROR or MISSING node lies in the unit: its findings cannot be trusted. */
  readonly broken: boolean;
  /** Results kept for this unit, by the owner's own key object. Dropped with the unit. */
  readonly memo: Map<object, unknown>;
}

/** A comment with its `#`. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A stretch of text, as absolute UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SyntaxTree {
  readonly text: string;
  readonly module: Module;
  /** All units in document order; a class comes before the units of its body. */
  readonly units: readonly Unit[];
  /** All comments of the file in document order, absolute offsets. */
  readonly comments: readonly Comment[];
  /** Where the grammar failed, absolute; empty for a file that parses. */
  readonly errors: readonly Span[];
}

/** A replacement of text: `[start, end)` of the old text becomes `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The unit that holds a node, or null for the Module itself. */
export function unitOf(node: Node): Unit | null {
  for (let at: Node | null = node; at !== null; at = at.parent) {
    if ("unit" in at && at.unit !== null) return at.unit;
  }
  return null;
}

/** Absolute offsets of a node in the current version of its file. */
export function spanOf(node: Node): Span {
  const base = unitOf(node)?.start ?? 0;
  return { start: base + node.start, end: base + node.end };
}

/** Where the name of a function or class stands in its header: what to underline of a definition. */
export function nameSpan(definition: FunctionNode | ClassDef): Span {
  const start = (unitOf(definition)?.start ?? 0) + definition.nameStart;
  return { start, end: start + definition.name.length };
}
