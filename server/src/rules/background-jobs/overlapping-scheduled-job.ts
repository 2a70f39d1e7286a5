/** Rule: a job that comes every few minutes, and that nothing keeps from meeting itself. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Dict, Expr } from "../../syntax/ast.ts";
import { argumentOf, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"overlaps">;

/** True where the module that schedules also speaks of a lock. */
const SPEAKS_OF_LOCK = defineModuleFact({
  id: "background-jobs.lock",
  compute: ({ tree: { text } }): boolean =>
    /\block|Lock\b|once\b|singleton|advisory|nx=True|cache\.add\(/i.test(text),
});

export default defineRule({
  id: "overlapping-scheduled-job",
  title: "Scheduled job that may meet itself",
  section: "background-jobs",
  level: "senior",
  severity: "information",
  confidence: "medium",
  cwe: [362],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#scheduled-jobs",
  messages: {
    overlaps:
      "`{{name}}` starts every {{period}}, whether or not the run before it is done: two at once do the work twice, and a backlog grows. Take a lock at its start, and let the message expire (`expires`).",
  },
  docs: {
    why: "Beat sends a message each minute and does not ask what became of the last. On the day on which a run takes two minutes, two run at once on the same rows, then three. A lock at the start makes the second one end at once, and an expiry drops the messages that nobody came to in time.",
    path: "shop/celery.py",
    bad: `from celery import Celery

app = Celery("shop")
app.conf.beat_schedule = {"sync": {"task": "shop.sync_stock", "schedule": 60.0}}
`,
    good: `from celery import Celery

app = Celery("shop")
app.conf.beat_schedule = {"sync": {"task": "shop.sync_stock", "schedule": 60.0, "options": {"expires": 50}}}
`,
    whenFine: "For a job that only looks, or that two may do at once.",
    references: [
      "https://docs.celeryq.dev/en/stable/tutorials/task-cookbook.html#ensuring-a-task-is-only-executed-one-at-a-time",
    ],
  },
  fix: "none",
  on: {
    Dict(node, ctx) {
      const task = entryOf(node, "task");
      const schedule = entryOf(node, "schedule");
      if (task === undefined || schedule === undefined) return;
      const seconds = periodOf(schedule, ctx);
      if (seconds === undefined || seconds > MAX_SECONDS || mentionsExpiry(node, ctx)) return;
      const name = literalString(task);
      if (
        name === undefined ||
        /ping|heartbeat|health|probe|metric|cleanup|flush/i.test(name) ||
        ctx.moduleFact(SPEAKS_OF_LOCK)
      )
        return;
      ctx.report(schedule, "overlaps", { data: { name, period: shown(seconds) } });
    },
  },
});

/** Rarer jobs are done before the next is due, as a rule. */
const MAX_SECONDS = 300;

function entryOf(dict: Dict, key: string): Expr | undefined {
  const at = dict.keys.findIndex((it) => literalString(it) === key);
  return at < 0 ? undefined : dict.values[at];
}

function mentionsExpiry(dict: Dict, ctx: Context): boolean {
  return /expires/.test(ctx.text(dict));
}

/** The seconds between two runs: a number, a `timedelta`, or a `crontab` by the minute. */
function periodOf(node: Expr, ctx: Context): number | undefined {
  const constant = ctx.model.constant(node);
  if (constant?.type === "int" || constant?.type === "float") return Number(constant.value);
  if (node.kind !== "Call") return undefined;
  const callee = ctx.model.callee(node) ?? "";
  if (callee === "datetime.timedelta") return timedelta(node, ctx);
  return /(?:^|\.)crontab$/.test(callee) ? crontab(node) : undefined;
}

function timedelta(call: Call, ctx: Context): number | undefined {
  let total = 0;
  for (const { arg, value } of call.keywords) {
    const constant = ctx.model.constant(value);
    const unit = { seconds: 1, minutes: 60, hours: 3600, days: 86400 }[arg ?? ""];
    if (unit === undefined || (constant?.type !== "int" && constant?.type !== "float")) return undefined;
    total += Number(constant.value) * unit;
  }
  return call.args.length > 0 ? undefined : total;
}

// `crontab()` is each minute, `crontab(minute="*/5")` every five.
function crontab(call: Call): number | undefined {
  const minute = argumentOf(call, "minute", 0);
  if (minute === undefined) return call.keywords.length === 0 ? 60 : undefined;
  const text = literalString(minute);
  if (text === "*") return 60;
  const step = /^\*\/(\d+)$/.exec(text ?? "")?.[1];
  return step === undefined ? undefined : Number(step) * 60;
}

function shown(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds === 60 ? "minute" : `${Math.round(seconds / 60)} minutes`;
}
