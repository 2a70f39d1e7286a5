/** Rule: arithmetic on a DataFrame, one row at a time. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import type { Call, Comprehension, Expr, For, Node } from "../../syntax/ast.ts";
import { keywordOf, lastName } from "../../syntax/calls.ts";

/** Calls that a column operation replaces, or that cost nothing: a loop of these is arithmetic. */
const PLAIN =
  /^(?:int|float|str|bool|len|round|abs|min|max|sum|pow|divmod|isinstance|range|append|extend|get|strip|lower|upper|title|replace|split|startswith|endswith|zfill|isna|notna|isnull|notnull|sqrt|log|log10|log1p|exp|floor|ceil|sin|cos|isnan|where|Timestamp|to_datetime|Decimal|date|strftime|isoformat|add|format|join)$/;

type MessageId = "rows" | "apply" | "index" | "slowRows";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "dataframe-row-loop",
  title: "DataFrame processed row by row",
  section: "data",
  level: "differentiator",
  severity: "information",
  confidence: "high",
  cwe: [1050],
  equivalents: {},
  guide: "data#pandas",
  messages: {
    rows: 'This loop computes row by row in Python what pandas does for a whole column at once, often a hundred times faster: `df["c"] = df["a"] * df["b"]`.',
    apply:
      "`apply(axis=1)` calls Python for every row. Write it as an expression over columns, or with `where`, `map` or `merge`.",
    index: "Each `{{name}}` looks up one cell by its label. Compute with whole columns instead.",
    slowRows:
      "`iterrows` builds a Series for each row and loses the column types. `itertuples` is many times faster.",
  },
  docs: {
    why: "A column is one block of numbers that pandas works through in C. A row is a Series which Python builds, with a type that fits all its cells, for each turn of the loop. On ten thousand rows that is the difference between a millisecond and a second, and on the month's full export between a minute and the whole night.",
    bad: `import pandas as pd


def totals(path: str) -> list[float]:
    orders = pd.read_csv(path)
    result = []
    for _, row in orders.iterrows():
        result.append(row["price"] * row["quantity"])
    return result
`,
    good: `import pandas as pd


def totals(path: str) -> pd.Series:
    orders = pd.read_csv(path)
    return orders["price"] * orders["quantity"]
`,
    whenFine:
      "A loop that sends a mail or calls a service for each row is not arithmetic: use `itertuples()`, which is not reported there.",
    references: [
      "https://pandas.pydata.org/docs/user_guide/enhancingperf.html",
      "https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.iterrows.html",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "none",
  calls: new Set(["apply"]),
  on: {
    For(node, ctx) {
      if (!usesPandas(ctx)) return;
      const rows = rowsOf(node.iter);
      if (rows !== undefined) checkRows(rows, node.body, ctx);
      else checkIndexLoop(node, ctx);
    },
    comprehension(node, ctx) {
      const rows = usesPandas(ctx) ? rowsOf(node.iter) : undefined;
      if (rows !== undefined) checkRows(rows, elementsOf(node), ctx);
    },
    Call(call, ctx) {
      if (!usesPandas(ctx) || !isRowApply(call, ctx)) return;
      const [applied] = call.args;
      if (applied?.kind === "Lambda" && isArithmetic([applied.body])) ctx.report(call, "apply");
    },
  },
});

function usesPandas(ctx: Context): boolean {
  return ctx.model.importsPackage("pandas") || ctx.model.importsPackage("geopandas");
}

/** `df.iterrows()` or `df.itertuples()`; no other library has methods of these names. */
function rowsOf(iter: Expr): Call | undefined {
  const call = iter.kind === "Call" && isName(iter.func, "enumerate") ? iter.args[0] : iter;
  if (call?.kind !== "Call" || call.func.kind !== "Attribute") return undefined;
  return call.func.attr === "iterrows" || call.func.attr === "itertuples" ? call : undefined;
}

function isName(node: Expr, id: string): boolean {
  return node.kind === "Name" && node.id === id;
}

function checkRows(rows: Call, work: readonly Node[], ctx: Context): void {
  const slow = rows.func.kind === "Attribute" && rows.func.attr === "iterrows";
  if (isArithmetic(work)) ctx.report(rows, "rows");
  else if (slow) ctx.report(rows, "slowRows", { severity: "hint" });
}

/** True where the work is made of expressions that columns can do: nothing is called that may have an effect. */
function isArithmetic(work: readonly Node[]): boolean {
  let plain = true;
  let computes = false;
  visit(work, (node) => {
    if (node.kind === "Call") plain &&= PLAIN.test(lastName(node.func));
    if (node.kind === "Await" || node.kind === "Yield" || node.kind === "With" || node.kind === "Try")
      plain = false;
    if (node.kind === "BinOp" || node.kind === "AugAssign" || node.kind === "Compare") computes = true;
    return plain;
  });
  return plain && computes;
}

/** The element of the comprehension that a clause belongs to, and its conditions. */
function elementsOf(clause: Comprehension): readonly Node[] {
  const whole = clause.parent;
  if (whole?.kind === "DictComp") return [whole.key, whole.value, ...clause.ifs];
  if (whole === null || !("elt" in whole)) return clause.ifs;
  return [whole.elt, ...clause.ifs];
}

function isRowApply(call: Call, ctx: Context): boolean {
  if (call.func.kind !== "Attribute" || call.func.attr !== "apply") return false;
  const axis = keywordOf(call, "axis")?.value;
  const value = axis === undefined ? undefined : ctx.model.constant(axis);
  return (
    (value?.type === "int" && Number(value.value) === 1) ||
    (value?.type === "str" && value.value === "columns")
  );
}

const CELLS = new Set(["loc", "iloc", "at", "iat"]);

/** `for i in range(len(df)): … df.loc[i, "a"] …` */
function checkIndexLoop(node: For, ctx: Context): void {
  const frame = frameOfRange(node.iter, ctx);
  if (frame === undefined || node.target.kind !== "Name" || !isArithmetic(node.body)) return;
  const { id } = node.target;
  let cell: string | undefined;
  visit(node.body, (at) => {
    if (at.kind !== "Subscript" || at.value.kind !== "Attribute" || !CELLS.has(at.value.attr)) return true;
    if (ctx.text(at.value.value) !== frame) return true;
    const row = at.slice.kind === "Tuple" ? at.slice.elts[0] : at.slice;
    if (row !== undefined && isName(row, id)) cell ??= at.value.attr;
    return true;
  });
  if (cell !== undefined) ctx.report(node.iter, "index", { data: { name: `.${cell}[${id}]` } });
}

/** The text of `df` in `range(len(df))`. */
function frameOfRange(iter: Expr, ctx: Context): string | undefined {
  if (iter.kind !== "Call" || !isName(iter.func, "range")) return undefined;
  const length = iter.args.at(-1);
  if (length?.kind !== "Call" || !isName(length.func, "len")) return undefined;
  const [frame] = length.args;
  return frame === undefined ? undefined : ctx.text(frame);
}
