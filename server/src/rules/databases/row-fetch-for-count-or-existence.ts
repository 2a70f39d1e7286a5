/** Rule: rows that are fetched only to be counted, or to see whether there are any. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Compare, Expr } from "../../syntax/ast.ts";

type Context = RuleContext<"length" | "existence">;

export default defineRule({
  id: "row-fetch-for-count-or-existence",
  title: "Rows fetched only to count them",
  section: "databases",
  level: "differentiator",
  severity: "information",
  confidence: "high",
  cwe: [1049],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#query-performance",
  messages: {
    length: "`{{text}}` fetches every `{{model}}` to count them. `count()` lets the database count.",
    existence:
      "`{{text}}` counts every `{{model}}` to see whether there is one. `exists()` stops at the first.",
  },
  docs: {
    why: "`len()` of a query set fetches all of its rows, builds an object for each, and throws them away for one number. The database can count where the rows are, and knows even faster whether there is one.",
    path: "shop/orders.py",
    bad: `from django.db import models


class Order(models.Model):
    state = models.CharField(max_length=10)


def has_open() -> bool:
    return len(Order.objects.filter(state="open")) > 0
`,
    good: `from django.db import models


class Order(models.Model):
    state = models.CharField(max_length=10)


def has_open() -> bool:
    return Order.objects.filter(state="open").exists()
`,
    whenFine:
      "Where the rows are used after: a query set keeps what it has fetched, and `len()` of it costs nothing more.",
    references: [
      "https://docs.djangoproject.com/en/stable/topics/db/optimization/#use-queryset-count-instead-of-len-queryset",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      const [rows] = node.args;
      if (rows === undefined || node.func.kind !== "Name" || node.func.id !== "len" || !isQuery(rows, ctx))
        return;
      const model = modelOf(rows, ctx);
      if (isComparedWithZero(node)) {
        const compare = node.parent as Compare;
        ctx.report(compare, "existence", {
          data: { text: ctx.text(compare), model },
          fix: (edits) => {
            edits.replace(compare, `${negated(compare) ? "not " : ""}${ctx.text(rows)}.exists()`);
            return "Ask with `exists()`";
          },
        });
      } else {
        ctx.report(node, "length", {
          data: { text: ctx.text(node), model },
          fix: (edits) => {
            edits.replace(node, `${ctx.text(rows)}.count()`);
            return "Count in the database";
          },
        });
      }
    },
    Compare(node, ctx) {
      const { left } = node;
      if (
        left.kind !== "Call" ||
        left.func.kind !== "Attribute" ||
        left.func.attr !== "count" ||
        left.args.length > 0
      )
        return;
      if (!isComparedWithZero(left) || ormValue(left.func.value, ctx)?.kind !== "rows") return;
      const of = left.func.value;
      ctx.report(node, "existence", {
        data: { text: ctx.text(node), model: modelOf(of, ctx) },
        fix: (edits) => {
          edits.replace(node, `${negated(node) ? "not " : ""}${ctx.text(of)}.exists()`);
          return "Ask with `exists()`";
        },
      });
    },
  },
});

/** A Django query set that is written where it stands: one in a variable may be used again. */
function isQuery(node: Expr, ctx: Context): boolean {
  if (node.kind !== "Call") return false;
  const rows = ormValue(node, ctx);
  return (
    rows?.kind === "rows" && rows.model.orm === "django" && rows.shape === "query" && rows.origin.path === ""
  );
}

function modelOf(node: Expr, ctx: Context): string {
  const rows = ormValue(node, ctx);
  return rows?.kind === "rows" ? rows.model.label : "row";
}

/** `> 0`, `== 0`, `!= 0`, `>= 1`. */
function isComparedWithZero(call: Call): boolean {
  const { parent } = call;
  if (parent?.kind !== "Compare" || parent.left !== call || parent.ops.length !== 1) return false;
  const [right] = parent.comparators;
  if (right?.kind !== "Constant" || right.type !== "int") return false;
  const [op] = parent.ops;
  return right.value === 0
    ? /^(?:Gt|Eq|NotEq)$/.test(op ?? "")
    : right.value === 1 && /^(?:GtE|Lt)$/.test(op ?? "");
}

function negated(compare: Compare): boolean {
  return compare.ops[0] === "Eq" || compare.ops[0] === "Lt";
}
