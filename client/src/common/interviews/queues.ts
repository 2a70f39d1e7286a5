/** The interview about work outside requests: task queues, schedulers, orchestrators. */

import type { Localizer } from "../tree/node.ts";
import type { Interview, Option, Question } from "./interview.ts";

export function queues(l10n: Localizer): Interview {
  return {
    title: l10n.t("Task queue"),
    guide: "background-jobs#choosing-a-job-tool",
    questions: [work(l10n), broker(l10n), needs(l10n)],
    options: options(l10n),
  };
}

function options(l10n: Localizer): readonly Option[] {
  return [
    {
      id: "rq",
      name: "RQ",
      strength: l10n.t("Simple jobs on Redis or Valkey, understood in an afternoon."),
      cost: l10n.t("One broker, few knobs: routing and work flows are beyond it."),
      guide: "background-jobs#rq-jobs",
    },
    {
      id: "celery",
      name: "Celery",
      strength: l10n.t("Several queues, retries, schedules and work flows, on RabbitMQ or Redis."),
      cost: l10n.t("Many settings, some with surprising defaults, and workers to watch."),
      guide: "background-jobs#celery-tasks",
    },
    {
      id: "django-tasks",
      name: "django.tasks",
      strength: l10n.t("Django's own interface to tasks, from version 6.0, with a backend of your choice."),
      cost: l10n.t("Django ships no backend for production: that is another package to choose."),
      guide: "django#django-tasks",
    },
    {
      id: "cron",
      name: l10n.t("cron or a systemd timer"),
      strength: l10n.t("One script at fixed times, with nothing else to run."),
      cost: l10n.t("No retries, no overlap guard and no history, unless the script has them."),
      guide: "background-jobs#scheduled-jobs",
    },
    {
      id: "airflow",
      name: "Airflow",
      strength: l10n.t("Dated runs with dependencies, backfill, and a view of what ran when."),
      cost: l10n.t(
        "Several services and a database to run; too slow and too heavy for work of single requests.",
      ),
      guide: "data#airflow",
    },
    {
      id: "prefect",
      name: "Prefect",
      strength: l10n.t("Flows in plain Python that may branch while they run."),
      cost: l10n.t("A server or its cloud to depend on; dated backfill is less at home here."),
      guide: "data#prefect",
    },
  ];
}

function work(l10n: Localizer): Question {
  return {
    text: l10n.t("What starts the work?"),
    answers: [
      {
        label: l10n.t("A request: mail, an upload, a webhook"),
        because: l10n.t("Work of single requests wants a queue that answers within moments."),
        weights: { rq: 2, celery: 2, "django-tasks": 2, airflow: -3, prefect: -1, cron: -3 },
      },
      {
        label: l10n.t("The clock, for one script"),
        because: l10n.t("One script at a fixed time needs no queue."),
        weights: { cron: 3, airflow: -1 },
      },
      {
        label: l10n.t("The clock, for steps that depend on each other"),
        because: l10n.t(
          "Steps that depend on each other, with runs of past dates to repeat, are what orchestrators do.",
        ),
        weights: { airflow: 3, prefect: 3, celery: -1, rq: -2 },
      },
    ],
  };
}

function broker(l10n: Localizer): Question {
  return {
    text: l10n.t("What runs already?"),
    answers: [
      {
        label: l10n.t("Redis or Valkey"),
        because: l10n.t("Redis is there already: a queue on it adds workers and nothing else."),
        weights: { rq: 2, celery: 1 },
      },
      {
        label: l10n.t("RabbitMQ"),
        because: l10n.t("RabbitMQ keeps messages safely and routes them, which Celery makes use of."),
        weights: { celery: 3, rq: -3 },
      },
      {
        label: l10n.t("Django and its database"),
        because: l10n.t(
          "With a backend in the database there is no broker to run, and jobs commit with the data.",
        ),
        weights: { "django-tasks": 3 },
      },
      {
        label: l10n.t("None of these"),
        because: l10n.t("Every broker is one more service to run and to watch."),
        weights: { cron: 1, prefect: 1 },
      },
    ],
  };
}

function needs(l10n: Localizer): Question {
  return {
    text: l10n.t("What does the work need most?"),
    answers: [
      {
        label: l10n.t("To be simple"),
        because: l10n.t("The simplest tool that fits is understood at three in the morning."),
        weights: { rq: 2, cron: 1, "django-tasks": 1, celery: -1, airflow: -1 },
      },
      {
        label: l10n.t("Several queues, priorities, schedules, chains"),
        because: l10n.t("Several queues, priorities and chains of tasks are where Celery is at home."),
        weights: { celery: 3, rq: -1, "django-tasks": -1 },
      },
      {
        label: l10n.t("History, backfill, a view for others"),
        because: l10n.t("Who has to answer what ran when needs history and a view of it."),
        weights: { airflow: 2, prefect: 2 },
      },
    ],
  };
}
