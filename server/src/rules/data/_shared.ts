/** The fix that several shapes of growing a frame share: collect in a list, join once. */

import type { FixBuilder, RuleContext } from "../../engine/rule.ts";
import { blockOf, visit } from "../../engine/search.ts";
import { endOfLine, endsItsLine, indentOf, newlineOf } from "../../engine/statement-edits.ts";
import type { Assign, Expr, For, Stmt, While } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Loop = For | While;

/**
 * Collects in a list and joins once, where it is plain what the loop starts from: `df = pd.DataFrame()` right
 * before it, and no other use of `df` inside it.
 */
export function collectFirst(node: Assign, target: Expr, loop: Loop, ctx: RuleContext): FixBuilder {
  return (edits) => {
    const { value } = node;
    if (value.kind !== "Call" || ctx.model.callee(value) !== "pandas.concat" || target.kind !== "Name")
      return null;
    const [list] = value.args;
    if (list?.kind !== "List" || list.elts.length !== 2 || value.args.length !== 1) return null;
    const [first, added] = list.elts;
    if (first === undefined || added === undefined || ctx.text(first) !== target.id) return null;
    const block = blockOf(loop);
    const start = block?.[block.indexOf(loop) - 1];
    if (start === undefined || !startsEmpty(start, target.id, ctx)) return null;
    if (loop.orelse.length > 0 || countUses(loop, target.id) !== 2) return null;
    const indent = indentOf(edits.source, loop);
    if (indent === null || !endsItsLine(edits.source, loop)) return null;
    const taken = ctx.model.scopeOf(node).bindings;
    const frames = ["frames", "parts", "collected"].find((name) => !taken.has(name));
    if (frames === undefined) return null;
    const options = value.keywords.map((keyword) => `, ${ctx.text(keyword)}`).join("");
    const concat = ctx.text(value.func);
    const empty = start.kind === "Assign" ? ctx.text(start.value) : "";
    edits.replace(start, `${frames} = []`);
    edits.replace(node, `${frames}.append(${ctx.text(added)})`);
    const lineEnd = endOfLine(edits.source, spanOf(loop).end);
    edits.insertAfter(
      { start: lineEnd, end: lineEnd },
      `${newlineOf(edits.source)}${indent}${target.id} = ${concat}(${frames}${options}) if ${frames} else ${empty}`,
    );
    return "Collect in a list and join once";
  };
}

function startsEmpty(statement: Stmt, name: string, ctx: RuleContext): boolean {
  if (statement.kind !== "Assign" || statement.value.kind !== "Call") return false;
  const [target] = statement.targets;
  if (target?.kind !== "Name" || target.id !== name) return false;
  return ctx.model.callee(statement.value) === "pandas.DataFrame" && statement.value.args.length === 0;
}

function countUses(loop: Loop, name: string): number {
  let uses = 0;
  visit(loop.body, (node) => {
    if (node.kind === "Name" && node.id === name) uses += 1;
    return true;
  });
  return uses;
}
