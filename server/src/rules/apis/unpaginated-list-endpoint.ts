/** Rule: an endpoint answers with all rows of a table. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import { modelOfQueryset } from "../../frameworks/web/access.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import { endpointsOfView, isWrite } from "../../frameworks/web/query.ts";
import { webApplication } from "../../frameworks/web/web-application.ts";
import { assignedValues } from "../../semantic/assigned.ts";
import type { ClassDef, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { isNone, lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"allRows" | "viewSet">;

/** Models that are small by nature. */
const SMALL =
  /(?:Type|Types|Kind|Status|State|Category|Categories|Country|Language|Currency|Role|Permission|Group|Setting|Settings|Config|Configuration|Option|Choice|Enum|Unit|Plan|Tier|Level|License|Locale|Timezone|Region|Theme|Feature|Flag|Bracket|Page|Template|Field)s?$/;
/** Steps that end a query of the older and the newer style in a list of everything. */
const ALL = /^(?:all|scalars|fetchall)$/;
/** Steps that bound what comes back. */
const BOUNDS =
  /^(?:limit|first|get|one|one_or_none|paginate|slice|fetchmany|iterator|yield_per|count|exists|aggregate|earliest|latest|in_bulk|scalar|get_or_404|first_or_404|values_list|distinct|filter|filter_by|where|exclude|stream|having|group_by)$/;

export default defineRule({
  id: "unpaginated-list-endpoint",
  title: "List of everything",
  section: "apis",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#pagination",
  messages: {
    allRows:
      "`{{endpoint}}` answers with every `{{model}}` there is: with the table, the answer grows until it takes seconds and all memory. Page through it.",
    viewSet:
      "`{{endpoint}}` answers with every `{{model}}` there is: neither this view nor the settings paginate. Set `pagination_class`, or `DEFAULT_PAGINATION_CLASS` for all.",
  },
  docs: {
    why: "With ten rows of test data the list is instant. A year later the same request reads a hundred thousand rows, builds as many objects, writes megabytes of JSON, and every client waits for all of it to show the first twenty. Adding pages later breaks those clients; adding them now costs a line.",
    bad: `from django.db import models
from django.http import JsonResponse
from django.urls import path


class Order(models.Model):
    number = models.CharField(max_length=20)


def list_orders(request):
    orders = Order.objects.all()
    return JsonResponse({"orders": [order.number for order in orders]})


urlpatterns = [path("orders/", list_orders)]
`,
    good: `from django.db import models
from django.http import JsonResponse
from django.urls import path


class Order(models.Model):
    number = models.CharField(max_length=20)


def list_orders(request):
    orders = Order.objects.order_by("-pk")[:50]
    return JsonResponse({"orders": [order.number for order in orders]})


urlpatterns = [path("orders/", list_orders)]
`,
    whenFine:
      "Tables that stay small by nature (countries, roles, categories) need no pages; models that are called so are not reported, nor are exports that stream.",
    references: [
      "https://www.django-rest-framework.org/api-guide/pagination/",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
    ],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check, ClassDef: checkView },
});

function check(node: FunctionNode, ctx: Context): void {
  const endpoint = handlingOf(node, ctx)?.endpoints[0];
  if (
    endpoint === undefined ||
    isWrite(endpoint) ||
    /export|download|csv|feed|sitemap|choices|options|admin/i.test(endpoint.path + node.name)
  )
    return;
  visit(node.body, (at) => {
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
    if (at.kind !== "Call" || !ALL.test(lastName(at.func))) return undefined;
    const name = wholeTable(at, ctx);
    const model = name === undefined ? undefined : ctx.projectFact(ORM_SCHEMA).modelNamed(name);
    if (model === undefined || SMALL.test(model.label) || !isAnswered(at, node, ctx)) return undefined;
    // A page for people seldom lists what grows: it would have been noticed.
    const isPage = /\brender(?:_template)?\(|TemplateResponse\(/.test(ctx.text(node));
    ctx.report(at, "allRows", {
      ...(isPage ? { severity: "information" as const } : {}),
      data: { endpoint: endpointLabel(endpoint), model: model.label },
    });
    return false;
  });
}

/** The model whose whole table a call yields: `Order.objects.all()`, `session.scalars(select(Order)).all()`. */
function wholeTable(node: Expr, ctx: Context): string | undefined {
  const steps: string[] = [];
  let selected: Expr | undefined;
  const follow = (start: Expr): void => {
    for (let at: Expr = start; at.kind === "Call" || at.kind === "Attribute" || at.kind === "Await"; ) {
      if (at.kind === "Call") {
        const step = lastName(at.func);
        steps.push(step);
        const [first] = at.args;
        if (/^(?:select|query)$/.test(step) && at.args.length === 1) selected = first;
        if (/^(?:scalars|execute|exec)$/.test(step) && first !== undefined) follow(statementOf(first, ctx));
        at = at.func;
      } else at = at.value;
    }
  };
  follow(node);
  if (steps.some((step) => BOUNDS.test(step))) return undefined;
  if (selected !== undefined) return modelOfQueryset(selected, ctx.model);
  return steps.at(-1) === "all" ? modelOfQueryset(node, ctx.model) : undefined;
}

function statementOf(node: Expr, ctx: Context): Expr {
  const [value, ...others] = node.kind === "Name" ? (assignedValues(node, ctx.model) ?? []) : [];
  return value === undefined || others.length > 0 ? node : value;
}

/** True where the rows become a part of the answer, as they are: no slice, no paginator, no further step. */
function isAnswered(call: Node, fn: FunctionNode, ctx: Context): boolean {
  let at: Node = call;
  while (at.parent?.kind === "Await") at = at.parent;
  const { parent } = at;
  if (parent?.kind === "Attribute" || parent?.kind === "Subscript") return false;
  if (parent?.kind !== "Assign") return isInReturn(at);
  const [target] = parent.targets;
  if (target?.kind !== "Name") return false;
  const text = ctx.text(fn);
  const name = target.id;
  const bounded = new RegExp(
    `[Pp]aginat\\w*|\\b${name}\\s*\\[|\\b${name}\\.(?:filter|exclude|count|exists|first|order_by|values|get|iterator)|len\\(${name}\\)`,
  );
  return !bounded.test(text) && new RegExp(`return\\b[\\s\\S]*\\b${name}\\b`).test(text);
}

function isInReturn(start: Node): boolean {
  for (let at: Node | null = start; at !== null; at = at.parent) {
    if (at.kind === "Return") return true;
    if (at.kind === "Compare" || at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
  }
  return false;
}

/** A view of DRF with a list and nothing that paginates. */
function checkView(node: ClassDef, ctx: Context): void {
  if (
    !ctx.model
      .ancestors(node)
      .some((name) => /^rest_framework\.(?:viewsets\.\w*ModelViewSet|generics\.List\w*)$/.test(name))
  )
    return;
  const app = ctx.projectFact(webApplication);
  if (!app.complete || app.drf.pagination) return;
  const list = endpointsOfView(app, ctx.file, node, ctx.model).find(
    ({ action, methods, path, handler, view }) =>
      handler === view &&
      (action === "list" || (action === null && methods.includes("GET") && !path.includes("{"))),
  );
  const queryset = assignedIn(node, "queryset");
  const own = assignedIn(node, "pagination_class");
  if (list === undefined || queryset === undefined || (own !== undefined && !isNone(own))) return;
  if (node.bases.some((base) => !/^(?:rest_framework|builtins)\./.test(ctx.model.qualifiedName(base) ?? "")))
    return;
  const name = wholeTable(queryset, ctx);
  const model = name === undefined ? undefined : ctx.projectFact(ORM_SCHEMA).modelNamed(name);
  if (model === undefined || SMALL.test(model.label)) return;
  ctx.report(queryset, "viewSet", { data: { endpoint: endpointLabel(list), model: model.label } });
}

function assignedIn(node: ClassDef, name: string): Expr | undefined {
  for (const statement of node.body) {
    if (
      statement.kind === "Assign" &&
      statement.targets.some((target) => target.kind === "Name" && target.id === name)
    )
      return statement.value;
  }
  return undefined;
}
