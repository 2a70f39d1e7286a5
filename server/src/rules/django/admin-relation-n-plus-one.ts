/** Rule: a list of the admin whose columns ask the database for each row. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { indentOf, newlineOf } from "../../engine/statement-edits.ts";
import { createEvaluation } from "../../frameworks/orm/evaluate.ts";
import { ORM_CODE, ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import { accessRelation } from "../../frameworks/orm/relations.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import { type QueryEvent, rowOf, rowsOf } from "../../frameworks/orm/values.ts";
import { classPath } from "../../frameworks/symbols.ts";
import type { Assign, ClassDef, Expr } from "../../syntax/ast.ts";
import { lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"column">;

export default defineRule({
  id: "admin-relation-n-plus-one",
  title: "Admin list asks the database for each row",
  section: "django",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [1073],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "django#admin-site",
  messages: {
    column:
      "The column `{{column}}` reads `{{relation}}` of each `{{model}}`: 100 rows, 100 queries. {{how}}.",
  },
  docs: {
    why: "The admin shows 100 rows a page. A column that follows a relation asks the database for each of them, and the page that the support team opens all day takes seconds. Django joins the foreign keys that stand in `list_display` themselves; what a method of the class reads, it cannot know. `list_select_related` names what to join.",
    path: "shop/admin.py",
    bad: `from django.contrib import admin
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer_name"]

    def customer_name(self, order: Order) -> str:
        return order.customer.name
`,
    good: `from django.contrib import admin
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer_name"]
    list_select_related = ["customer"]

    def customer_name(self, order: Order) -> str:
        return order.customer.name
`,
    whenFine: "Where the table has a handful of rows and always will.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_select_related",
    ],
  },
  fix: "unsafe",
  on: {
    ClassDef(node, ctx) {
      const display = assignment(node, "list_display");
      if (display === undefined || (display.value.kind !== "List" && display.value.kind !== "Tuple")) return;
      // A query set of its own may load anything.
      if (assignment(node, "list_select_related") !== undefined || hasMethod(node, "get_queryset")) return;
      const model = modelOf(node, ctx);
      if (model === undefined) return;
      for (const element of display.value.elts) judge(element, node, { model, display }, ctx);
    },
  },
});

function judge(
  element: Expr,
  cls: ClassDef,
  { model, display }: { readonly model: OrmModel; readonly display: Assign },
  ctx: Context,
): void {
  const column = literalString(element);
  if (column === undefined) return;
  const event = queryOf(column, model, cls, ctx);
  if (event === undefined) return;
  const path = event.origin.path.replaceAll(".", "__");
  const single = event.field?.relation?.many !== true && !event.origin.path.includes(".");
  ctx.report(element, "column", {
    data: {
      column,
      relation: event.origin.path,
      model: model.label,
      how: single
        ? `Add \`list_select_related = ["${path}"]\``
        : `Load it in \`get_queryset\` with \`prefetch_related("${path}")\``,
    },
    fix: (edits) => {
      if (!single) return null;
      const indent = indentOf(edits.source, display);
      if (indent === null) return null;
      edits.insertAfter(display, `${newlineOf(edits.source)}${indent}list_select_related = ["${path}"]`);
      return `Add \`list_select_related = ["${path}"]\``;
    },
  });
}

/** The query that a column runs for a row. */
function queryOf(column: string, model: OrmModel, cls: ClassDef, ctx: Context): QueryEvent | undefined {
  const events: QueryEvent[] = [];
  const code = ctx.projectFact(ORM_CODE);
  const at = createEvaluation(ctx.projectFact(ORM_SCHEMA), code, (event) => events.push(event));
  const row = rowOf(rowsOf(model, "query"), true);
  const name = `${ctx.model.moduleName}.${classPath(cls)}`;
  const own = code.member(name, column);
  if (own !== undefined) at.enter(own, { self: { kind: "instance", cls: name }, args: [row] }, at);
  else {
    const field = model.fields.get(column);
    // Django joins foreign keys that are columns themselves.
    if (field?.relation != null) {
      if (field.relation.form !== "generic") return undefined;
      accessRelation(row, field, at);
    }
    const member = field === undefined ? code.member(model.name, column) : undefined;
    if (member !== undefined) at.enter(member, { self: row, args: [] }, at);
  }
  return events.find((event) => event.kind === "relation" && event.perRow);
}

/** The model of an admin class: by `@admin.register(Order)` or `admin.site.register(Order, OrderAdmin)`. */
function modelOf(cls: ClassDef, ctx: Context): OrmModel | undefined {
  for (const decorator of cls.decorator_list) {
    if (decorator.kind !== "Call" || lastName(decorator.func) !== "register") continue;
    const [first] = decorator.args;
    const value = first === undefined ? null : ormValue(first, ctx);
    if (value?.kind === "model") return value.model;
  }
  for (const statement of ctx.model.module.body) {
    const call = statement.kind === "Expr" && statement.value.kind === "Call" ? statement.value : undefined;
    if (call === undefined || lastName(call.func) !== "register") continue;
    const [first, second] = call.args;
    if (first === undefined || second?.kind !== "Name" || second.id !== cls.name) continue;
    const value = ormValue(first, ctx);
    if (value?.kind === "model") return value.model;
  }
  return undefined;
}

function assignment(cls: ClassDef, name: string): Assign | undefined {
  return cls.body.find(
    (statement): statement is Assign =>
      statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name),
  );
}

function hasMethod(cls: ClassDef, name: string): boolean {
  return cls.body.some((statement) => statement.kind === "FunctionDef" && statement.name === name);
}
