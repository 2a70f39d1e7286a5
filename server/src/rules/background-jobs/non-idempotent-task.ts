/** Rule: a task that is tried again and does a second time what must be done once. */

import { ormWrite } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { TASKS, type Task, taskOf, taskOption } from "../../frameworks/tasks.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { isFalse, isTrue, keywordOf } from "../../syntax/calls.ts";
import { callsIn } from "./_shared.ts";

type Context = RuleContext<"repeated" | "redelivered">;

export default defineRule({
  id: "non-idempotent-task",
  title: "Retried task repeats its effects",
  section: "background-jobs",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [837],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#idempotent-tasks",
  messages: {
    repeated:
      "`{{task}}` is tried again when `{{later}}` fails, and then {{effect}} a second time. Check first whether it is done, use a key that the other side knows, or make it a task of its own.",
    redelivered:
      "`{{task}}` acknowledges late: when its worker dies it runs again from the start, and {{effect}} a second time. Check first whether it is done.",
  },
  docs: {
    why: "Queues deliver at least once. A task that is retried starts from the top: what it did before it failed, it does again. The customer gets two mails, the ledger two entries, the card two charges. Make each effect one that can be repeated: an upsert under a natural key, an idempotency key for the payment, a column that says that the mail is out, set in the same transaction.",
    path: "shop/tasks.py",
    bad: `import requests
from celery import shared_task
from django.db import models


class Payment(models.Model):
    order_id = models.IntegerField()


@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True, time_limit=60)
def settle(order_id: int) -> None:
    Payment.objects.create(order_id=order_id)
    requests.put(f"https://ledger.example.com/{order_id}", timeout=10).raise_for_status()
`,
    good: `import requests
from celery import shared_task
from django.db import models


class Payment(models.Model):
    order_id = models.IntegerField(unique=True)


@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True, time_limit=60)
def settle(order_id: int) -> None:
    Payment.objects.get_or_create(order_id=order_id)
    requests.put(f"https://ledger.example.com/{order_id}", timeout=10).raise_for_status()
`,
    whenFine: "Where doing it twice does no harm: a line in a log, a notification that may come again.",
    references: ["https://docs.celeryq.dev/en/stable/userguide/tasks.html#tasks"],
  },
  fix: "none",
  on: {
    FunctionDef: judge,
    AsyncFunctionDef: judge,
  },
});

/** Names in a task that speak of something which is done once only. */
const GUARD =
  /lock|idempot|dedup|get_or_create|update_or_create|select_for_update|already|_sent|sent_|processed|handled|exists|setnx|nx=True|on_conflict|ignore_conflicts|IntegrityError|cache\.add|atomic|\bstatus\b/i;

function judge(node: FunctionNode, ctx: Context): void {
  const task = taskOf(node, ctx.model);
  if (task === undefined || task.framework === "prefect") return;
  const acksLate = isLate(task, ctx);
  if (!acksLate && !isRetried(task, node)) return;
  const calls = callsIn(node);
  const first = calls.find((call) => effectOf(call, ctx) !== undefined);
  if (first === undefined || GUARD.test(ctx.text(node).replace(/"""[\s\S]*?"""/g, ""))) return;
  const effect = effectOf(first, ctx) as string;
  const later = calls.slice(calls.indexOf(first) + 1).find((call) => mayFail(call, ctx));
  if (later !== undefined) {
    ctx.report(first, "repeated", { data: { task: node.name, effect, later: shown(later, ctx) } });
  } else if (acksLate) {
    ctx.report(first, "redelivered", { data: { task: node.name, effect } });
  }
}

function isLate(task: Task, ctx: Context): boolean {
  if (task.framework !== "celery") return false;
  const option = taskOption(task, "acks_late");
  return (
    isTrue(option) ||
    (option === undefined && ctx.projectFact(TASKS).hasSetting("task_acks_late") && !isFalse(option))
  );
}

function isRetried(task: Task, fn: FunctionNode): boolean {
  if (task.framework === "dramatiq") return !isZero(taskOption(task, "max_retries"));
  if (["autoretry_for", "retries", "retry"].some((name) => taskOption(task, name) !== undefined)) return true;
  return contains(
    fn,
    (node) => node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === "retry",
  );
}

function isZero(node: Node | undefined): boolean {
  return node?.kind === "Constant" && node.value === 0;
}

/** What a call does that must not be done twice, as it stands in the message. */
function effectOf(call: Call, ctx: Context): string | undefined {
  const callee = ctx.model.callee(call) ?? "";
  if (/^django\.core\.mail\.send_(?:mass_)?mail$|^smtplib\.SMTP(?:_SSL)?\.send/.test(callee))
    return "sends the mail";
  if (/^stripe\.(?:Charge|PaymentIntent|Refund|Transfer|Payout)\.create$/.test(callee)) {
    return keywordOf(call, "idempotency_key") === undefined ? "moves the money" : undefined;
  }
  if (
    /^(?:requests|httpx|httpx2)\.post$/.test(callee) &&
    /charge|\bpay|payment|refund|transfer|payout/i.test(ctx.text(call))
  ) {
    return "posts the payment";
  }
  const write = ormWrite(call, ctx);
  return write?.kind === "create" ? `creates the \`${write.model.label}\`` : undefined;
}

function mayFail(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call) ?? "";
  return BLOCKING_CALLS.get(callee)?.waitsFor === "network" || effectOf(call, ctx) !== undefined;
}

function shown(call: Call, ctx: Context): string {
  return ctx.text(call.func).replace(/\s+/g, " ");
}
