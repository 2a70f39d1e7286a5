/** Rule: a value that is read from a row, changed in Python and written back, over what others wrote meanwhile. */

import type { SourceEdits } from "../../engine/edits.ts";
import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, find } from "../../engine/search.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import { assignedValues } from "../../semantic/assigned.ts";
import type { Assign, Attribute, AugAssign, Call, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"lost">;

const NUMBERS =
  /^(?:(?:Positive)?(?:Small|Big)?Integer|Integer|BigInteger|SmallInteger|Float|Decimal|Numeric|PositiveInteger)(?:Field)?$|^(?:builtins\.)?(?:int|float)$|^decimal\.Decimal$/;
const OPERATORS: Readonly<Record<string, string>> = { Add: "+", Sub: "-", Mult: "*" };

export default defineRule({
  id: "lost-update",
  title: "Update that overwrites others",
  section: "databases",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [362],
  equivalents: {},
  contexts: { offIn: ["test", "migration", "script"] },
  guide: "databases#transactions",
  messages: {
    lost: "`{{model}}.{{field}}` is read, changed here and written back: of two requests at the same time one is lost. Let the database compute it ({{how}}), or lock the row first.",
  },
  docs: {
    why: "Two requests read a stock of 10, each takes 1 away, each writes 9: two sold, one counted. It happens whenever a value goes from the row into Python and back, and it happens most on the rows that matter, the busy ones. Let the database do the arithmetic in the UPDATE itself, or lock the row before it is read (`select_for_update`, `with_for_update`).",
    path: "shop/stock.py",
    bad: `from django.db import models


class Product(models.Model):
    stock = models.IntegerField(default=0)


def take(product_id: int, count: int) -> None:
    product = Product.objects.get(pk=product_id)
    product.stock -= count
    product.save()
`,
    good: `from django.db import models
from django.db.models import F


class Product(models.Model):
    stock = models.IntegerField(default=0)


def take(product_id: int, count: int) -> None:
    Product.objects.filter(pk=product_id, stock__gte=count).update(stock=F("stock") - count)
`,
    whenFine: "Where only one process ever writes the row, or a version column makes the second writer fail.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/models/expressions/#avoiding-race-conditions-using-f",
      "https://docs.sqlalchemy.org/en/20/orm/versioning.html",
    ],
  },
  fix: "unsafe",
  on: {
    AugAssign(node, ctx) {
      if (node.target.kind === "Attribute" && node.op in OPERATORS) judge(node, node.target, ctx);
    },
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target?.kind === "Attribute" && computesFrom(node.value, target, ctx)) judge(node, target, ctx);
    },
  },
});

function judge(node: Assign | AugAssign, target: Attribute, ctx: Context): void {
  const fn = ctx.model.enclosingFunction(node);
  if (fn === undefined) return;
  const row = ormValue(target.value, ctx);
  if (row?.kind !== "row" || isNew(target.value, ctx)) return;
  const field = row.model.fields.get(target.attr);
  if (field === undefined || !NUMBERS.test(field.type)) return;
  if (!isWritten(node, target, row.model, fn, ctx) || isLocked(fn, ctx)) return;
  const isDjango = row.model.orm === "django";
  ctx.report(node, "lost", {
    data: {
      model: row.model.label,
      field: target.attr,
      how: isDjango
        ? `\`F("${target.attr}")\``
        : `an \`update()\` with \`${row.model.label}.${target.attr}\``,
    },
    fix: (edits) => (isDjango ? useExpression(edits, node, target, fn, ctx) : null),
  });
}

/** `obj.n = obj.n + 1`: arithmetic on the same attribute. */
function computesFrom(value: Expr, target: Attribute, ctx: Context): boolean {
  if (value.kind !== "BinOp" || !(value.op in OPERATORS)) return false;
  const own = ctx.text(target);
  return [value.left, value.right].some((side) => side.kind === "Attribute" && ctx.text(side) === own);
}

/** True for an object that this function makes: nobody else has its row yet. */
function isNew(node: Expr, ctx: Context): boolean {
  if (node.kind !== "Name") return false;
  return (assignedValues(node, ctx.model) ?? []).some((value) => {
    if (value.kind !== "Call") return false;
    return ormValue(value.func, ctx)?.kind === "model" || /^(?:bulk_)?create$/.test(lastAttribute(value));
  });
}

function lastAttribute(call: Call): string {
  return call.func.kind === "Attribute" ? call.func.attr : "";
}

/** True where the row is saved, or the session committed, after the change. */
function isWritten(node: Node, target: Attribute, model: OrmModel, fn: FunctionNode, ctx: Context): boolean {
  const owner = ctx.text(target.value);
  const { end } = spanOf(node);
  return contains(fn.body, (at) => {
    if (at.kind !== "Call" || at.func.kind !== "Attribute" || spanOf(at).start < end) return false;
    if (model.orm === "django") return /^a?save$/.test(at.func.attr) && ctx.text(at.func.value) === owner;
    return /^(?:commit|flush)$/.test(at.func.attr);
  });
}

function isLocked(fn: FunctionNode, ctx: Context): boolean {
  return /select_for_update|with_for_update|\block(?:ed|ing)?\b|advisory|version_id/i.test(ctx.text(fn));
}

/** `obj.n = F("n") + 1`, where nothing reads the attribute afterwards. */
function useExpression(
  edits: SourceEdits,
  node: Assign | AugAssign,
  target: Attribute,
  fn: FunctionNode,
  ctx: Context,
): string | null {
  if (node.kind !== "AugAssign" || target.value.kind !== "Name") return null;
  const own = ctx.text(target);
  const { end } = spanOf(node);
  const isRead = find(
    fn.body,
    (at) => at.kind === "Attribute" && spanOf(at).start >= end && ctx.text(at) === own,
  );
  if (isRead !== undefined) return null;
  const expression = edits.ensureImport("django.db.models", "F");
  const value = /^[\w.]+$/.test(ctx.text(node.value)) ? ctx.text(node.value) : `(${ctx.text(node.value)})`;
  edits.replace(node, `${own} = ${expression}("${target.attr}") ${OPERATORS[node.op]} ${value}`);
  return `Compute it in the database with \`F("${target.attr}")\``;
}
