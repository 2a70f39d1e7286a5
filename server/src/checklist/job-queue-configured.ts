/** Slow work runs outside requests. */

import { defineCheck, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { hasRoutes, WEB } from "./_common.ts";
import { outgoingCalls } from "./_outgoing.ts";
import { taskQueue, tasksOf } from "./_tasks.ts";

const SLOW =
  /^(?:django\.core\.mail\.(?:send_mail|EmailMessage|EmailMultiAlternatives|mail_admins)|smtplib\.|flask_mail\.|pandas\.|weasyprint\.|reportlab\.)/;

export default defineCheck({
  id: "job-queue-configured",
  title: "Slow work runs outside requests",
  why: "users do not wait",
  section: "background-jobs",
  level: "differentiator",
  roles: WEB,
  guide: "background-jobs#when-to-queue",
  actions: [
    { kind: "snippet", prefix: "celery-app" },
    { kind: "snippet", prefix: "rq-enqueue" },
  ],
  judge(stack) {
    const queue = taskQueue(stack);
    if (queue === undefined) {
      if (!hasRoutes(stack)) return notApplicable("There are no requests that could wait.");
      const handlers = new Set(stack.routes().map(({ path, handler }) => `${path} ${handler}`));
      const slow = [...stack.calls(SLOW), ...outgoingCalls(stack)].filter(({ path, within }) =>
        handlers.has(`${path} ${within}`),
      );
      if (slow.length === 0) return notApplicable("No slow work was seen in handlers.");
      return weigh(
        slow.slice(0, 4).map((one) => lacks(`${one.within} does slow work while its caller waits`, one)),
      );
    }
    const tasks = tasksOf(stack);
    const called = stack.calls(
      /(?:^|\.)(?:delay|apply_async|enqueue|enqueue_in|send|send_task|defer|schedule|add_job)$/,
    )[0];
    const worker = stack.services.find(({ command, name }) =>
      /celery|rq ?worker|rqworker|dramatiq|huey|arq|procrastinate|worker/i.test(`${command} ${name}`),
    );
    const script = stack.texts.flatMap(({ path, lines }) => {
      if (lines === null || !/Procfile|\.sh$|\.conf$|\.service$|Makefile|justfile/i.test(path)) return [];
      const line = lines.findIndex((text) =>
        /\bcelery\b.*\bworker\b|\brq worker\b|\brqworker\b|\bdramatiq\b|\brun_huey\b|\bprocrastinate\b.*worker|qcluster|^worker:/.test(
          text,
        ),
      );
      return line === -1 ? [] : [{ path, line: line + 1 }];
    })[0];
    return weigh([
      foundAt(
        tasks[0] ?? queue,
        tasks.length === 0 ? `${queue.name} is a dependency` : `${tasks.length} tasks`,
        "",
      ),
      foundAt(called, "Work is handed to the queue", "Nothing hands work to the queue"),
      foundAt(worker ?? script, "A worker runs beside the application", "No worker process is declared"),
    ]);
  },
});
