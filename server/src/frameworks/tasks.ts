/** The task view: functions that workers run, their options, and the calls that put them into a queue. */

import type { SemanticModel } from "../semantic/model.ts";
import { defineProjectFact } from "../semantic/project.ts";
import type { Call, Expr, FunctionNode } from "../syntax/ast.ts";
import { argumentOf, lastName } from "../syntax/calls.ts";
import { createNameIndex } from "./names.ts";

export type TaskFramework = "celery" | "rq" | "dramatiq" | "huey" | "arq" | "django" | "prefect";

/** A function that a worker runs. */
export interface Task {
  readonly framework: TaskFramework;
  /** The decorator; its arguments are the task's options. */
  readonly decorator: Expr;
}

const DECORATORS: readonly (readonly [RegExp, TaskFramework])[] = [
  [/^celery\.(?:\w+\.)*shared_task$|^celery\.(?:\w+\.)*(?:Celery\.)?task$/, "celery"],
  [/^dramatiq\.actor$/, "dramatiq"],
  [/^huey\.(?:\w+\.)*(?:db_)?(?:periodic_)?task$/, "huey"],
  [/^(?:django_rq|rq\.decorators)\.job$/, "rq"],
  [/^django\.tasks\.task$/, "django"],
  [/^prefect\.(?:\w+\.)*task$/, "prefect"],
];

/** What a function is as a task, by its decorators; undefined for every other function. */
export function taskOf(fn: FunctionNode, model: SemanticModel): Task | undefined {
  for (const decorator of fn.decorator_list) {
    const framework = frameworkOf(decorator, model);
    if (framework !== undefined) return { framework, decorator };
  }
  return undefined;
}

function frameworkOf(decorator: Expr, model: SemanticModel): TaskFramework | undefined {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  const name = model.qualifiedName(callee) ?? "";
  const known = DECORATORS.find(([pattern]) => pattern.test(name))?.[1];
  if (known !== undefined) return known;
  if (callee.kind !== "Attribute") return undefined;
  // `@app.task` of an application that another module makes.
  const owner = lastName(callee.value);
  if (/^(?:task|periodic_task)$/.test(callee.attr) && /^(?:\w+_)?(?:celery|app|celery_app)$/i.test(owner)) {
    return model.importsPackage("huey") ? "huey" : "celery";
  }
  if (/^(?:db_)?(?:periodic_)?task$/.test(callee.attr) && /^huey$/i.test(owner)) return "huey";
  if (callee.attr === "actor" && /^broker|dramatiq$/.test(owner)) return "dramatiq";
  return undefined;
}

/** An option that the decorator of a task gives; undefined where it gives none. */
export function taskOption(task: Task, name: string): Expr | undefined {
  return task.decorator.kind === "Call" ? argumentOf(task.decorator, name) : undefined;
}

/** True where options come from a place that cannot be seen: `**options`, or a base class of tasks. */
export function hasHiddenOptions(task: Task): boolean {
  if (task.decorator.kind !== "Call") return false;
  return task.decorator.keywords.some(({ arg }) => arg === null || arg === "base");
}

/** A call that puts a task into a queue. */
export interface Enqueue {
  readonly call: Call;
  /** The task as it is written: `send_receipt`. */
  readonly task: Expr;
  readonly framework: TaskFramework;
  /** The arguments that travel. */
  readonly payload: readonly Expr[];
}

/** What a call puts into a queue, or undefined. `isTask` says which qualified names are tasks of the project. */
export function enqueueOf(
  call: Call,
  model: SemanticModel,
  isTask: (name: string) => boolean,
): Enqueue | undefined {
  if (call.func.kind !== "Attribute") return undefined;
  const { attr, value } = call.func;
  const keywords = call.keywords.map((keyword) => keyword.value);
  if (attr === "apply_async") return { call, task: value, framework: "celery", payload: applied(call) };
  if (attr === "delay" || attr === "send" || attr === "adelay") {
    if (!isTask(model.qualifiedName(value) ?? "")) return undefined;
    const framework = attr === "send" ? "dramatiq" : "celery";
    return { call, task: value, framework, payload: [...call.args, ...keywords] };
  }
  const [task, ...rest] = call.args;
  if (
    attr === "enqueue" &&
    task !== undefined &&
    /^(?:rq\.|django_rq\.)/.test(model.callee(call) ?? ownQueue(value, model))
  ) {
    return { call, task, framework: "rq", payload: [...rest, ...keywords] };
  }
  if (attr === "enqueue_job" && task !== undefined)
    return { call, task, framework: "arq", payload: [...rest, ...keywords] };
  return undefined;
}

/** `django_rq.get_queue("mail").enqueue(…)` and `queue.enqueue(…)` in a module that imports rq. */
function ownQueue(value: Expr, model: SemanticModel): string {
  if (!model.importsPackage("rq") && !model.importsPackage("django_rq")) return "";
  const name = value.kind === "Call" ? lastName(value.func) : lastName(value);
  return /queue$/i.test(name) ? "rq.Queue.enqueue" : "";
}

/** The elements of `args=[…]` and `kwargs={…}`. */
function applied(call: Call): readonly Expr[] {
  const args = argumentOf(call, "args", 0);
  const kwargs = argumentOf(call, "kwargs", 1);
  return [
    ...(args?.kind === "List" || args?.kind === "Tuple" ? args.elts : []),
    ...(kwargs?.kind === "Dict" ? kwargs.values : []),
  ];
}

interface TaskPart {
  readonly tasks: readonly string[];
  /** Settings of Celery that this file gives, in lower case without their prefix. */
  readonly settings: readonly string[];
}

/** The project's tasks. */
export interface TaskIndex {
  readonly complete: boolean;
  isTask(name: string): boolean;
  /** True where the project sets an option for all tasks: `task_time_limit`. */
  hasSetting(name: string): boolean;
}

const SETTINGS =
  /^(?:CELERY_|CELERYD_)?((?:task_|TASK_)?(?:soft_)?time_limit|(?:TASK_)?(?:SOFT_)?TIME_LIMIT|task_acks_late|TASK_ACKS_LATE|task_annotations|TASK_ANNOTATIONS|ATOMIC_REQUESTS)$/;

/** Tasks and the settings that hold for all of them. */
export const TASKS = defineProjectFact<TaskPart, TaskIndex>({
  id: "tasks",
  words: ["task", "actor", "job", "time_limit", "TIME_LIMIT", "ATOMIC_REQUESTS"],
  collect(model) {
    const tasks: string[] = [];
    const settings = new Set<string>();
    for (const { root, kind, text } of model.tree.units) {
      if (root.kind === "FunctionDef" || root.kind === "AsyncFunctionDef") {
        const owner = root.parent?.kind === "ClassDef" ? `${root.parent.name}.` : "";
        if (taskOf(root, model) !== undefined) tasks.push(`${model.moduleName}.${owner}${root.name}`);
      }
      if (kind !== "class") for (const setting of settingsIn(text)) settings.add(setting);
    }
    return tasks.length + settings.size === 0 ? null : { tasks, settings: [...settings].sort() };
  },
  merge(parts, { complete }) {
    const index = createNameIndex(
      parts.flatMap(({ part }) => part.tasks.map((name) => [name, name] as const)),
    );
    const settings = new Set(parts.flatMap(({ part }) => part.settings));
    return {
      complete,
      isTask: (name) => index.find(name) !== undefined,
      hasSetting: (name) => settings.has(name),
    };
  },
});

/** Options that a stretch of code assigns by name, by key or by keyword. */
function settingsIn(text: string): readonly string[] {
  if (!/time_limit|acks_late|annotations|ATOMIC_REQUESTS/i.test(text)) return [];
  const names = [...text.matchAll(/["']?\b([A-Za-z_]+)["']?\s*\]?\s*[=:]\s*(?!=)(\S)/g)];
  return names.flatMap(([, name = "", value]) => {
    const known = SETTINGS.exec(name)?.[1]?.toLowerCase();
    return known === undefined || value === "N" || value === "F"
      ? []
      : [known.startsWith("time") || known.startsWith("soft") ? `task_${known}` : known];
  });
}
