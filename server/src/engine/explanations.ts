/** What an author wrote next to code that looks wrong: comments and docstrings that give a reason. */

import type { SemanticModel } from "../semantic/model.ts";
import type { ExceptHandler, FunctionNode, Try, TryStar } from "../syntax/ast.ts";
import { type Comment, spanOf } from "../syntax/tree.ts";

const DIRECTIVE =
  /^#\s*(?:noqa|nosec|pragma|type:|ruff:|pylint:|flake8:|pyright:|mypy:|coach:|fmt:|isort:|TODO|FIXME|XXX)/i;

/** True for a comment that tells a reader something: words, not an instruction to a tool. */
export function isExplanation(comment: Comment): boolean {
  return !DIRECTIVE.test(comment.text) && /[A-Za-z]{2,}/.test(comment.text);
}

/** Words by which an author says that errors were thought of. */
const ABOUT_ERRORS =
  /exception|error|fail|ignor|silent|catch|rais|crash|graceful|prepared|best.?effort|suppress|swallow|missing|not (?:be )?available|in case|may not|might not|whatever|never/i;

/**
 * True where somebody wrote down why a handler is silent: in the handler, or, in words that speak of errors,
 * above or inside the `try` body.
 */
export function explainsItself(
  handler: ExceptHandler,
  attempt: Try | TryStar,
  model: SemanticModel,
): boolean {
  const { text, comments } = model.tree;
  const { start, end } = spanOf(handler);
  const lineBreak = text.indexOf("\n", end);
  const limit = lineBreak === -1 ? text.length : lineBreak;
  const from = blockAbove(text, spanOf(attempt).start);
  const above = blockAbove(text, start);
  return comments.some((comment) => {
    if (comment.start < from || comment.end > limit || !isExplanation(comment)) return false;
    return comment.start >= above || ABOUT_ERRORS.test(comment.text);
  });
}

/** Where the comment lines right above an offset start. */
function blockAbove(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  while (start > 0) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^\s*#/.test(text.slice(previous, start))) break;
    start = previous;
  }
  return start;
}

/** True where the docstring of a function says that it keeps errors to itself. */
export function documentsSilence(node: FunctionNode | undefined): boolean {
  const first = node?.body[0];
  if (first?.kind !== "Expr" || first.value.kind !== "Constant") return false;
  return /swallow|suppress|ignor|silent|never raise|(?:any|all) (?:exception|error)|best.?effort|fail.?safe|gracefully|(?:exception|error)s? (?:is|are) (?:generated|caught|hidden)|None (?:if|on|when) (?:\w+ ){0,4}(?:invalid|fail|error|not|cannot|can't)/i.test(
    String(first.value.value),
  );
}
