/** Rule: a task that is put into the queue while its row is still in an open transaction. */

import type { SourceEdits } from "../../engine/edits.ts";
import { ormWrite } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { transactionAround } from "../../frameworks/transactions.ts";
import type { Call, Node } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";
import { callsIn, enqueued } from "./_shared.ts";

type Context = RuleContext<"inTransaction" | "beforeCommit">;

export default defineRule({
  id: "task-enqueued-before-commit",
  title: "Task enqueued before its data is committed",
  section: "background-jobs",
  level: "senior",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [362],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#enqueue-after-commit",
  messages: {
    inTransaction:
      "`{{task}}` is enqueued inside the transaction that writes its data: a fast worker does not find the row yet, and after a rollback it works on one that never was. Enqueue it with `transaction.on_commit`.",
    beforeCommit:
      "`{{task}}` is enqueued before the session commits: a fast worker does not find the row yet. Move the call behind `commit()`.",
  },
  docs: {
    why: "A worker takes a message within milliseconds, and looks for the row in its own transaction. While yours is open it finds nothing, and the task fails with DoesNotExist, now and then and only under load. If your transaction rolls back, the mail about the order goes out although there is no order. Hand the task over once the commit is through.",
    path: "shop/orders.py",
    bad: `from celery import shared_task
from django.db import models, transaction


class Order(models.Model):
    number = models.CharField(max_length=20)


@shared_task
def send_receipt(order_id: int) -> None:
    print(Order.objects.get(pk=order_id).number)


def place(number: str) -> None:
    with transaction.atomic():
        order = Order.objects.create(number=number)
        send_receipt.delay(order.pk)
`,
    good: `from functools import partial

from celery import shared_task
from django.db import models, transaction


class Order(models.Model):
    number = models.CharField(max_length=20)


@shared_task
def send_receipt(order_id: int) -> None:
    print(Order.objects.get(pk=order_id).number)


def place(number: str) -> None:
    with transaction.atomic():
        order = Order.objects.create(number=number)
        transaction.on_commit(partial(send_receipt.delay, order.pk))
`,
    whenFine:
      "Where the queue is a table in the same database and commits with the rest, or the task needs nothing that was written.",
    references: [
      "https://docs.djangoproject.com/en/stable/topics/db/transactions/#performing-actions-after-commit",
      "https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html#trigger-tasks-at-the-end-of-the-database-transaction",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      const job = enqueued(node, ctx);
      if (job === undefined) return;
      const data = { task: ctx.text(job.task) };
      const transaction = transactionAround(node, ctx.model);
      if (transaction !== undefined && writesBefore(transaction.node, node, ctx)) {
        const isDjango = transaction.kind === "atomic" && ctx.model.importsPackage("django");
        ctx.report(node.func, "inTransaction", { data, ...(isDjango ? { fix: onCommit(node, ctx) } : {}) });
      } else if (transaction === undefined && isBeforeCommit(node, ctx)) {
        ctx.report(node.func, "beforeCommit", { data });
      }
    },
  },
});

/** True where something is written between the start of a transaction and a call. */
function writesBefore(transaction: Node, call: Call, ctx: Context): boolean {
  const { start } = spanOf(call);
  return callsIn(transaction).some((other) => {
    if (other === call || spanOf(other).start >= start || other.func.kind !== "Attribute") return false;
    // A form or serializer saves a row of a model that need not be known.
    if (other.func.attr === "save" || other.func.attr === "flush") return true;
    return ormWrite(other, ctx) !== undefined;
  });
}

/** True where a session gets a row before the call, and commits after it. */
function isBeforeCommit(call: Call, ctx: Context): boolean {
  const fn = ctx.model.enclosingFunction(call);
  if (fn === undefined) return false;
  const { start } = spanOf(call);
  let pending = false;
  for (const other of callsIn(fn)) {
    if (other.func.kind !== "Attribute") continue;
    const isBefore = spanOf(other).start < start;
    if (other.func.attr === "commit") {
      if (!isBefore) return pending;
      pending = false;
    } else if (isBefore && ormWrite(other, ctx)?.model.orm === "sqlalchemy") pending = true;
  }
  return false;
}

/** Wraps the call: `transaction.on_commit(partial(task.delay, …))`, which keeps the arguments as they are now. */
function onCommit(call: Call, ctx: Context) {
  return (edits: SourceEdits): string | null => {
    if (call.parent?.kind !== "Expr") return null;
    const transaction = edits.ensureImport("django.db", "transaction");
    const partial = edits.ensureImport("functools", "partial");
    const close = spanOf(call).end;
    const open = edits.source.slice(spanOf(call.func).end, close - 1);
    const given = open.replace(/^\s*\(/, "");
    const wrapped = `${transaction}.on_commit(${partial}(${ctx.text(call.func)}${given.trim() === "" ? "" : `, ${given}`}))`;
    edits.replace(call, wrapped);
    return "Enqueue it after the commit";
  };
}
