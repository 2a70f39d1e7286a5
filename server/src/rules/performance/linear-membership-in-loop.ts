/** Rule: a list that is searched from its start for each element of another. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders } from "../../engine/search.ts";
import { assignedValues } from "../../semantic/assigned.ts";
import type { Expr, Name, Node } from "../../syntax/ast.ts";

type Context = RuleContext<"searched">;

export default defineRule({
  id: "linear-membership-in-loop",
  title: "List searched in a loop",
  section: "performance",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  cwe: [407],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "core-python#data-structures",
  messages: {
    searched:
      "`{{list}}` is a list: `in` looks at each element of it, in each round of this loop. Make a set of it before the loop.",
  },
  docs: {
    why: "`in` compares with one element of a list after the other. In a loop that is the product of both lengths: 10,000 orders against 10,000 customers are 100 million comparisons, and the job that took a second in the test takes an hour. A set finds an element at once, however many there are.",
    bad: `def unknown(orders: list[str], customers: list[str]) -> list[str]:
    return [order for order in orders if order not in customers]
`,
    good: `def unknown(orders: list[str], customers: list[str]) -> list[str]:
    known = set(customers)
    return [order for order in orders if order not in known]
`,
    whenFine: "Where the list is short, or its elements cannot be hashed.",
    references: ["https://wiki.python.org/moin/TimeComplexity"],
  },
  fix: "none",
  on: {
    Compare(node, ctx) {
      const [right] = node.comparators;
      if (node.ops.length !== 1 || !/^(?:Not)?In$/.test(node.ops[0] ?? "") || right?.kind !== "Name") return;
      if (ctx.model.typeOf(right) !== "builtins.list" || isShort(right, ctx)) return;
      const loop = loopOf(node);
      if (loop === undefined || isBoundIn(right, loop) || changes(right, loop)) return;
      ctx.report(right, "searched", { data: { list: right.id } });
    },
  },
});

/** A literal of a few elements. */
function isShort(list: Name, ctx: Context): boolean {
  const values = assignedValues(list, ctx.model) ?? [];
  return values.some((value) => value.kind === "List" && value.elts.length > 0 && value.elts.length <= 8);
}

/** The loop whose rounds run a comparison: not a `for` whose iterable holds it. */
function loopOf(node: Expr): Node | undefined {
  let below: Node = node;
  for (const holder of holders(node)) {
    if (/^(?:FunctionDef|AsyncFunctionDef|Lambda|ClassDef)$/.test(holder.kind)) return undefined;
    if ((holder.kind === "For" || holder.kind === "AsyncFor") && below !== holder.iter) return holder;
    if (/Comp$|^GeneratorExp$/.test(holder.kind)) return holder;
    below = holder;
  }
  return undefined;
}

/** True where the loop makes the list anew in each round. */
function isBoundIn(list: Name, loop: Node): boolean {
  return contains(loop, (at) => at.kind === "Name" && at.ctx === "Store" && at.id === list.id);
}

/** True where the loop adds to the list or takes from it: a set would have to follow. */
function changes(list: Name, loop: Node): boolean {
  return contains(loop, (at) => {
    if (at.kind === "AugAssign") return at.target.kind === "Name" && at.target.id === list.id;
    if (at.kind !== "Attribute" || at.value.kind !== "Name" || at.value.id !== list.id) return false;
    return /^(?:append|extend|insert|remove|pop|clear|sort|reverse)$/.test(at.attr);
  });
}
