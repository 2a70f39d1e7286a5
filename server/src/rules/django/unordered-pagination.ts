/** Rule: pages of rows that have no order. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { createEvaluation, evaluate } from "../../frameworks/orm/evaluate.ts";
import { ORM_CODE, ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { OrmValue } from "../../frameworks/orm/values.ts";
import { classPath } from "../../frameworks/symbols.ts";
import type { Call, ClassDef, Expr } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"paginator" | "view">;

export default defineRule({
  id: "unordered-pagination",
  title: "Pages without an order",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "django#queries-and-fetching",
  messages: {
    paginator:
      "These `{{model}}` rows have no order, and the database may give another one for each page: rows appear twice, or on none. Add `order_by`, with a unique column last.",
    view: "This list is paged, and `{{model}}` has no order: the database may give another one for each page, so that rows appear twice, or on none. Set `ordering`, or add `order_by`.",
  },
  docs: {
    why: "Without ORDER BY a database returns rows in whatever order suits its plan, and page two is a query of its own. An update in between moves a row, and the reader sees one twice and never sees another; an export that pages through misses some. Order by something unique, or add the key as the last criterion.",
    path: "shop/views.py",
    bad: `from django.core.paginator import Paginator
from django.db import models


class Order(models.Model):
    state = models.CharField(max_length=10)


def page(number: int) -> list[Order]:
    return list(Paginator(Order.objects.filter(state="open"), 50).get_page(number))
`,
    good: `from django.core.paginator import Paginator
from django.db import models


class Order(models.Model):
    state = models.CharField(max_length=10)


def page(number: int) -> list[Order]:
    return list(Paginator(Order.objects.filter(state="open").order_by("pk"), 50).get_page(number))
`,
    whenFine: "Where there is never more than one page.",
    references: ["https://docs.djangoproject.com/en/stable/topics/pagination/#required-arguments"],
  },
  fix: "unsafe",
  calls: new Set(["Paginator", "AsyncPaginator"]),
  on: {
    Call(node, ctx) {
      if (!/^django\.core\.paginator\.(?:Paginator|AsyncPaginator)$/.test(ctx.model.callee(node) ?? ""))
        return;
      const [rows] = node.args;
      if (rows !== undefined) judge(rows, ormValue(rows, ctx), "paginator", ctx);
    },
    ClassDef: judgeView,
  },
});

/** A generic view that pages: a `ListView` with `paginate_by`, or a list of DRF with a paginator of its own. */
function judgeView(node: ClassDef, ctx: Context): void {
  const pages = attributeOf(node, "paginate_by") ?? attributeOf(node, "pagination_class");
  if (pages === undefined || lastName(pages).startsWith("Cursor")) return;
  if ((pages.kind === "Constant" && pages.type === "None") || attributeOf(node, "ordering") !== undefined)
    return;
  if (node.body.some((it) => it.kind === "FunctionDef" && /^(?:get_ordering|filter_queryset)$/.test(it.name)))
    return;
  // A filter of DRF may order what the client asks for, but only then.
  const name = `${ctx.model.moduleName}.${classPath(node)}`;
  const at = createEvaluation(ctx.projectFact(ORM_SCHEMA), ctx.projectFact(ORM_CODE));
  const of = { k: "attr", of: { k: "self", cls: name }, name: "get_queryset" } as const;
  const value = evaluate({ k: "call", of, args: [], named: {}, spread: false }, at);
  judge(attributeOf(node, "queryset") ?? attributeOf(node, "model") ?? pages, value, "view", ctx);
}

function judge(node: Expr, value: OrmValue | null, messageId: "paginator" | "view", ctx: Context): void {
  if (value?.kind !== "rows" || value.model.orm !== "django" || value.ordered || value.shape === "list")
    return;
  if (!value.model.closed && value.model.ordering === null) return;
  // A manager of the project's own may order.
  if ([...value.model.managers.values()].some((manager) => manager === null)) return;
  ctx.report(node, messageId, {
    data: { model: value.model.label },
    fix: (edits) => {
      if (node.kind !== "Call") return null;
      const call: Call = node;
      edits.insertAfter(call, '.order_by("pk")');
      return 'Add `order_by("pk")`';
    },
  });
}

function attributeOf(cls: ClassDef, name: string): Expr | undefined {
  for (const statement of cls.body) {
    if (statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name)) {
      return statement.value;
    }
  }
  return undefined;
}
