/** Rule: a table that is copied whole for each row that is added to it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders, isFunctionLike, leaves, visit } from "../../engine/search.ts";
import type { Assign, Call, Expr, For, Node, Stmt, While } from "../../syntax/ast.ts";
import { lastParts, mayCall } from "../../syntax/calls.ts";
import { collectFirst } from "./_shared.ts";

/** Functions that return a copy of everything that they are given. */
const COPIERS: ReadonlySet<string> = new Set([
  "pandas.concat",
  "numpy.append",
  "numpy.concatenate",
  "numpy.vstack",
  "numpy.hstack",
  "numpy.dstack",
  "numpy.row_stack",
  "numpy.column_stack",
]);

const NAMES: ReadonlySet<string> = new Set([...lastParts(COPIERS), "append"]);

type MessageId = "copied" | "appended" | "enlarged";
type Context = RuleContext<MessageId>;
type Loop = For | While;

export default defineRule({
  id: "dataframe-grown-in-loop",
  title: "DataFrame or array grown inside a loop",
  section: "data",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [407],
  equivalents: {},
  guide: "data#pandas",
  messages: {
    copied:
      "`{{name}}` copies everything collected so far in each turn: twice the rows take four times as long. Collect in a list, and join once after the loop.",
    appended:
      "`DataFrame.append` copied the whole frame for each row, and is gone since pandas 2. Collect in a list, and call `pd.concat` once after the loop.",
    enlarged:
      "Adding a row by its label copies the whole frame. Collect the rows in a list, and build the frame once after the loop.",
  },
  docs: {
    why: "A DataFrame and an array are blocks of fixed size. Adding to one makes a new, larger block and copies the old one into it. In a loop, the first row is copied as often as there are rows: a thousand rows are half a million copies, and the job that took a second in the test runs for an hour at the end of the quarter.",
    bad: `import pandas as pd


def load(paths: list[str]) -> pd.DataFrame:
    orders = pd.DataFrame()
    for path in paths:
        orders = pd.concat([orders, pd.read_csv(path)], ignore_index=True)
    return orders
`,
    good: `import pandas as pd


def load(paths: list[str]) -> pd.DataFrame:
    frames = [pd.read_csv(path) for path in paths]
    return pd.concat(frames, ignore_index=True)
`,
    whenFine: "A loop over a handful of constants joins a handful of frames, and is not reported.",
    references: ["https://pandas.pydata.org/docs/reference/api/pandas.concat.html"],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  on: {
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target === undefined || node.targets.length !== 1) return;
      const messageId = growth(node, target, ctx);
      if (messageId === undefined) return;
      const loop = loopOf(node, ctx);
      if (loop === undefined || isReset(target, node, loop, ctx)) return;
      const name = node.value.kind === "Call" ? ctx.text(node.value.func) : "";
      ctx.report(node, messageId, {
        data: { name },
        ...(messageId === "copied" ? { fix: collectFirst(node, target, loop, ctx) } : {}),
      });
    },
  },
});

/** The nearest loop of the same function that goes on after the statement, and may run often. */
function loopOf(node: Assign, ctx: Context): Loop | undefined {
  let below: Node = node;
  for (const at of holders(node)) {
    if (isFunctionLike(at) || at.kind === "ClassDef") return undefined;
    const block = "unit" in below ? blockOf(below) : undefined;
    if (block !== undefined && leaves(block.slice(block.indexOf(below as Stmt) + 1)) && !continues(block)) {
      return undefined;
    }
    if ((at.kind === "For" || at.kind === "While") && at.body.some((statement) => statement === below)) {
      return at.kind === "For" && isShort(at.iter, ctx) ? undefined : at;
    }
    below = at;
  }
  return undefined;
}

function continues(block: readonly Stmt[]): boolean {
  return block.at(-1)?.kind === "Continue";
}

/** True for a handful of constants: `for part in ("a", "b")`, `range(3)`. */
function isShort(iter: Expr, ctx: Context): boolean {
  if (iter.kind === "Tuple" || iter.kind === "List" || iter.kind === "Set") return iter.elts.length <= 10;
  if (iter.kind !== "Call" || iter.func.kind !== "Name" || iter.func.id !== "range") return false;
  const bound = iter.args.at(-1);
  const value = bound === undefined ? undefined : ctx.model.constant(bound);
  return value?.type === "int" && Number(value.value) <= 10;
}

function growth(node: Assign, target: Expr, ctx: Context): MessageId | undefined {
  const { value } = node;
  if (target.kind === "Subscript") return isEnlarging(target, ctx) ? "enlarged" : undefined;
  if (
    value.kind !== "Call" ||
    !mayCall(value, NAMES) ||
    (target.kind !== "Name" && target.kind !== "Attribute")
  )
    return undefined;
  const name = ctx.text(target);
  if (COPIERS.has(ctx.model.callee(value) ?? "")) {
    return partsOf(value).some((part) => ctx.text(part) === name) ? "copied" : undefined;
  }
  const { func } = value;
  if (func.kind !== "Attribute" || func.attr !== "append" || !ctx.model.importsPackage("pandas"))
    return undefined;
  return ctx.text(func.value) === name ? "appended" : undefined;
}

/** What is joined: the elements of a list, or the arguments of `np.append`. */
function partsOf(call: Call): readonly Expr[] {
  return call.args.flatMap((arg) => (arg.kind === "List" || arg.kind === "Tuple" ? arg.elts : [arg]));
}

/** `df.loc[len(df)] = row` */
function isEnlarging(target: Expr & { readonly kind: "Subscript" }, ctx: Context): boolean {
  const { value, slice } = target;
  if (value.kind !== "Attribute" || value.attr !== "loc" || !ctx.model.importsPackage("pandas")) return false;
  if (slice.kind !== "Call" || slice.func.kind !== "Name" || slice.func.id !== "len") return false;
  const [of] = slice.args;
  const frame = ctx.text(value.value);
  return of !== undefined && (ctx.text(of) === frame || ctx.text(of) === `${frame}.index`);
}

/** True where each turn of the loop starts with something new under that name. */
function isReset(target: Expr, node: Assign, loop: Loop, ctx: Context): boolean {
  const name = target.kind === "Subscript" && target.value.kind === "Attribute" ? target.value.value : target;
  const text = ctx.text(name);
  if (targetsOf(loop).includes(text)) return true;
  return loop.body.some((statement) => {
    if (statement === node || statement.kind !== "Assign" || statement.start > node.start) return false;
    return statement.targets.some((one) => ctx.text(one) === text) && !mentions(statement.value, text, ctx);
  });
}

function targetsOf(loop: Loop): readonly string[] {
  if (loop.kind !== "For") return [];
  const names: string[] = [];
  visit(loop.target, (node) => {
    if (node.kind === "Name") names.push(node.id);
    return true;
  });
  return names;
}

function mentions(value: Expr, text: string, ctx: Context): boolean {
  let found = false;
  visit(value, (node) => {
    found ||= (node.kind === "Name" || node.kind === "Attribute") && ctx.text(node) === text;
    return !found;
  });
  return found;
}
