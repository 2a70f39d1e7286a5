/** Rule: a DAG whose start moves with the clock. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Expr, Node } from "../../syntax/ast.ts";
import { lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"moving">;

const NOW =
  /^datetime\.(?:datetime|date)\.(?:now|utcnow|today)$|^pendulum\.(?:now|today|yesterday|tomorrow)$|(?:^|\.)days_ago$|(?:^|\.)timezone\.utcnow$|^time\.time$/;

export default defineRule({
  id: "dag-dynamic-start-date",
  title: "DAG starts at a moving date",
  section: "data",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["AIR304"] },
  contexts: { offIn: ["test"] },
  guide: "data#airflow",
  messages: {
    moving:
      "`{{value}}` gives another start each time that the file is read, so that the first interval never ends and the DAG may never run. Write a fixed date, with `catchup=False`.",
  },
  docs: {
    why: "Airflow runs a DAG for an interval once that interval is over, counted from its start date. A start that moves with the clock keeps moving the first interval into the future: some schedules never fire, others shift by seconds with each read. A fixed date in the past with `catchup=False` starts with the next interval and stays where it is.",
    path: "dags/sales.py",
    bad: `from datetime import UTC, datetime

from airflow.sdk import DAG

with DAG("sales", schedule="@daily", start_date=datetime.now(UTC)):
    pass
`,
    good: `from datetime import UTC, datetime

from airflow.sdk import DAG

with DAG("sales", schedule="@daily", start_date=datetime(2026, 1, 1, tzinfo=UTC), catchup=False):
    pass
`,
    whenFine: "Where `schedule=None`: a DAG that is only started by hand has no intervals.",
    references: [
      "https://airflow.apache.org/docs/apache-airflow/stable/faq.html#what-s-the-deal-with-start-date",
    ],
  },
  fix: "none",
  on: {
    keyword(node, ctx) {
      if (node.arg === "start_date" && isForDag(node.parent, ctx)) judge(node.value, ctx);
    },
    Dict(node, ctx) {
      if (!ctx.model.importsPackage("airflow")) return;
      for (const [at, key] of node.keys.entries()) {
        const value = node.values[at];
        if (literalString(key) === "start_date" && value !== undefined) judge(value, ctx);
      }
    },
  },
});

function isForDag(node: Node | null, ctx: Context): boolean {
  if (node?.kind !== "Call" || !ctx.model.importsPackage("airflow")) return false;
  return /^(?:DAG|dag|\w*Operator|\w*Sensor)$/.test(lastName(node.func));
}

function judge(value: Expr, ctx: Context): void {
  // `datetime.now() - timedelta(days=1)` moves as well.
  const calls = value.kind === "BinOp" ? [value.left, value.right] : [value];
  for (const call of calls) {
    if (call.kind !== "Call" || !NOW.test(ctx.model.callee(call) ?? lastName(call.func))) continue;
    ctx.report(value, "moving", { data: { value: ctx.text(value) } });
    return;
  }
}
