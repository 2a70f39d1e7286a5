/** Rule: a whole table turned into a list. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr } from "../../syntax/ast.ts";

type Context = RuleContext<"list" | "all">;

export default defineRule({
  id: "fetch-all-unbounded",
  title: "Whole table loaded into memory",
  section: "databases",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test", "notebook", "script", "migration"] },
  guide: "performance#large-result-sets",
  messages: {
    list: "`{{text}}` loads every `{{model}}` there is into memory. Go through them with `.iterator()`, or ask for a page.",
    all: "`{{text}}` loads every `{{model}}` there is into memory. Ask for a page (`limit`), or stream them with `yield_per`.",
  },
  docs: {
    why: "A table grows for as long as the product lives. Code that loads all of it takes a second in the first year, a minute and a gigabyte in the third, and then the process is killed, always at night, when the report runs. Go through the rows in pieces, or ask for those that are needed.",
    path: "shop/export.py",
    bad: `from django.db import models


class Order(models.Model):
    cents = models.IntegerField()


def export() -> list[str]:
    return [f"{order.pk};{order.cents}" for order in list(Order.objects.all())]
`,
    good: `from django.db import models


class Order(models.Model):
    cents = models.IntegerField()


def export() -> list[str]:
    return [f"{order.pk};{order.cents}" for order in Order.objects.iterator(chunk_size=2000)]
`,
    whenFine: "For tables that stay small by their nature: countries, plans, roles.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/models/querysets/#iterator",
      "https://docs.sqlalchemy.org/en/20/core/connections.html#using-server-side-cursors-a-k-a-stream-results",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      if (node.func.kind === "Name" && node.func.id === "list" && node.args.length === 1)
        judgeList(node, ctx);
      else if (node.func.kind === "Attribute" && node.func.attr === "all" && node.args.length === 0)
        judgeAll(node, ctx);
    },
  },
});

/** Tables whose name says that they stay small. */
const SMALL =
  /Countr|Currenc|Language|Categor|Role|Plan|Setting|Config|Status|Type|Tag|Group|Permission|Unit|Locale|Tenant|Site/;

function judgeList(call: Call, ctx: Context): void {
  const [rows] = call.args;
  const table = rows === undefined ? undefined : wholeTable(rows, ctx);
  if (rows === undefined || table?.orm !== "django") return;
  ctx.report(call, "list", {
    data: { text: ctx.text(call), model: table.label },
    fix: (edits) => {
      // Only a loop needs no list.
      if (call.parent?.kind !== "For" && call.parent?.kind !== "comprehension") return null;
      edits.replace(call, `${ctx.text(rows)}.iterator()`);
      return "Go through them with `iterator()`";
    },
  });
}

function judgeAll(call: Call, ctx: Context): void {
  if (call.func.kind !== "Attribute") return;
  const table = wholeTable(call.func.value, ctx);
  if (table?.orm === "sqlalchemy")
    ctx.report(call, "all", { data: { text: ctx.text(call).replace(/\s+/g, " "), model: table.label } });
}

/** The model of which an expression is every row: no condition, no limit. */
function wholeTable(node: Expr, ctx: Context) {
  const rows = ormValue(node, ctx);
  if (rows?.kind !== "rows" || rows.filtered || rows.limit !== null || rows.origin.path !== "")
    return undefined;
  if (
    rows.shape === "result" ||
    /\.(?:limit|slice|paginate|join\w*|iterator|yield_per|stream)\(/.test(ctx.text(node))
  )
    return undefined;
  return SMALL.test(rows.model.label) ? undefined : rows.model;
}
