/** Rule: a task that waits for another system, and that nothing ever stops. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { hasHiddenOptions, TASKS, taskOf, taskOption } from "../../frameworks/tasks.ts";
import type { FunctionNode } from "../../syntax/ast.ts";
import { outsideCall } from "./_shared.ts";

type Context = RuleContext<"noLimit">;

export default defineRule({
  id: "task-without-time-limit",
  title: "Task without a time limit",
  section: "background-jobs",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  flagship: true,
  cwe: [400],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#celery-tasks",
  messages: {
    noLimit:
      "`{{task}}` waits in `{{call}}`, and Celery stops no task by itself: one that hangs holds its worker for good. Give it a `soft_time_limit` and a `time_limit`, or set both for all tasks.",
  },
  docs: {
    why: "A worker runs a handful of tasks at a time. When the system that a task talks to stops answering, the task waits; so does the next one, and after a few minutes all workers wait and the queue grows, for mails and payments alike. A time limit ends the task and gives the worker back. The soft limit raises an exception that the task can clean up after, the hard one kills it.",
    path: "shop/tasks.py",
    bad: `import requests
from celery import shared_task


@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True)
def fetch_rates() -> None:
    requests.get("https://rates.example.com/today", timeout=10).raise_for_status()
`,
    good: `import requests
from celery import shared_task


@shared_task(soft_time_limit=60, time_limit=90, autoretry_for=(requests.RequestException,), retry_backoff=True)
def fetch_rates() -> None:
    requests.get("https://rates.example.com/today", timeout=10).raise_for_status()
`,
    whenFine:
      "Where the worker's command line sets the limits (`--time-limit`), which the code does not show.",
    references: [
      "https://docs.celeryq.dev/en/stable/userguide/workers.html#time-limits",
      "https://docs.celeryq.dev/en/stable/userguide/configuration.html#task-time-limit",
    ],
  },
  fix: "unsafe",
  on: {
    FunctionDef: judge,
    AsyncFunctionDef: judge,
  },
});

function judge(node: FunctionNode, ctx: Context): void {
  const task = taskOf(node, ctx.model);
  if (task?.framework !== "celery" || hasHiddenOptions(task)) return;
  if (taskOption(task, "time_limit") !== undefined || taskOption(task, "soft_time_limit") !== undefined)
    return;
  const call = outsideCall(node, ctx);
  if (call === undefined) return;
  const project = ctx.projectFact(TASKS);
  if (!project.complete) return;
  if (["task_time_limit", "task_soft_time_limit", "task_annotations"].some(project.hasSetting)) return;
  ctx.report(task.decorator, "noLimit", {
    data: { task: node.name, call: ctx.text(call.func) },
    fix: (edits) => {
      const { decorator } = task;
      if (decorator.kind !== "Call") edits.insertAfter(decorator, "(soft_time_limit=240, time_limit=300)");
      else if (decorator.args.length + decorator.keywords.length === 0) {
        edits.replace(decorator, `${ctx.text(decorator.func)}(soft_time_limit=240, time_limit=300)`);
      } else {
        const last = [...decorator.args, ...decorator.keywords].at(-1);
        if (last === undefined) return null;
        edits.insertAfter(last, ", soft_time_limit=240, time_limit=300");
      }
      return "Limit it to five minutes";
    },
  });
}
