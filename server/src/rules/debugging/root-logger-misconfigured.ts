/** Rule: logging that goes past the module's own logger, or sets up everybody's. */

import { defineModuleFact } from "../../engine/facts.ts";
import { loggerExpression } from "../../engine/logger-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import type { Call } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

const LEVELS = ["debug", "info", "warning", "warn", "error", "exception", "critical", "log"];

/** Files in which a program starts: they may set up logging, and are called `__main__` or like the program. */
const ENTRY_FILE =
  /(?:^|\/)(?:main|__main__|app|application|server|run\w*|start\w*|wsgi|asgi|cli|cmd|command\w*|manage|worker\w*|celery\w*|setup|noxfile|fabfile|tasks?|settings|config\w*|conf|gunicorn\w*|log\w*|\w*logg\w*|env|demo\w*|example\w*|bench\w*)\.py$|\/(?:management|commands|cli|tools|examples?|docs)\//;

export default defineRule({
  id: "root-logger-misconfigured",
  title: "Root logger used by a module",
  section: "debugging",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["LOG015", "G010"], pylint: ["W4902"] },
  retires: { rootCall: { ruff: ["LOG015"] }, warn: { ruff: ["G010"], pylint: ["W4902"] } },
  guide: "core-python#logging-basics",
  messages: {
    rootCall:
      "`logging.{{level}}` logs as `root`: nobody can tell where the line comes from, or turn this module up or down. Use `logging.getLogger(__name__)`.",
    configures:
      "Importing this module sets up logging for the whole program, before the program can. Leave that to where it starts.",
    warn: "`warn` is deprecated since Python 3.3. It is called `warning`.",
  },
  docs: {
    path: "shop/payments.py",
    why: "Loggers form a tree by module name, and that is how operators silence a chatty library or turn one package to DEBUG in an incident. A line logged through the `logging` module itself has the name `root`, so none of this reaches it; and the first such call quietly installs a handler, if there is none yet.",
    bad: `import logging


def refund(payment):
    logging.info("refunding %s", payment.id)
    payment.refund()
`,
    good: `import logging

logger = logging.getLogger(__name__)


def refund(payment):
    logger.info("refunding %s", payment.id)
    payment.refund()
`,
    whenFine:
      "The file in which a program starts sets up the root logger and may log through it: entry points, scripts and commands are not reported.",
    references: [
      "https://docs.python.org/3/howto/logging.html#advanced-logging-tutorial",
      "https://docs.python.org/3/howto/logging.html#configuring-logging-for-a-library",
    ],
  },
  contexts: { offIn: ["test", "notebook", "script"] },
  fix: "unsafe",
  calls: new Set([...LEVELS, "basicConfig"]),
  on: {
    Call(call, ctx) {
      const callee = ctx.model.callee(call);
      if (callee === undefined || !callee.startsWith("logging.")) return;
      if (/^logging\.(?:\w+\.)?warn$/.test(callee)) reportWarn(call, ctx);
      else if (isEntry(ctx)) return;
      else if (callee === "logging.basicConfig") checkConfiguration(call, ctx);
      else if (/^logging\.[a-z]+$/.test(callee)) reportRootCall(call, callee.slice("logging.".length), ctx);
    },
  },
});

type Context = RuleContext<"rootCall" | "configures" | "warn">;

function isEntry(ctx: Context): boolean {
  return ENTRY_FILE.test(ctx.file.path) || ctx.moduleFact(isProgram);
}

/** True for a file with an entry guard, and for a notebook kept as a script with cell marks. */
const isProgram = defineModuleFact({
  id: "root-logger-misconfigured:is-program",
  compute: (model) => /^(?:if __name__ ==|# %%)/m.test(model.tree.text),
});

function reportWarn(call: Call, ctx: Context): void {
  if (call.func.kind !== "Attribute") return;
  const { end } = spanOf(call.func);
  const name = { start: end - "warn".length, end };
  ctx.report(name, "warn", {
    fixSafety: "safe",
    fix(edits) {
      edits.replace(name, "warning");
      return "Call it `warning`";
    },
  });
}

function reportRootCall(call: Call, level: string, ctx: Context): void {
  if (!LEVELS.includes(level)) return;
  const { func } = call;
  ctx.report(func, "rootCall", {
    data: { level },
    fix(edits) {
      if (func.kind !== "Attribute") return null;
      edits.replace(func.value, loggerExpression(ctx.model, edits));
      return "Log through the module's own logger";
    },
  });
}

/** At import: not in a function, and not below a condition, which may be the program's own switch. */
function checkConfiguration(call: Call, ctx: Context): void {
  if (ctx.model.enclosingFunction(call) !== undefined) return;
  for (const at of holders(call)) if (at.kind === "If" || at.kind === "Lambda") return;
  if (ctx.model.moduleName.includes(".")) ctx.report(call, "configures");
}
