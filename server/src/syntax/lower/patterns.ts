/** Lowers `match` statements and their patterns. */

import type { Expr, Match, MatchCase, Pattern } from "../ast.ts";
import { FIRST_TOKEN, K, T } from "../kinds.ts";
import { blockEnd, lowerBlock } from "./block.ts";
import {
  adopt,
  adoptAll,
  after,
  endOf,
  exprAt,
  fail,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  startOf,
} from "./context.ts";

/** Lowers a `match_statement`. */
export function lowerMatch(l: Lowering, row: number): Match {
  const last = after(l, row);
  const subjects: Expr[] = [];
  const cases: MatchCase[] = [];
  let isTuple = false;
  let start = -1;
  let end = -1;
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === K.block) {
      for (const clause of parts(l, at))
        if (kindOf(l, clause) === K.case_clause) cases.push(lowerCase(l, clause));
      if (cases.length === 0) fail(l, at);
    } else if (kind === T[","]) {
      isTuple = true;
      end = endOf(l, at);
    } else if (kind < FIRST_TOKEN && kind !== K.ERROR) {
      if (start < 0) start = startOf(l, at);
      end = endOf(l, at);
      subjects.push(l.expr(l, at, "Load"));
    }
  }
  const [only] = subjects;
  let subject = only ?? exprAt(l, -1, row);
  if (isTuple) {
    subject = { kind: "Tuple", start, end, parent: null, elts: subjects, ctx: "Load" };
    adoptAll(subject, subjects);
  }
  const lastCase = cases[cases.length - 1];
  const node: Match = {
    kind: "Match",
    start: startOf(l, row),
    end: lastCase === undefined ? endOf(l, row) : lastCase.end,
    parent: null,
    unit: null,
    subject,
    cases,
  };
  adopt(node, subject);
  adoptAll(node, cases);
  return node;
}

function lowerCase(l: Lowering, row: number): MatchCase {
  const last = after(l, row);
  const patterns: Pattern[] = [];
  let guard: Expr | null = null;
  let body: MatchCase["body"] = [];
  let isSequence = false;
  let start = -1;
  let end = -1;
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === K.if_clause) guard = exprAt(l, firstPart(l, at), at);
    else if (kind === K.block) body = lowerBlock(l, at);
    else if (kind === T[","]) {
      isSequence = true;
      end = endOf(l, at);
    } else if (kind < FIRST_TOKEN && kind !== K.ERROR) {
      if (start < 0) start = startOf(l, at);
      end = endOf(l, at);
      patterns.push(l.pattern(l, at));
    }
  }
  const [only] = patterns;
  let pattern = only ?? wildcard(l, row);
  if (isSequence) {
    pattern = { kind: "MatchSequence", start, end, parent: null, patterns };
    adoptAll(pattern, patterns);
  }
  const node: MatchCase = {
    kind: "match_case",
    start: startOf(l, row),
    end: blockEnd(l, body, endOf(l, row)),
    parent: null,
    pattern,
    guard,
    body,
  };
  adopt(node, pattern);
  adopt(node, guard);
  adoptAll(node, body);
  return node;
}

function wildcard(l: Lowering, row: number): Pattern {
  return {
    kind: "MatchAs",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    pattern: null,
    name: null,
  };
}

/** A wildcard for what the grammar took and Python does not. */
export function failedPattern(l: Lowering, row: number): Pattern {
  fail(l, row);
  return wildcard(l, row);
}

/** Lowers one pattern; what the grammar could not read becomes a wildcard, and the unit is broken anyway. */
export function lowerPattern(l: Lowering, row: number): Pattern {
  const kind = kindOf(l, row);
  switch (kind) {
    case K.case_pattern:
      return simplePatterns(l, row, row + 1)[0] ?? wildcard(l, row);
    case K.dotted_name:
      return dottedPattern(l, row);
    case K.identifier:
      return capture(l, row, nameOf(l, row));
    case K.as_pattern:
      return asPattern(l, row);
    case K.union_pattern:
      return many(l, "MatchOr", row, simplePatterns(l, row, row + 1));
    case K.list_pattern:
      return many(l, "MatchSequence", row, simplePatterns(l, row, row + 1));
    case K.tuple_pattern:
      return tuplePattern(l, row);
    case K.dict_pattern:
      return mappingPattern(l, row);
    case K.class_pattern:
      return classPattern(l, row);
    case K.splat_pattern:
      return starPattern(l, row);
    case K.true:
    case K.false:
    case K.none:
      return {
        kind: "MatchSingleton",
        start: startOf(l, row),
        end: endOf(l, row),
        parent: null,
        value: kind === K.none ? null : kind === K.true,
      };
    case K.string:
    case K.concatenated_string:
    case K.integer:
    case K.float:
    case K.complex_pattern:
      return valuePattern(patternValue(l, row));
    default:
      return failedPattern(l, row);
  }
}

function valuePattern(value: Expr): Pattern {
  const node: Pattern = { kind: "MatchValue", start: value.start, end: value.end, parent: null, value };
  adopt(node, value);
  return node;
}

function many(l: Lowering, kind: "MatchOr" | "MatchSequence", row: number, patterns: Pattern[]): Pattern {
  const node: Pattern = { kind, start: startOf(l, row), end: endOf(l, row), parent: null, patterns };
  adoptAll(node, patterns);
  return node;
}

/** The patterns below a row, with the bare tokens `_` and `-` that the grammar leaves beside them. */
function simplePatterns(l: Lowering, row: number, from: number): Pattern[] {
  const found: Pattern[] = [];
  const last = after(l, row);
  for (let at = from; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === T._) found.push(wildcard(l, at));
    else if (kind === T["-"]) {
      const number = after(l, at);
      if (number >= last) break;
      found.push(valuePattern(negative(l, at, number)));
      at = number;
    } else if (kind < FIRST_TOKEN && kind !== K.ERROR) found.push(l.pattern(l, at));
  }
  return found;
}

function negative(l: Lowering, minus: number, number: number): Expr {
  const operand = l.expr(l, number, "Load");
  const node: Expr = {
    kind: "UnaryOp",
    start: startOf(l, minus),
    end: operand.end,
    parent: null,
    op: "USub",
    operand,
  };
  adopt(node, operand);
  return node;
}

/** A pattern that stands for a value: a literal, a number with a sign, a complex number, a dotted name. */
function patternValue(l: Lowering, row: number): Expr {
  const kind = kindOf(l, row);
  if (kind === K.dotted_name) return dottedValue(l, row);
  if (kind !== K.complex_pattern) return l.expr(l, row, "Load");
  const last = after(l, row);
  let left: Expr | null = null;
  let minus = -1;
  for (let at = row + 1; at < last; at = after(l, at)) {
    const here = kindOf(l, at);
    if (here === T["-"] || here === T["+"]) minus = at;
    else if (here < FIRST_TOKEN && here !== K.ERROR) {
      if (left === null) left = minus >= 0 ? negative(l, minus, at) : l.expr(l, at, "Load");
      else {
        const right: Expr = l.expr(l, at, "Load");
        const op = minus >= 0 && kindOf(l, minus) === T["-"] ? "Sub" : "Add";
        const node: Expr = {
          kind: "BinOp",
          start: startOf(l, row),
          end: endOf(l, row),
          parent: null,
          left,
          op,
          right,
        };
        adopt(node, left);
        adopt(node, right);
        return node;
      }
    }
  }
  return left ?? exprAt(l, -1, row);
}

/** `a.b.c` as an expression; the row is a `dotted_name`. */
export function dottedValue(l: Lowering, row: number): Expr {
  let value: Expr | null = null;
  for (const at of parts(l, row)) {
    const end = endOf(l, at);
    const node: Expr =
      value === null
        ? { kind: "Name", start: startOf(l, at), end, parent: null, id: nameOf(l, at), ctx: "Load" }
        : {
            kind: "Attribute",
            start: startOf(l, row),
            end,
            parent: null,
            value,
            attr: nameOf(l, at),
            ctx: "Load",
          };
    if (value !== null) adopt(node, value);
    value = node;
  }
  return value ?? exprAt(l, -1, row);
}

function dottedPattern(l: Lowering, row: number): Pattern {
  const [first = -1, second = -1] = parts(l, row);
  if (second >= 0 || first < 0) return valuePattern(dottedValue(l, row));
  return capture(l, row, nameOf(l, first));
}

function capture(l: Lowering, row: number, name: string): Pattern {
  return {
    kind: "MatchAs",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    pattern: null,
    name: name === "_" ? null : name,
  };
}

function asPattern(l: Lowering, row: number): Pattern {
  const inside = firstPart(l, row);
  return bind(l, row, inside < 0 ? wildcard(l, row) : l.pattern(l, inside), startOf(l, row));
}

/** `(p)` is `p`; `(p,)` and `()` are sequences. */
function tuplePattern(l: Lowering, row: number): Pattern {
  const patterns = simplePatterns(l, row, row + 1);
  const last = after(l, row);
  let commas = 0;
  for (let at = row + 1; at < last; at = after(l, at)) if (kindOf(l, at) === T[","]) commas++;
  const [only] = patterns;
  return commas === 0 && only !== undefined && only.kind !== "MatchStar"
    ? only
    : many(l, "MatchSequence", row, patterns);
}

function mappingPattern(l: Lowering, row: number): Pattern {
  const keys: Expr[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  let minus = -1;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    const kind = kindOf(l, at);
    if (kind === T["-"]) minus = at;
    else if (kind === K.splat_pattern) {
      const name = firstPart(l, at);
      rest = name < 0 ? null : nameOf(l, name);
    } else if (kind === K.case_pattern) patterns.push(l.pattern(l, at));
    else if (kind < FIRST_TOKEN && kind !== K.ERROR) {
      keys.push(minus >= 0 ? negative(l, minus, at) : mappingKey(l, at));
      minus = -1;
    }
  }
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const node: Pattern = { kind: "MatchMapping", ...place, keys, patterns, rest };
  adoptAll(node, keys);
  adoptAll(node, patterns);
  return node;
}

function mappingKey(l: Lowering, row: number): Expr {
  return patternValue(l, row);
}

function classPattern(l: Lowering, row: number): Pattern {
  const patterns: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  const [name = -1, ...rest] = parts(l, row);
  const cls = name < 0 ? exprAt(l, -1, row) : dottedValue(l, name);
  for (const at of rest) {
    const keyword = keywordPattern(l, at);
    const key = keyword < 0 ? -1 : firstPart(l, keyword);
    if (key < 0) {
      patterns.push(l.pattern(l, at));
      continue;
    }
    const from = afterEquals(l, key);
    const value = simplePatterns(l, keyword, from)[0] ?? wildcard(l, keyword);
    const inside = firstPart(l, at);
    kwd_attrs.push(nameOf(l, key));
    kwd_patterns.push(inside === keyword ? value : bind(l, inside, value, startOf(l, from)));
  }
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const node: Pattern = { kind: "MatchClass", ...place, cls, patterns, kwd_attrs, kwd_patterns };
  adopt(node, cls);
  adoptAll(node, patterns);
  adoptAll(node, kwd_patterns);
  return node;
}

/** The `keyword_pattern` in an argument of a class pattern, or -1; `a=b as c` has it inside of the `as`. */
function keywordPattern(l: Lowering, row: number): number {
  const inside = firstPart(l, row);
  if (inside < 0 || kindOf(l, inside) !== K.as_pattern) return findChild(l, row, K.keyword_pattern);
  const argument = firstPart(l, inside);
  return argument < 0 ? -1 : findChild(l, argument, K.keyword_pattern);
}

/** The row after the `=` that follows a keyword. */
function afterEquals(l: Lowering, key: number): number {
  const next = after(l, key);
  return kindOf(l, next) === T["="] ? after(l, next) : next;
}

/** The pattern `value as name`; the name is that of an `as_pattern`. */
function bind(l: Lowering, row: number, pattern: Pattern, start: number): Pattern {
  const [, name = -1] = parts(l, row);
  const bound = name < 0 ? null : nameOf(l, name);
  const node: Pattern = { kind: "MatchAs", start, end: endOf(l, row), parent: null, pattern, name: bound };
  adopt(node, pattern);
  return node;
}

function starPattern(l: Lowering, row: number): Pattern {
  const at = firstPart(l, row);
  const name = at < 0 ? "_" : nameOf(l, at);
  return {
    kind: "MatchStar",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    name: name === "_" ? null : name,
  };
}
