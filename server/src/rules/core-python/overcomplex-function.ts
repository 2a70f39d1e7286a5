/** Rule: a function with more paths, deeper nesting or more statements than anybody can hold in mind. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { isFunctionLike, visit } from "../../engine/search.ts";
import type { FunctionNode, Node, Stmt } from "../../syntax/ast.ts";
import { nameSpan, spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"complex">;

const MAX_PATHS = 10;
const MAX_DEPTH = 4;
const MAX_STATEMENTS = 60;

/** A function that is shorter than this, in characters, has room for neither. */
const SHORT = 600;

export default defineRule({
  id: "overcomplex-function",
  title: "Function with too many paths",
  section: "core-python",
  level: "senior",
  severity: "information",
  confidence: "high",
  cwe: [1120],
  equivalents: { ruff: ["C901", "PLR0912", "PLR0915", "PLR1702"], pylint: ["R0912", "R0915", "R1702"] },
  guide: "core-python#language-building-blocks",
  messages: {
    complex:
      "`{{name}}` takes {{paths}} paths through {{statements}} statements, {{depth}} levels deep. Begin with the longest {{part}} inside: it makes a function of its own.",
  },
  docs: {
    why: "Each decision doubles the ways through a function, and its tests cover a handful of them. Changes to such a function break cases that nobody remembers, so people add one more `if` at the end instead of changing it, and the next one is harder still.",
    bad: `def import_orders(files, store, mailer):
    for file in files:
        if file.name.endswith(".csv"):
            for row in file.rows():
                if row.kind == "order":
                    if row.total > 0:
                        store.save(row)
                    elif row.total < 0 and row.refund:
                        store.refund(row)
                    else:
                        mailer.warn(row)
                elif row.kind == "return":
                    if row.order is None or row.total is None:
                        mailer.warn(row)
                    else:
                        store.take_back(row)
                elif row.kind == "note" and row.text:
                    store.note(row)
        elif file.name.endswith(".zip"):
            store.keep(file)
`,
    good: `def import_orders(files, store, mailer):
    for file in files:
        if file.name.endswith(".csv"):
            for row in file.rows():
                import_row(row, store, mailer)
        elif file.name.endswith(".zip"):
            store.keep(file)


def import_row(row, store, mailer):
    if row.kind == "order":
        import_order(row, store, mailer)
    elif row.kind == "return":
        import_return(row, store, mailer)
    elif row.kind == "note" and row.text:
        store.note(row)


def import_order(row, store, mailer):
    if row.total > 0:
        store.save(row)
    elif row.total < 0 and row.refund:
        store.refund(row)
    else:
        mailer.warn(row)


def import_return(row, store, mailer):
    if row.order is None or row.total is None:
        mailer.warn(row)
    else:
        store.take_back(row)
`,
    whenFine:
      "A flat dispatch over many cases, one line each, is long and easy to read: neither deep nor full of statements, it is not reported.",
    references: ["https://docs.astral.sh/ruff/rules/complex-structure/"],
  },
  contexts: { offIn: ["test", "migration", "notebook"] },
  fix: "none",
  on: {
    FunctionDef: check,
    AsyncFunctionDef: check,
  },
});

function check(node: FunctionNode, ctx: Context): void {
  if (node.end - node.start < SHORT || ctx.model.enclosingFunction(node) !== undefined) return;
  const measured = measure(node);
  const { paths, statements, depth, largest } = measured;
  if (paths <= MAX_PATHS || (depth <= MAX_DEPTH && statements <= MAX_STATEMENTS)) return;
  if (largest === undefined) return;
  const data = { name: node.name, paths: `${paths}`, statements: `${statements}`, depth: `${depth}` };
  const part =
    largest.kind === "For" || largest.kind === "AsyncFor" || largest.kind === "While" ? "loop" : "branch";
  const related = [{ span: spanOf(largest), message: "a function of its own", node: largest }];
  ctx.report(nameSpan(node), "complex", { data: { ...data, part }, related });
}

interface Measures {
  readonly paths: number;
  readonly statements: number;
  readonly depth: number;
  /** The longest loop or branch below the first level. */
  readonly largest: Stmt | undefined;
}

function measure(fn: FunctionNode): Measures {
  let paths = 1;
  let statements = 0;
  let depth = 0;
  let largest: Stmt | undefined;
  visit(fn.body, (node) => {
    if (isFunctionLike(node) || node.kind === "ClassDef") return false;
    paths += decisionsIn(node);
    if ("unit" in node) statements += 1;
    if (!nests(node)) return true;
    const level = levelOf(node, fn);
    depth = Math.max(depth, level);
    const deepEnough = level > 1 && "unit" in node;
    if (deepEnough && node.end - node.start > (largest === undefined ? 0 : largest.end - largest.start))
      largest = node as Stmt;
    return true;
  });
  return { paths, statements, depth, largest };
}

function decisionsIn(node: Node): number {
  switch (node.kind) {
    case "If":
    case "IfExp":
    case "For":
    case "AsyncFor":
    case "While":
    case "ExceptHandler":
    case "match_case":
      return 1;
    case "BoolOp":
      return node.values.length - 1;
    default:
      return 0;
  }
}

function nests(node: Node): boolean {
  switch (node.kind) {
    case "If":
    case "For":
    case "AsyncFor":
    case "While":
    case "With":
    case "AsyncWith":
    case "Try":
    case "TryStar":
    case "Match":
      return true;
    default:
      return false;
  }
}

/** How many compound statements hold a node, itself counted; an `elif` is no deeper than its `if`. */
function levelOf(node: Node, fn: FunctionNode): number {
  let level = 0;
  for (let at: Node | null = node; at !== null && at !== fn; at = at.parent) {
    const isElif = at.kind === "If" && at.parent?.kind === "If" && at.parent.orelse[0] === at;
    if (nests(at) && !isElif) level += 1;
  }
  return level;
}
