/** Schedules the parts of statements and patterns, and records the names that handlers and patterns bind. */

import type { AnnAssign, MatchMapping, Node, Pattern, Stmt } from "../../syntax/ast.ts";
import type { ScopeTable } from "./table.ts";
import { define, push, pushAll, pushAnnotation, pushBody, type Walk } from "./walk.ts";

/** Schedules the children of a statement, of a part of one, or of a pattern. */
export function pushStatement(walk: Walk, node: Node, scope: ScopeTable): void {
  switch (node.kind) {
    case "Expr":
    case "Return":
      push(walk, node.value, scope);
      return;
    case "Assign":
      pushAll(walk, node.targets, scope);
      push(walk, node.value, scope);
      return;
    case "AugAssign":
      push(walk, node.value, scope);
      push(walk, node.target, scope);
      return;
    case "AnnAssign":
      pushAnnotated(walk, node, scope);
      return;
    case "Delete":
      pushAll(walk, node.targets, scope);
      return;
    case "Raise":
      push(walk, node.cause, scope);
      push(walk, node.exc, scope);
      return;
    case "Assert":
      push(walk, node.msg, scope);
      push(walk, node.test, scope);
      return;
    default:
      if (!pushCompound(walk, node, scope)) pushPattern(walk, node, scope);
  }
}

function pushAnnotated(walk: Walk, node: AnnAssign, scope: ScopeTable): void {
  push(walk, node.value, scope);
  pushAnnotation(walk, node.annotation, scope);
  // `(x): int` alone declares nothing: the parentheses make it an expression.
  const declares = node.simple === 1 || node.value !== null || node.target.kind !== "Name";
  if (declares) push(walk, node.target, scope);
}

/** Schedules bodies last block first, so that definitions come in document order. */
function pushCompound(walk: Walk, node: Node, scope: ScopeTable): boolean {
  switch (node.kind) {
    case "If":
    case "While":
      pushBlocks(walk, [node.body, node.orelse], scope);
      push(walk, node.test, scope);
      return true;
    case "For":
    case "AsyncFor":
      pushBlocks(walk, [node.body, node.orelse], scope);
      push(walk, node.iter, scope);
      push(walk, node.target, scope);
      return true;
    case "With":
    case "AsyncWith":
      pushBody(walk, node.body, scope);
      pushAll(walk, node.items, scope);
      return true;
    case "withitem":
      push(walk, node.optional_vars, scope);
      push(walk, node.context_expr, scope);
      return true;
    case "Try":
    case "TryStar":
      pushBlocks(walk, [node.orelse, node.finalbody], scope);
      pushAll(walk, node.handlers, scope);
      pushBody(walk, node.body, scope);
      return true;
    case "ExceptHandler":
      if (node.name !== null) define(scope, node.name, "except", node);
      pushBody(walk, node.body, scope);
      push(walk, node.type, scope);
      return true;
    case "Match":
      pushAll(walk, node.cases, scope);
      push(walk, node.subject, scope);
      return true;
    case "match_case":
      pushBody(walk, node.body, scope);
      push(walk, node.guard, scope);
      push(walk, node.pattern, scope);
      return true;
    default:
      return false;
  }
}

function pushBlocks(walk: Walk, blocks: readonly (readonly Stmt[])[], scope: ScopeTable): void {
  for (const block of blocks.toReversed()) pushBody(walk, block, scope);
}

function pushPattern(walk: Walk, node: Node, scope: ScopeTable): void {
  switch (node.kind) {
    case "MatchValue":
      push(walk, node.value, scope);
      return;
    case "MatchSequence":
    case "MatchOr":
      pushAll(walk, node.patterns, scope);
      return;
    case "MatchMapping":
      pushMapping(walk, node, scope);
      return;
    case "MatchClass":
      pushAll(walk, node.kwd_patterns, scope);
      pushAll(walk, node.patterns, scope);
      push(walk, node.cls, scope);
      return;
    case "MatchStar":
      if (node.name !== null) define(scope, node.name, "match", node);
      return;
    case "MatchAs":
      if (node.name !== null) define(scope, node.name, "match", node);
      push(walk, node.pattern, scope);
      return;
  }
}

function pushMapping(walk: Walk, node: MatchMapping, scope: ScopeTable): void {
  if (node.rest !== null) define(scope, node.rest, "match", node);
  const patterns: readonly Pattern[] = node.patterns;
  pushAll(walk, patterns, scope);
  pushAll(walk, node.keys, scope);
}
