/** What the rules on secrets ask: whether code is for development only. */

import type { RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import type { Node } from "../../syntax/ast.ts";

const DEVELOPMENT = /debug|(?:^|[^a-z])dev|develop|local|test|stag|example|demo|mock|fake/i;

/** True in a class that is named for development, and below a condition that speaks of it. */
export function isForDevelopment(node: Node, ctx: Pick<RuleContext, "model" | "text">): boolean {
  const cls = ctx.model.enclosingClass(node);
  if (cls !== undefined && DEVELOPMENT.test(cls.name)) return true;
  for (const holder of holders(node)) {
    if ((holder.kind === "If" || holder.kind === "IfExp") && DEVELOPMENT.test(ctx.text(holder.test)))
      return true;
  }
  return false;
}
