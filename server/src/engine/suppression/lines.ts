/** Physical and logical lines of a module: what a comment on or above a line speaks of. */

import type { ExceptHandler, MatchCase, Node, Stmt } from "../../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf, type Unit } from "../../syntax/tree.ts";
import { children, walkUnit } from "../../syntax/walk.ts";
import { innermostUnit } from "../raw.ts";

/** Lines counted from 0, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A simple statement, or the header of a compound one (decorators included). */
export interface LogicalLine extends LineRange {
  readonly node: Stmt | ExceptHandler | MatchCase;
  /** The last line of the whole statement, body included. */
  readonly lastOfBlock: number;
  readonly compound: boolean;
}

/** The lines of a text as an editor counts them, from 0. */
export interface PhysicalLines {
  lineAt(offset: number): number;
  startOf(line: number): number;
  textOf(line: number): string;
  /** The column of a line's first character that is no white space. */
  indentOf(line: number): number;
  readonly count: number;
}

export interface SourceLines extends PhysicalLines {
  /** The line on which a comment about `line` can stand: behind line joins and strings that go on below. */
  commentLine(line: number): number;
  /** The innermost logical line that holds a line. */
  logicalAt(line: number): LogicalLine | undefined;
  /** The first logical line that begins at or below a line. */
  logicalFrom(line: number): LogicalLine | undefined;
  /** The last line of the block that a comment on its own line stands in. */
  endOfBlock(line: number): number;
}

/** Reads the lines of a module. Logical lines and strings are looked for when first asked for. */
export function sourceLines(tree: SyntaxTree): SourceLines {
  const physical = physicalLines(tree.text);
  const { count, startOf, textOf, indentOf, lineAt } = physical;
  const stringsAt = createStringFinder(tree);
  let logical: readonly LogicalLine[] | null = null;
  const logicalLines = () => {
    logical ??= collectLogicalLines(tree, lineAt);
    return logical;
  };
  return {
    ...physical,
    commentLine(line) {
      let at = line;
      for (;;) {
        const end = startOf(at + 1) - 1;
        const string = stringsAt(end).find((span) => span.start < end && end < span.end);
        if (string !== undefined) at = lineAt(string.end - 1);
        else if (/\\\r?\n$/.test(textOf(at))) at += 1;
        else return at;
      }
    },
    // Later ones are inner ones: parents come first.
    logicalAt: (line) => logicalLines().findLast(({ first, last }) => first <= line && line <= last),
    logicalFrom: (line) => logicalLines().find(({ first }) => first >= line),
    endOfBlock(line) {
      const indent = indentOf(line);
      const outside = logicalLines().find(({ first }) => first > line && indentOf(first) < indent);
      return outside === undefined ? count - 1 : outside.first - 1;
    },
  };
}

function physicalLines(text: string): PhysicalLines {
  const starts = [0];
  for (const feed of text.matchAll(/\r\n|\r|\n/g)) starts.push(feed.index + feed[0].length);
  const startOf = (line: number) => starts[line] ?? text.length;
  const textOf = (line: number) => text.slice(startOf(line), startOf(line + 1));
  return {
    count: starts.length,
    startOf,
    textOf,
    indentOf: (line) => /^[ \t]*/.exec(textOf(line))?.[0].length ?? 0,
    lineAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

/** Answers which strings over several lines stand in the unit at an offset; each unit is searched once. */
function createStringFinder(tree: SyntaxTree): (offset: number) => readonly Span[] {
  const known = new Map<Unit, readonly Span[]>();
  return (offset) => {
    const unit = innermostUnit(tree.units, offset);
    if (unit === null) return [];
    const found = known.get(unit) ?? longStrings(unit, tree.text);
    known.set(unit, found);
    return found;
  };
}

function collectLogicalLines(tree: SyntaxTree, lineAt: (offset: number) => number): readonly LogicalLine[] {
  const found: LogicalLine[] = [];
  const stack: Node[] = [...tree.module.body].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const holds = isLogical(node) || holdsStatements(node);
    if (!holds) continue;
    if (isLogical(node)) found.push(logicalLine(node, tree, lineAt));
    stack.push(...children(node).reverse());
  }
  return found;
}

function isLogical(node: Node): node is Stmt | ExceptHandler | MatchCase {
  return "unit" in node || node.kind === "ExceptHandler" || node.kind === "match_case";
}

function holdsStatements(node: Node): boolean {
  return "body" in node && Array.isArray(node.body);
}

function logicalLine(
  node: Stmt | ExceptHandler | MatchCase,
  tree: SyntaxTree,
  lineAt: (offset: number) => number,
): LogicalLine {
  const span = spanOf(node);
  const decorator = "decorator_list" in node ? node.decorator_list[0] : undefined;
  const start = decorator === undefined ? span.start : Math.min(span.start, spanOf(decorator).start);
  const lastOfBlock = lineAt(Math.max(span.start, span.end - 1));
  const inner = firstInner(node);
  const end = inner === undefined ? span.end - 1 : headerEnd(tree, spanOf(inner).start);
  const first = lineAt(start);
  return { node, first, last: Math.max(first, lineAt(end)), lastOfBlock, compound: inner !== undefined };
}

function firstInner(node: Stmt | ExceptHandler | MatchCase): Node | undefined {
  if (node.kind === "Match") return node.cases[0];
  if (!("body" in node)) return undefined;
  const [first] = node.body;
  const decorator = first !== undefined && "decorator_list" in first ? first.decorator_list[0] : undefined;
  return decorator ?? first;
}

/** The offset of the colon that ends a header, before its body at `bodyStart`: comments stand between. */
function headerEnd(tree: SyntaxTree, bodyStart: number): number {
  let at = bodyStart - 1;
  for (;;) {
    while (at > 0 && /[\s@\\]/.test(tree.text[at] ?? "")) at -= 1;
    const comment = tree.comments.findLast(({ start, end }) => start <= at && at < end);
    if (comment === undefined) return at;
    at = comment.start - 1;
  }
}

/** Single string literals over several lines: no comment can stand inside them. */
function longStrings(unit: Unit, text: string): readonly Span[] {
  const found: Span[] = [];
  walkUnit(unit, (node) => {
    const isText = node.kind === "Constant" && (node.type === "str" || node.type === "bytes");
    if (!isText && node.kind !== "JoinedStr" && node.kind !== "TemplateStr") return true;
    const { start, end } = spanOf(node);
    const source = text.slice(start, end);
    if (source.includes("\n")) found.push(...tripleQuoted(source, start));
    return false;
  });
  return found;
}

/** The triple-quoted literals among the pieces of an implicitly joined string. */
function tripleQuoted(source: string, base: number): readonly Span[] {
  const found: Span[] = [];
  const piece =
    /#[^\n]*|"""(?:\\[\s\S]|(?!""")[^\\])*"""|'''(?:\\[\s\S]|(?!''')[^\\])*'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g;
  for (const match of source.matchAll(piece)) {
    if (match[0].startsWith("#") || !match[0].includes("\n")) continue;
    found.push({ start: base + match.index, end: base + match.index + match[0].length });
  }
  return found;
}
