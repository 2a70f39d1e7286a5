/** Rule: an amount of money that is kept as a binary fraction. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { ClassDef, Expr, Stmt } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"column" | "schema" | "converted">;

export default defineRule({
  id: "money-as-float",
  title: "Money kept as a float",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [1339],
  equivalents: {},
  contexts: { offIn: ["test", "notebook"] },
  guide: "apis#json-contracts",
  messages: {
    column:
      "`{{name}}` is a column of binary fractions, which cannot hold 0.10: sums drift by cents. Use {{instead}}, or whole cents.",
    schema:
      "`{{name}}` is money as a float, which cannot hold 0.10: sums drift by cents. Use `Decimal`, or whole cents as an `int`.",
    converted:
      "`{{name}}` becomes a float on its way out, which cannot hold 0.10. Write it as text (`str`), or as whole cents.",
  },
  docs: {
    why: "A float is a binary fraction, and 0.10 is none: `0.1 + 0.2` is 0.30000000000000004. Each sum, each percentage and each conversion adds a little, and at the end of the month the ledger and the bank differ by a few cents that nobody finds. Money is decimal: `Decimal` in Python, NUMERIC in the database, or whole cents in an integer.",
    path: "shop/models.py",
    bad: `from django.db import models


class Order(models.Model):
    total_price = models.FloatField()
`,
    good: `from django.db import models


class Order(models.Model):
    total_price = models.DecimalField(max_digits=10, decimal_places=2)
`,
    whenFine: "For estimates, features of a model and charts, where a fraction of a cent means nothing.",
    references: [
      "https://docs.python.org/3/library/decimal.html",
      "https://www.postgresql.org/docs/current/datatype-numeric.html",
    ],
  },
  fix: "none",
  on: {
    ClassDef(node, ctx) {
      for (const statement of node.body) judge(statement, node, ctx);
    },
    Call(node, ctx) {
      const [arg] = node.args;
      if (arg?.kind !== "Attribute" || !MONEY.test(arg.attr) || node.args.length !== 1) return;
      if (node.parent?.kind !== "Dict" || ctx.model.callee(node) !== "builtins.float") return;
      ctx.report(node, "converted", { data: { name: ctx.text(arg) }, severity: "information" });
    },
  },
});

/** Names that can only be money. */
const MONEY =
  /(?:^|_)(?:prices?|subtotal|salary|wage|fee|fees|revenue|invoice_total|order_total|total_price|unit_price|net_price|gross_price)(?:_(?:usd|eur|gbp|net|gross|incl_tax|excl_tax))?$/;
/** Names that are money where the class speaks of it. */
const PERHAPS = /(?:^|_)(?:amount|total|balance|cost|tax|discount|payment|refund)$/;
const SPEAKS_OF_MONEY = /currency|invoice|payment|billing|checkout|stripe|wallet|refund|price/i;
const NO_MONEY =
  /rate|ratio|percent|pct|score|count|weight|quantity|change|token|factor|index|prediction|feature/i;

function judge(statement: Stmt, cls: ClassDef, ctx: Context): void {
  if (statement.kind !== "Assign" && statement.kind !== "AnnAssign") return;
  const target = statement.kind === "Assign" ? statement.targets[0] : statement.target;
  if (target?.kind !== "Name" || !isMoney(target.id, cls, ctx)) return;
  const data = { name: target.id };
  const column = statement.value === null ? undefined : floatColumn(statement.value, ctx);
  if (column !== undefined) {
    ctx.report(target, "column", { data: { ...data, instead: column } });
    return;
  }
  if (statement.kind !== "AnnAssign" || !isFloat(statement.annotation, ctx)) return;
  if (isMapped(statement.annotation))
    ctx.report(target, "column", { data: { ...data, instead: "`Numeric`" } });
  else if (isSchema(cls, ctx)) ctx.report(target, "schema", { data });
}

function isMoney(name: string, cls: ClassDef, ctx: Context): boolean {
  if (NO_MONEY.test(name)) return false;
  if (MONEY.test(name)) return !NO_MONEY.test(cls.name);
  return PERHAPS.test(name) && SPEAKS_OF_MONEY.test(ctx.text(cls));
}

/** What to use instead of a column of floats; undefined for other values. */
function floatColumn(value: Expr, ctx: Context): string | undefined {
  if (value.kind !== "Call") return undefined;
  if (ctx.model.callee(value) === "django.db.models.FloatField") return "`DecimalField`";
  if (!/^(?:Column|mapped_column)$/.test(lastName(value.func))) return undefined;
  const isFloatType = value.args.some((arg) =>
    /^(?:Float|REAL|DOUBLE|Double|DOUBLE_PRECISION)$/.test(lastName(arg.kind === "Call" ? arg.func : arg)),
  );
  return isFloatType ? "`Numeric`" : undefined;
}

function isFloat(annotation: Expr, ctx: Context): boolean {
  return /^(?:Mapped\[)?(?:Optional\[)?float(?:\s*\|\s*None)?\]*$/.test(ctx.text(annotation));
}

function isMapped(annotation: Expr): boolean {
  return annotation.kind === "Subscript" && lastName(annotation.value) === "Mapped";
}

/** A Pydantic model, or a table of SQLModel. */
function isSchema(cls: ClassDef, ctx: Context): boolean {
  return ctx.model.derivesFrom(cls, new Set(["pydantic.BaseModel", "sqlmodel.SQLModel"]));
}
