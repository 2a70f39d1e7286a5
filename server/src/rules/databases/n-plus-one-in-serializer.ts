/** Rule: a list whose serializer asks the database again for each row. */

import { loaderCall } from "../../engine/loader-edits.ts";
import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { createEvaluation, evaluate } from "../../frameworks/orm/evaluate.ts";
import { ORM_CODE, ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { QueryEvent, Rows } from "../../frameworks/orm/values.ts";
import { rowOf } from "../../frameworks/orm/values.ts";
import { SERIALIZERS, type SerializerPart, serialize } from "../../frameworks/serializers.ts";
import { classPath } from "../../frameworks/symbols.ts";
import type { Call, ClassDef, Expr, FunctionNode } from "../../syntax/ast.ts";
import { argumentOf, isTrue, lastName } from "../../syntax/calls.ts";
import { type Span, unitOf } from "../../syntax/tree.ts";

type Context = RuleContext<"inList">;

export default defineRule({
  id: "n-plus-one-in-serializer",
  title: "Serializer asks the database for each row",
  section: "databases",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [1073],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#n-plus-one",
  messages: {
    inList:
      "`{{serializer}}` reads {{fields}} of each `{{model}}` in this list, and each of them is a query. Load them with the rows: `{{loaders}}`.",
  },
  docs: {
    why: "A serializer reads attributes, and some attributes are queries: a nested serializer, a `source` with a dot, a method field that follows a relation. In a list of 50 orders that is 50 queries for the customers and 50 for the lines, none of which stands anywhere in the view. Load in the view's query set what its serializer shows.",
    path: "shop/api.py",
    bad: `from django.db import models
from rest_framework import serializers, viewsets


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["name"]


class OrderSerializer(serializers.ModelSerializer):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
`,
    good: `from django.db import models
from rest_framework import serializers


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["name"]


class OrderSerializer(serializers.ModelSerializer):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]


def export() -> list[dict]:
    return OrderSerializer(Order.objects.select_related("customer"), many=True).data
`,
    whenFine: "Where the list is never longer than a page of a few rows.",
    references: ["https://www.django-rest-framework.org/api-guide/relations/#nested-relationships"],
  },
  fix: "unsafe",
  on: {
    ClassDef: judgeView,
    Call: judgeCall,
  },
});

const LISTS = /(?:^|\.)(?:ListAPIView|ListCreateAPIView|ModelViewSet|ReadOnlyModelViewSet|ListModelMixin)$/;

/** A view that lists: its query set against its serializer. */
function judgeView(node: ClassDef, ctx: Context): void {
  const serializerName = attributeOf(node, "serializer_class");
  if (serializerName === undefined || hasMethod(node, "get_serializer_class") || hasMethod(node, "list"))
    return;
  const serializer = ctx.projectFact(SERIALIZERS).find(ctx.model.qualifiedName(serializerName) ?? "");
  const code = ctx.projectFact(ORM_CODE);
  const name = `${ctx.model.moduleName}.${classPath(node)}`;
  if (serializer === undefined || !code.lineage(name).some((base) => LISTS.test(base))) return;
  const queryset = attributeOf(node, "queryset");
  const method = node.body.find(
    (it): it is FunctionNode => it.kind === "FunctionDef" && it.name === "get_queryset",
  );
  const at = createEvaluation(ctx.projectFact(ORM_SCHEMA), code);
  const self = { k: "self", cls: name } as const;
  const rows = evaluate(
    { k: "call", of: { k: "attr", of: self, name: "get_queryset" }, args: [], named: {}, spread: false },
    at,
  );
  if (rows?.kind !== "rows") return;
  const place = method === undefined ? queryset : nameSpan(method);
  if (place === undefined) return;
  report(serializer, rows, place, method === undefined ? queryset : undefined, ctx);
}

/** `OrderSerializer(orders, many=True)`. */
function judgeCall(node: Call, ctx: Context): void {
  if (!/Serializer$/.test(lastName(node.func)) || !isTrue(argumentOf(node, "many"))) return;
  const given = argumentOf(node, "instance", 0);
  const serializer = ctx.projectFact(SERIALIZERS).find(ctx.model.qualifiedName(node.func) ?? "");
  const rows = given === undefined || serializer === undefined ? null : ormValue(given, ctx);
  if (given === undefined || serializer === undefined || rows?.kind !== "rows" || rows.related !== null)
    return;
  report(serializer, rows, given, given.kind === "Name" ? undefined : given, ctx);
}

function report(
  serializer: SerializerPart,
  rows: Rows,
  place: Expr | Span,
  query: Expr | undefined,
  ctx: Context,
): void {
  const schema = ctx.projectFact(ORM_SCHEMA);
  const events = new Map<string, QueryEvent>();
  const at = createEvaluation(schema, ctx.projectFact(ORM_CODE), (event) => {
    if (event.kind === "relation" && event.perRow) events.set(event.origin.path, event);
  });
  serialize(serializer, rowOf(rows, true), ctx.projectFact(SERIALIZERS), at);
  if (events.size === 0) return;
  const paths = [...events.keys()];
  // A longer path loads what lies on it.
  const longest = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
  const loaders = longest.map((path) => loaderCall(rows.origin.root, path, schema).text);
  ctx.report(place, "inList", {
    data: {
      serializer: serializer.name.slice(serializer.name.lastIndexOf(".") + 1),
      model: rows.model.label,
      fields: paths.map((path) => `\`${path}\``).join(", "),
      loaders: loaders.join("."),
    },
    ...(query === undefined ? {} : { fix: append(query, loaders) }),
  });
}

function append(query: Expr, loaders: readonly string[]): FixBuilder {
  return (edits) => {
    if (query.kind !== "Call") return null;
    edits.insertAfter(query, `.${loaders.join(".")}`);
    return "Load what the serializer shows";
  };
}

function attributeOf(cls: ClassDef, name: string): Expr | undefined {
  for (const statement of cls.body) {
    if (statement.kind !== "Assign") continue;
    if (statement.targets.some((it) => it.kind === "Name" && it.id === name)) return statement.value;
  }
  return undefined;
}

function hasMethod(cls: ClassDef, name: string): boolean {
  return cls.body.some((statement) => statement.kind === "FunctionDef" && statement.name === name);
}

function nameSpan(fn: FunctionNode): Span {
  const start = (unitOf(fn)?.start ?? 0) + fn.nameStart;
  return { start, end: start + fn.name.length };
}
