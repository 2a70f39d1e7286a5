/** Rule: a value that is written into a copy of a part of a DataFrame, and lost with it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { AnnAssign, Assign, AugAssign, Expr, Subscript } from "../../syntax/ast.ts";

const FRAME = "pandas.DataFrame";

export default defineRule({
  id: "chained-assignment",
  title: "Value written into a copy of a DataFrame",
  section: "data",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [],
  equivalents: {},
  guide: "data#pandas",
  messages: {
    chained:
      "The first pair of brackets gives another object, and the value goes into that: from pandas 3 on the frame never changes, before that it depends. Write it in one step with `.loc[rows, column]`.",
  },
  docs: {
    why: '`orders[mask]["status"] = "paid"` is two calls: one that takes rows out of the frame, and one that writes into what came out. Up to pandas 2 that was sometimes a view and sometimes a copy, and a warning said so. With copy-on-write, which pandas 3 always uses, it is a copy: the line does nothing, and nothing tells you.',
    bad: `import pandas as pd


def mark_paid(orders: pd.DataFrame, numbers: list[str]) -> None:
    orders[orders["number"].isin(numbers)]["status"] = "paid"
`,
    good: `import pandas as pd


def mark_paid(orders: pd.DataFrame, numbers: list[str]) -> None:
    orders.loc[orders["number"].isin(numbers), "status"] = "paid"
`,
    whenFine:
      "A part that is kept under a name of its own, after `.copy()`, may be written to; that is not reported.",
    references: ["https://pandas.pydata.org/docs/user_guide/copy_on_write.html"],
  },
  fix: "unsafe",
  on: {
    Assign(node, ctx) {
      for (const target of node.targets) check(target, node, ctx);
    },
    AugAssign: (node, ctx) => check(node.target, node, ctx),
    AnnAssign: (node, ctx) => check(node.target, node, ctx),
  },
});

function check(target: Expr, node: Assign | AugAssign | AnnAssign, ctx: RuleContext<"chained">): void {
  if (target.kind !== "Subscript" || target.value.kind !== "Subscript") return;
  const inner = target.value;
  if (ctx.model.typeOf(inner.value) !== FRAME) return;
  ctx.report(target, "chained", {
    fix(edits) {
      const place = node.kind === "AnnAssign" ? null : placeOf(inner, target);
      if (place === null) return null;
      const frame = ctx.text(inner.value);
      edits.replace(target, `${frame}.loc[${ctx.text(place.rows)}, ${ctx.text(place.column)}]`);
      return "Write it with `.loc` in one step";
    },
  });
}

/** Which of the two brackets names the column; null where neither or both may. */
function placeOf(inner: Subscript, outer: Subscript): { rows: Expr; column: Expr } | null {
  const isColumn = ({ slice }: Subscript) => slice.kind === "Constant" && slice.type === "str";
  if (isColumn(inner) === isColumn(outer)) return null;
  return isColumn(inner)
    ? { rows: outer.slice, column: inner.slice }
    : { rows: inner.slice, column: outer.slice };
}
