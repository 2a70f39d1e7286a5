/** Rule: an object of the request's process that is put into a queue. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import type { Expr } from "../../syntax/ast.ts";
import { enqueued } from "./_shared.ts";

type Context = RuleContext<"row" | "rows" | "request">;

export default defineRule({
  id: "orm-object-passed-to-task",
  title: "Model instance put into a queue",
  section: "background-jobs",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [672],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#task-arguments",
  messages: {
    row: "`{{value}}` is a `{{model}}`: the worker gets a copy of how it was now, or none because it cannot be serialized. Pass `{{key}}` and load it in the task.",
    rows: "`{{value}}` is a query of `{{model}}`: the worker gets a copy of its rows, or none. Pass the keys and load them in the task.",
    request:
      "`{{value}}` belongs to this request and cannot travel to a worker. Pass the values that the task needs.",
  },
  docs: {
    why: "What a task gets is serialized now and read seconds or hours later. A model instance does not survive JSON, and with pickle it survives too well: the task saves the row as it was when it was enqueued, over what others wrote since. Pass the primary key, and let the task load the row as it is then, or find that it is gone.",
    path: "shop/orders.py",
    bad: `from celery import shared_task
from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)


@shared_task
def send_receipt(order: Order) -> None:
    print(order.number)


def pay(number: str) -> None:
    order = Order.objects.get(number=number)
    send_receipt.delay(order)
`,
    good: `from celery import shared_task
from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)


@shared_task
def send_receipt(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    print(order.number)


def pay(number: str) -> None:
    order = Order.objects.get(number=number)
    send_receipt.delay(order.pk)
`,
    whenFine: "Where the queue runs in the same process and keeps the object, as with eager tasks in a test.",
    references: [
      "https://docs.celeryq.dev/en/stable/userguide/tasks.html#state",
      "https://python-rq.org/docs/#considerations-for-jobs",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      for (const value of enqueued(node, ctx)?.payload ?? []) judge(value, ctx);
    },
  },
});

function judge(node: Expr, ctx: Context): void {
  if (node.kind === "Starred") return;
  const text = ctx.text(node);
  if (isRequest(node, ctx)) {
    ctx.report(node, "request", { data: { value: text } });
    return;
  }
  const value = ormValue(node, ctx);
  if (value?.kind === "rows") ctx.report(node, "rows", { data: { value: text, model: value.model.label } });
  if (value?.kind !== "row") return;
  const key = keyOf(value.model);
  ctx.report(node, "row", {
    data: { value: text, model: value.model.label, key: `${text}.${key}` },
    fix: (edits) => {
      if (node.kind !== "Name" && node.kind !== "Attribute") return null;
      edits.insertAfter(node, `.${key}`);
      return `Pass \`${text}.${key}\``;
    },
  });
}

/** The attribute that holds the primary key. */
function keyOf(model: OrmModel): string {
  if (model.orm === "django") return "pk";
  return [...model.fields.values()].find((field) => field.primaryKey)?.name ?? "id";
}

function isRequest(node: Expr, ctx: Context): boolean {
  if (node.kind !== "Name" && node.kind !== "Attribute") return false;
  const type = ctx.model.typeOf(node) ?? "";
  return /^(?:django\.http\.HttpRequest|rest_framework\.request\.Request|(?:fastapi|starlette)\.(?:requests\.)?Request|flask\.Request)$/.test(
    type,
  );
}
