/** Rule: Django's debug mode is on in settings that a deployment may import. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { isTruthy, valueByDefault } from "../../frameworks/configuration.ts";
import type { Assign, Module } from "../../syntax/ast.ts";
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
      const value = valueByDefault(last.value, ctx.model);
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
