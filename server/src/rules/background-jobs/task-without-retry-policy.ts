/** Rule: a task that fails for good at the first hiccup of another system, or is tried for ever. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders } from "../../engine/search.ts";
import { hasHiddenOptions, type Task, taskOf, taskOption } from "../../frameworks/tasks.ts";
import type { FunctionNode, Node } from "../../syntax/ast.ts";
import { isNone } from "../../syntax/calls.ts";
import { nameSpan } from "../../syntax/tree.ts";
import { outsideCall } from "./_shared.ts";

type Context = RuleContext<"noRetry" | "unlimited">;

export default defineRule({
  id: "task-without-retry-policy",
  title: "Task without a retry policy",
  section: "background-jobs",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  cwe: [754],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#task-retries",
  messages: {
    noRetry:
      "When `{{call}}` fails once, `{{task}}` has failed for good: nothing tries it again. Name the errors that pass (`autoretry_for`) with `retry_backoff=True`.",
    unlimited:
      "`max_retries=None` tries `{{task}}` for ever: a message that cannot succeed never leaves the queue. Set a number.",
  },
  docs: {
    why: "Networks fail for seconds at a time, and a task is the one place that can wait: nobody looks at a spinner. Without a retry policy a restart of the mail server loses every mail that was due then. With one that has no end, a message that can never succeed comes back for ever and takes the place of others. So: name the errors that pass, wait longer each time with some jitter, and give up after a few attempts.",
    path: "shop/tasks.py",
    bad: `import requests
from celery import shared_task


@shared_task(time_limit=60)
def publish(number: str) -> None:
    requests.put(f"https://search.example.com/{number}", timeout=10).raise_for_status()
`,
    good: `import requests
from celery import shared_task


@shared_task(
    time_limit=60,
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def publish(number: str) -> None:
    requests.put(f"https://search.example.com/{number}", timeout=10).raise_for_status()
`,
    whenFine:
      "Where the task must not run twice, or the next scheduled run makes up for the one that failed.",
    references: [
      "https://docs.celeryq.dev/en/stable/userguide/tasks.html#automatic-retry-for-known-exceptions",
    ],
  },
  fix: "none",
  on: {
    FunctionDef: judge,
    AsyncFunctionDef: judge,
  },
});

/** Queues that try nothing again by themselves. */
const NO_DEFAULT: ReadonlySet<Task["framework"]> = new Set(["celery", "huey", "rq"]);
const POLICIES = [
  "autoretry_for",
  "retry_backoff",
  "max_retries",
  "retry_kwargs",
  "retries",
  "retry",
  "throws",
];

function judge(node: FunctionNode, ctx: Context): void {
  const task = taskOf(node, ctx.model);
  if (task === undefined || hasHiddenOptions(task)) return;
  const limit = taskOption(task, "max_retries");
  if (isNone(limit)) {
    ctx.report(limit as Node, "unlimited", { data: { task: node.name } });
    return;
  }
  if (!NO_DEFAULT.has(task.framework) || POLICIES.some((name) => taskOption(task, name) !== undefined))
    return;
  const call = outsideCall(node, ctx);
  if (call === undefined || retriesItself(node)) return;
  // A failure that is caught does not fail the task.
  if ([...holders(call)].some((holder) => holder.kind === "Try" && holder.handlers.length > 0)) return;
  ctx.report(nameSpan(node), "noRetry", { data: { task: node.name, call: ctx.text(call.func) } });
}

/** `self.retry(…)`, or a library that tries again inside. */
function retriesItself(fn: FunctionNode): boolean {
  return (
    contains(fn, (node) => node.kind === "Attribute" && /^retry/i.test(node.attr)) ||
    contains(fn, (node) => node.kind === "Name" && /retry|tenacity|backoff/i.test(node.id)) ||
    fn.decorator_list.some(
      (it) => it.kind === "Call" && it.func.kind === "Name" && /retry|on_exception/.test(it.func.id),
    )
  );
}
