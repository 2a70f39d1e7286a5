/** Tasks retry safely and stop. */

import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { BACKEND_AUTOMATION_DATA } from "./_common.ts";
import { taskQueue, tasksOf } from "./_tasks.ts";

export default defineCheck({
  id: "task-retries-bounded",
  title: "Tasks retry safely and stop",
  why: "repeats do no harm",
  section: "background-jobs",
  level: "differentiator",
  roles: BACKEND_AUTOMATION_DATA,
  guide: "background-jobs#task-retries",
  actions: [{ kind: "snippet", prefix: "celery-task" }],
  judge(stack) {
    const orchestrator = stack.runtime("apache-airflow", "prefect", "dagster");
    const tasks = tasksOf(stack);
    if (taskQueue(stack) === undefined && orchestrator === undefined)
      return notApplicable("There is no queue of tasks.");
    if (tasks.length === 0 && orchestrator === undefined) return notApplicable("No tasks were found.");
    const calls = stack.calls(
      /^(?:celery\.(?:\w+\.)*(?:shared_task|task|Task\.retry|retry)|rq\.(?:\w+\.)*Retry|dramatiq\.(?:\w+\.)*actor|prefect\.(?:\w+\.)*(?:task|flow)|huey\.\w+|airflow\.\S+)$|(?:^|\.)retry$/,
    );
    const retrying = calls.filter(
      ({ name, keywords }) =>
        /retry$/i.test(name) ||
        ["autoretry_for", "max_retries", "retries", "retry_backoff", "retry_delay", "retry"].some(
          (key) => keywords[key] !== undefined,
        ),
    );
    const bounded = retrying.find(
      ({ keywords, unpacks, name }) =>
        unpacks ||
        name.startsWith("rq.") ||
        ["max_retries", "retries", "max", "countdown"].some((key) => keywords[key] !== undefined),
    );
    const limit =
      [
        "CELERY_TASK_TIME_LIMIT",
        "CELERYD_TASK_TIME_LIMIT",
        "CELERY_TASK_SOFT_TIME_LIMIT",
        "task_time_limit",
      ].flatMap((name) => stack.setting(name))[0] ??
      calls.find(({ keywords }) =>
        ["time_limit", "soft_time_limit", "timeout_seconds", "execution_timeout"].some(
          (key) => keywords[key] !== undefined,
        ),
      );
    const pickle = ["CELERY_TASK_SERIALIZER", "CELERY_ACCEPT_CONTENT"]
      .flatMap((name) => stack.setting(name))
      .find(({ value }) => JSON.stringify(value).includes("pickle"));
    return weigh([
      foundAt(
        retrying[0],
        `${retrying.length} of ${Math.max(tasks.length, retrying.length)} tasks are tried again`,
        "No task is tried again",
      ),
      ...(retrying.length === 0
        ? []
        : [foundAt(bounded, "Retries stop", "Retries have no limit of their own")]),
      foundAt(limit, "Tasks have a time limit", "Tasks have no time limit"),
      ...(pickle === undefined
        ? [found("Arguments travel as JSON")]
        : [lacks("Arguments travel as pickles", pickle)]),
    ]);
  },
});
