/** Schedules live in code. */

import { defineCheck, found, notApplicable, weigh } from "../engine/check.ts";
import { atFile, UNATTENDED } from "./_common.ts";

export default defineCheck({
  id: "schedule-declared",
  title: "Schedules live in code",
  why: "nothing depends on memory",
  section: "background-jobs",
  level: "must-have",
  roles: UNATTENDED,
  guide: "background-jobs#scheduled-jobs",
  actions: [
    { kind: "snippet", prefix: "airflow-dag" },
    { kind: "snippet", prefix: "prefect-flow" },
    { kind: "snippet", prefix: "yaml-gha-schedule" },
  ],
  judge(stack) {
    const beat = ["CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE", "BEAT_SCHEDULE", "Q_CLUSTER"].flatMap(
      (name) => stack.setting(name),
    )[0];
    const call = stack.calls(
      /^(?:airflow\.(?:\w+\.)*DAG|airflow\.(?:\w+\.)*dag|apscheduler\.\S+|schedule\.every|huey\.(?:\w+\.)*crontab|celery\.schedules\.\w+|rocketry\.\S+)$|(?:^|\.)(?:add_periodic_task|add_job|periodic_task|db_periodic_task)$/,
    )[0];
    const workflow = stack.pipelines.find(
      ({ triggers, steps }) =>
        triggers.includes("schedule") && steps.some(({ text }) => /\bpython|\buv run\b/.test(text)),
    );
    const file = atFile(
      stack.files.find(
        /(?:^|\/)(?:crontab[\w.-]*|[\w.-]+\.timer|[\w.-]*cron[\w.-]*\.(?:ya?ml|txt)|prefect\.ya?ml|schedule\.ya?ml)$/,
      )[0],
    );
    const place = beat ?? call ?? atFile(workflow) ?? file;
    if (place === undefined) return notApplicable("Nothing here runs by the clock.");
    return weigh([found("What runs by the clock is written down", place)]);
  },
});
