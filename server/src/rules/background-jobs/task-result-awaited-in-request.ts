/** Rule: a request, or another task, that waits for the result of a task. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { answersRequests } from "../../frameworks/entry.ts";
import { taskOf } from "../../frameworks/tasks.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { enqueued } from "./_shared.ts";

type Context = RuleContext<"inHandler" | "inTask">;

const WAITS: ReadonlySet<string> = new Set(["get", "wait", "join", "get_result", "result"]);

export default defineRule({
  id: "task-result-awaited-in-request",
  title: "Request waits for the result of a task",
  section: "background-jobs",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [833],
  equivalents: {},
  contexts: { offIn: ["test", "script"] },
  guide: "background-jobs#job-status",
  messages: {
    inHandler:
      "`{{call}}()` holds this request until a worker is done, and for ever when none is running. Answer with the job's id at once, and let the client ask for its state.",
    inTask:
      "`{{call}}()` makes a task wait for another: with all workers waiting, none is left to run what they wait for. Chain the tasks instead.",
  },
  docs: {
    why: "A queue decouples: the request ends, the work goes on. Waiting for the result undoes that and adds the queue's delay on top. When the workers are busy or down, every web process ends up waiting and the site stands still. A task that waits for a task is worse: as soon as as many wait as there are workers, nothing moves ever again.",
    path: "shop/api.py",
    bad: `from celery import shared_task
from fastapi import FastAPI

app = FastAPI()


@shared_task
def render_report(year: int) -> str:
    return str(year)


@app.post("/reports/{year}")
def report(year: int) -> dict[str, str]:
    return {"report": render_report.delay(year).get()}
`,
    good: `from celery import shared_task
from fastapi import FastAPI

app = FastAPI()


@shared_task
def render_report(year: int) -> str:
    return str(year)


@app.post("/reports/{year}", status_code=202)
def report(year: int) -> dict[str, str]:
    return {"job": render_report.delay(year).id}
`,
    whenFine: "In a command or a script, where somebody waits at the terminal anyway.",
    references: [
      "https://docs.celeryq.dev/en/stable/userguide/tasks.html#avoid-launching-synchronous-subtasks",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || !WAITS.has(node.func.attr)) return;
      if (!isTaskResult(node.func.value, ctx)) return;
      const fn = ctx.model.enclosingFunction(node);
      if (fn === undefined) return;
      const data = { call: ctx.text(node.func).replace(/\s+/g, " ") };
      if (taskOf(fn, ctx.model) !== undefined) ctx.report(node, "inTask", { data });
      else if (answersRequests(fn, ctx.model)) ctx.report(node, "inHandler", { data });
    },
  },
});

/** What `delay()` gives, at once or through a name, or a result that is looked up by its id. */
function isTaskResult(node: Expr, ctx: Context): boolean {
  const value = node.kind === "Name" ? assignedValue(node, ctx.model) : node;
  if (value?.kind !== "Call") return false;
  if (/^celery\.(?:\w+\.)*(?:Async|Group)Result$/.test(ctx.model.callee(value) ?? "")) return true;
  if (lastName(value.func) === "AsyncResult") return true;
  return enqueued(value as Call, ctx)?.framework === "celery";
}
