/** Tasks that a worker runs. */

import type { FunctionFact } from "../stack/code/facts.ts";
import type { InFile, Stack } from "../stack/stack.ts";
import type { Dependency } from "../stack/types.ts";

const DECORATORS =
  /^(?:celery\.(?:\w+\.)*(?:shared_task|task)|(?:\w+\.)*(?:shared_task|db_task|periodic_task|db_periodic_task|actor)|dramatiq\.(?:\w+\.)*actor|huey\.(?:\w+\.)*\w*task|rq\.decorators\.job|procrastinate\.(?:\w+\.)*task|django\.tasks\.task)$|(?:^|\.)(?:shared_task|task)$/;

export function taskQueue(stack: Stack): Dependency | undefined {
  return stack.runtime(
    "celery",
    "rq",
    "django-rq",
    "dramatiq",
    "huey",
    "arq",
    "procrastinate",
    "taskiq",
    "django-q2",
    "django-tasks",
    "django-background-tasks",
    "apscheduler",
    "saq",
  );
}

export function tasksOf(stack: Stack): readonly InFile<FunctionFact>[] {
  return stack.functions().filter(({ decorators }) => decorators.some((name) => DECORATORS.test(name)));
}
