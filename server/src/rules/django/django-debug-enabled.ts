/** Rule: Django's debug mode is on in settings that a deployment may import. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Assign, Call, Expr, Module } from "../../syntax/ast.ts";
import { argumentOf, keywordOf } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"debugOn" | "debugByDefault">;

/** Settings that only a Django settings module has. */
const DJANGO_SETTINGS = new Set([
  "INSTALLED_APPS",
  "MIDDLEWARE",
  "MIDDLEWARE_CLASSES",
  "ROOT_URLCONF",
  "WSGI_APPLICATION",
]);
/** File names of settings that others import and complete. */
const SHARED_SETTINGS = /(?:^|\/)(?:base|common|defaults?|_base)\.py$/;

export default defineRule({
  id: "django-debug-enabled",
  title: "Django debug mode on",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [489],
  equivalents: {},
  contexts: { offIn: ["test", "settings-dev"] },
  guide: "django#settings-per-environment",
  messages: {
    debugOn:
      "These settings run with debug on: an error shows visitors the traceback with local variables, settings and SQL. Read it from the environment, off by default.",
    debugByDefault:
      "Where the variable is not set, debug is on, and a deployment that forgets it shows visitors its tracebacks. Let the default be off.",
  },
  docs: {
    why: "With DEBUG on, a visitor who causes an error sees the source around it, the local variables, the settings and the SQL. Django also accepts any host name then and keeps every query in memory until the process dies. The safe value has to be the one that needs no configuration, because the configuration is what gets forgotten.",
    bad: `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = True
INSTALLED_APPS = ["django.contrib.auth", "orders"]
ROOT_URLCONF = "shop.urls"
`,
    good: `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"
INSTALLED_APPS = ["django.contrib.auth", "orders"]
ROOT_URLCONF = "shop.urls"
`,
    whenFine:
      "In settings that only development loads and that say so in their name (`dev.py`, `local.py`); those are not looked at. In a base module that others complete it is reported as information, since another file may turn it off.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
      "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/",
    ],
  },
  fix: "unsafe",
  on: {
    Module(node, ctx) {
      const assignments = assignmentsOf(node, "DEBUG");
      const last = assignments.at(-1);
      if (last === undefined || !isSettings(node) || isSwitchedElsewhere(node, assignments.length, ctx))
        return;
      const value = byDefault(last.value, ctx.model);
      if (value === undefined || !isTruthy(value)) return;
      const isLiteral = ctx.model.constant(last.value) !== undefined;
      const open = SHARED_SETTINGS.test(ctx.file.path) || importsOverrides(node, last);
      ctx.report(last, isLiteral ? "debugOn" : "debugByDefault", {
        ...(open ? { severity: "information" } : {}),
        fix(edits) {
          edits.replace(last.value, `${edits.ensureImport("os")}.environ.get("DJANGO_DEBUG", "") == "1"`);
          return "Read DJANGO_DEBUG, off by default";
        },
      });
    },
  },
});

function assignmentsOf(module: Module, name: string): readonly Assign[] {
  return module.body.filter(
    (statement): statement is Assign =>
      statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name),
  );
}

function isSettings(module: Module): boolean {
  return [...DJANGO_SETTINGS].some((name) => assignmentsOf(module, name).length > 0);
}

/** True where the module also sets DEBUG below a condition, or in another way: then nothing is certain. */
function isSwitchedElsewhere(module: Module, plain: number, ctx: Context): boolean {
  const binding = ctx.model.scopeOf(module).bindings.get("DEBUG");
  return binding !== undefined && binding.definitions.length > plain;
}

/** `from .local_settings import *` further down may turn it off. */
function importsOverrides(module: Module, assignment: Assign): boolean {
  const { start } = spanOf(assignment);
  return module.body.some((statement) => {
    const statements = statement.kind === "Try" ? statement.body : [statement];
    return statements.some(
      (it) => it.kind === "ImportFrom" && it.names[0]?.name === "*" && spanOf(it).start > start,
    );
  });
}

type Value = string | number | boolean;

/** The value of an expression where no variable of the environment is set, as far as it can be worked out. */
function byDefault(node: Expr, model: SemanticModel): Value | undefined {
  const constant = model.constant(node);
  if (constant !== undefined) return "value" in constant ? (constant.value as Value) : undefined;
  if (node.kind === "Call") return callByDefault(node, model);
  if (node.kind === "UnaryOp" && node.op === "Not") {
    const value = byDefault(node.operand, model);
    return value === undefined ? undefined : !isTruthy(value);
  }
  if (node.kind !== "Compare" || node.ops.length !== 1) return undefined;
  const [right] = node.comparators;
  const left = byDefault(node.left, model);
  if (left === undefined || right === undefined) return undefined;
  const choices =
    right.kind === "List" || right.kind === "Tuple" || right.kind === "Set" ? right.elts : [right];
  const values = choices.map((choice) => byDefault(choice, model));
  if (values.includes(undefined)) return undefined;
  const negated = node.ops[0] === "NotEq" || node.ops[0] === "NotIn";
  return /^(?:Not)?(?:Eq|In)$/.test(node.ops[0] ?? "") ? values.includes(left) !== negated : undefined;
}

const ENVIRONMENT =
  /(?:^|\.)(?:getenv|_Environ\.get|config|env|env\.(?:bool|str|int)|Env(?:\.(?:bool|str|int))?|strtobool|str2bool)$/;

function callByDefault(call: Call, model: SemanticModel): Value | undefined {
  const { func } = call;
  if (func.kind === "Attribute" && ["lower", "upper", "strip", "title", "capitalize"].includes(func.attr)) {
    const value = byDefault(func.value, model);
    return typeof value !== "string"
      ? undefined
      : func.attr === "upper"
        ? value.toUpperCase()
        : value.toLowerCase();
  }
  const callee = model.callee(call) ?? "";
  const [first] = call.args;
  if (/^builtins\.(?:bool|int|str)$/.test(callee)) {
    const value = first && byDefault(first, model);
    if (value === undefined) return undefined;
    return callee === "builtins.bool"
      ? isTruthy(value)
      : callee === "builtins.int"
        ? Number(value)
        : String(value);
  }
  if (/strtobool|str2bool/.test(callee)) return first && parsedText(byDefault(first, model));
  if (!ENVIRONMENT.test(callee) && !ENVIRONMENT.test(model.typeOf(func) ?? "")) return undefined;
  const fallback = argumentOf(call, "default", 1);
  const value = fallback === undefined ? undefined : byDefault(fallback, model);
  const casts = /bool/.test(callee) || keywordOf(call, "cast") !== undefined;
  return casts ? parsedText(value) : value;
}

/** `"False"` and `"0"` as a reader of settings takes them. */
function parsedText(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  return !/^(?:false|0|no|off|n|f|)$/i.test(value);
}

function isTruthy(value: Value): boolean {
  return value !== "" && value !== 0 && value !== false;
}
