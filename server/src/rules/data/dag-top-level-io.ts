/** Rule: a DAG file that asks other systems each time the scheduler reads it. */

import { isEntryGuard } from "../../engine/contexts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, FunctionNode, Module } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"atParse">;

export default defineRule({
  id: "dag-top-level-io",
  title: "DAG file asks other systems when it is read",
  section: "data",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [1050],
  equivalents: { ruff: ["AIR003"] },
  retires: { atParse: { ruff: ["AIR003"] } },
  contexts: { offIn: ["test"] },
  guide: "data#airflow",
  messages: {
    atParse:
      "`{{call}}` runs each time that the scheduler reads this file, every few seconds, on every machine, and when it fails the DAG is gone. Move it into a task.",
  },
  docs: {
    why: "A DAG file is a program that describes work. Airflow runs it every 30 seconds or so to learn what there is to do, on the scheduler and on each worker, whether or not a run is due. A query on its top level is asked thousands of times a day; when the system behind it is slow, all DAGs are late; when it is down, the file does not import and the DAG vanishes.",
    path: "dags/sales.py",
    bad: `import pendulum
import requests
from airflow.sdk import dag, task

countries = requests.get("https://api.example.com/countries", timeout=10).json()


@dag(schedule="@daily", start_date=pendulum.datetime(2026, 1, 1, tz="UTC"), catchup=False)
def sales():
    @task
    def load(country: str) -> None:
        print(country)

    load.expand(country=countries)


sales()
`,
    good: `import pendulum
import requests
from airflow.sdk import dag, task


@dag(schedule="@daily", start_date=pendulum.datetime(2026, 1, 1, tz="UTC"), catchup=False)
def sales():
    @task
    def countries() -> list[str]:
        response = requests.get("https://api.example.com/countries", timeout=10)
        response.raise_for_status()
        return response.json()

    @task
    def load(country: str) -> None:
        print(country)

    load.expand(country=countries())


sales()
`,
    whenFine: "For a small file beside the DAG that describes it.",
    references: [
      "https://airflow.apache.org/docs/apache-airflow/stable/best-practices.html#top-level-python-code",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (!ctx.model.importsPackage("airflow") && !ctx.model.importsPackage("prefect")) return;
      if (!asksOutside(node, ctx) || !runsAtParse(node, ctx)) return;
      if (!ctx.moduleFact(DECLARES_DAG)) return;
      ctx.report(node, "atParse", { data: { call: ctx.text(node.func) } });
    },
  },
});

const DECLARES_DAG = {
  id: "data.declares-dag",
  compute(model: RuleContext["model"]): boolean {
    return /\bDAG\(|@(?:\w+\.)?(?:dag|flow)\b/.test(model.tree.text);
  },
};

const READS =
  /^airflow\.(?:\w+\.)*(?:Variable\.get|Connection\.get\w*|BaseHook\.get_connection)$|^(?:pandas|polars)\.read_(?:csv|sql\w*|excel|parquet|database|json)$|^boto3\.\w+\.\w+|^(?:psycopg2?|pymysql|snowflake\.connector)\.connect$/;

function asksOutside(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call);
  if (callee === undefined) return false;
  if (READS.test(callee)) return true;
  const known = BLOCKING_CALLS.get(callee)?.waitsFor;
  return known === "network" || known === "database" || known === "process";
}

/** True on module level, in the block of a DAG, and in a function that declares one: its body runs at once. */
function runsAtParse(call: Call, ctx: Context): boolean {
  const fn = ctx.model.enclosingFunction(call);
  if (fn !== undefined) return declaresDag(fn);
  return ![...holders(call)].some(
    (holder) => holder.kind === "Lambda" || (holder.kind === "If" && isEntryGuard(holder)),
  );
}

function declaresDag(fn: FunctionNode | Module): boolean {
  if (fn.kind === "Module") return true;
  return fn.decorator_list.some((it) => lastName(it.kind === "Call" ? it.func : it) === "dag");
}
