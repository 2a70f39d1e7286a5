/** What several rules on the core language ask: which exceptions a handler takes, and what a message is made of. */

import { isFunctionLike, visit } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ExceptHandler, Expr, FormattedValue, Node } from "../../syntax/ast.ts";
import { type Span, spanOf } from "../../syntax/tree.ts";

/** The expressions that a handler names: none for `except:`, several for a tuple. */
export function exceptionTypes(handler: ExceptHandler): readonly Expr[] {
  if (handler.type === null) return [];
  return handler.type.kind === "Tuple" ? handler.type.elts : [handler.type];
}

/** True where a handler takes SystemExit, KeyboardInterrupt and CancelledError too. */
export function takesEverything(handler: ExceptHandler, model: SemanticModel): boolean {
  if (handler.type === null) return true;
  return exceptionTypes(handler).some((type) => model.qualifiedName(type) === "builtins.BaseException");
}

/** True where a handler takes every ordinary error, whatever it is. */
export function takesAnyError(handler: ExceptHandler, model: SemanticModel): boolean {
  if (takesEverything(handler, model)) return true;
  return exceptionTypes(handler).some((type) => model.qualifiedName(type) === "builtins.Exception");
}

/** `except … as name:` up to its colon, or its first line: what to underline of a handler. */
export function headerOf(handler: ExceptHandler): Span {
  const { start } = spanOf(handler);
  if (handler.type === null) return { start, end: start + "except".length };
  return { start, end: spanOf(handler.type).end };
}

/** True where the name that a handler binds is read in it. */
export function readsError(handler: ExceptHandler): boolean {
  if (handler.name === null) return false;
  let read = false;
  visit(handler.body, (node) => {
    if (node.kind === "Name" && node.id === handler.name && node.ctx === "Load") read = true;
    return !read;
  });
  return read;
}

/** The loop or function that a node stands in, whichever is nearer, up to `limit`. */
export function leavesAcross(node: Node, limit: Node): boolean {
  for (let at = node.parent; at !== null && at !== limit; at = at.parent) {
    if (isFunctionLike(at)) return false;
    if (node.kind !== "Return" && (at.kind === "For" || at.kind === "AsyncFor" || at.kind === "While")) {
      return false;
    }
  }
  return true;
}

/** A message with `%s` and what goes into it. */
export interface LazyMessage {
  readonly format: string;
  readonly args: readonly Expr[];
}

/**
 * Takes a string that is built at once (f-string, `%`, `.format`, `+`) apart into what `logging` builds when it
 * is needed. Undefined where the two would not print the same.
 */
export function lazyMessage(node: Expr): LazyMessage | undefined {
  switch (node.kind) {
    case "Constant":
      return node.type === "str" ? { format: escapePercent(String(node.value)), args: [] } : undefined;
    case "JoinedStr":
      return joined(
        node.values.map((value) => (value.kind === "FormattedValue" ? formatted(value) : lazyMessage(value))),
      );
    case "BinOp":
      if (node.op === "Add") return joined([lazyMessage(node.left), addend(node.right)]);
      return node.op === "Mod" ? percentFormatted(node.left, node.right) : undefined;
    case "Call":
      return braceFormatted(node);
    default:
      return undefined;
  }
}

function joined(parts: readonly (LazyMessage | undefined)[]): LazyMessage | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length !== parts.length) return undefined;
  return { format: known.map((part) => part.format).join(""), args: known.flatMap((part) => part.args) };
}

/** `+` takes strings only, so that `%s` prints what stands there. */
function addend(node: Expr): LazyMessage | undefined {
  return lazyMessage(node) ?? (node.kind === "BinOp" ? undefined : { format: "%s", args: [node] });
}

const CONVERSIONS: Readonly<Record<number, string>> = { [-1]: "%s", 115: "%s", 114: "%r", 97: "%a" };

function formatted(value: FormattedValue): LazyMessage | undefined {
  const spec = value.format_spec?.values ?? [];
  const conversion = CONVERSIONS[value.conversion];
  if (conversion === undefined) return undefined;
  if (spec.length === 0) return { format: conversion, args: [value.value] };
  const [only] = spec;
  const digits = only?.kind === "Constant" && spec.length === 1 ? /^\.\df$/.exec(String(only.value)) : null;
  return digits === null || value.conversion !== -1
    ? undefined
    : { format: `%${digits[0]}`, args: [value.value] };
}

function percentFormatted(left: Expr, right: Expr): LazyMessage | undefined {
  if (left.kind !== "Constant" || left.type !== "str" || right.kind !== "Tuple") return undefined;
  if (right.elts.some((elt) => elt.kind === "Starred")) return undefined;
  return { format: String(left.value), args: right.elts };
}

function braceFormatted(node: Call): LazyMessage | undefined {
  const { func, args, keywords } = node;
  if (func.kind !== "Attribute" || func.attr !== "format" || keywords.length > 0) return undefined;
  if (func.value.kind !== "Constant" || func.value.type !== "str") return undefined;
  const pieces = String(func.value.value).split("{}");
  if (pieces.length !== args.length + 1 || pieces.some((piece) => /[{}]/.test(piece))) return undefined;
  if (args.some((arg) => arg.kind === "Starred")) return undefined;
  return { format: pieces.map(escapePercent).join("%s"), args };
}

function escapePercent(text: string): string {
  return text.replaceAll("%", "%%");
}
