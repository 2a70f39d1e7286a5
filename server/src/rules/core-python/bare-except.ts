/** Rule: a handler that also takes Ctrl-C, `sys.exit()` and the cancellation of a task. */

import { defineRule } from "../../engine/rule.ts";
import { contains, visit } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ExceptHandler, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { exceptionTypes, headerOf, takesEverything } from "./_shared.ts";

/** Calls that end the process: a supervisor that reports and leaves swallows nothing. */
const EXITS = new Set(["sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"]);

/** Ways to report an error that do not hand it on. */
const REPORTS = /^(?:print|pprint|str|repr|debug|info|warning|warn|error|critical|exception|log|format)$/;

export default defineRule({
  id: "bare-except",
  title: "Handler catches even Ctrl-C and task cancellation",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [396],
  equivalents: { ruff: ["E722"], pylint: ["W0702"], flake8: ["B001"] },
  guide: "core-python#exceptions",
  messages: {
    bare: "`except:` also catches Ctrl-C, `sys.exit()` and the cancellation of a task. Name the exception, or catch `Exception` and log it.",
    baseException:
      "`except BaseException` without a re-raise also catches Ctrl-C, `sys.exit()` and the cancellation of a task. Catch `Exception`, or end the handler with `raise`.",
  },
  docs: {
    why: "`except:` means `except BaseException:`. It takes KeyboardInterrupt, so Ctrl-C does not stop the program; SystemExit, so a worker that was told to leave stays; and asyncio's CancelledError, so a task cannot be stopped and a shutdown hangs until it is killed. It also hides the misspelt name in the `try` body, which would otherwise have been found in the first test.",
    bad: `import logging

logger = logging.getLogger(__name__)


def refresh(cache, source):
    try:
        cache.replace(source.load())
    except:
        logger.exception("refresh failed")
`,
    good: `import logging

logger = logging.getLogger(__name__)


def refresh(cache, source):
    try:
        cache.replace(source.load())
    except Exception:
        logger.exception("refresh failed")
`,
    whenFine:
      "A handler that cleans up and ends with a bare `raise` loses nothing, and neither does one that hands the exception on (`future.set_exception(err)`) or reports it and ends the process. Those are not reported.",
    references: [
      "https://docs.python.org/3/library/exceptions.html#exception-hierarchy",
      "https://docs.python.org/3/library/asyncio-task.html#task-cancellation",
    ],
  },
  fix: "unsafe",
  on: {
    ExceptHandler(handler, ctx) {
      if (!takesEverything(handler, ctx.model)) return;
      if (othersPassBefore(handler, ctx.model)) return;
      if (letsGo(handler, ctx.model) || handsOn(handler, ctx.model) || failsTheProcess(handler)) return;
      const { type } = handler;
      ctx.report(headerOf(handler), type === null ? "bare" : "baseException", {
        fix(edits) {
          if (type === null) {
            edits.insertAfter(headerOf(handler), " Exception");
            return "Catch `Exception` only";
          }
          const base = exceptionTypes(handler).find(
            (one) => ctx.model.qualifiedName(one) === "builtins.BaseException",
          );
          if (base === undefined) return null;
          edits.replace(base, "Exception");
          return "Catch `Exception` only";
        },
      });
    },
  },
});

/** Helpers that raise for their caller: `six.reraise`, `with excutils.save_and_reraise_exception():`. */
const RERAISES = /re_?raise/i;

/** True where the handler re-raises on some path, or ends the process. */
function letsGo(handler: ExceptHandler, model: SemanticModel): boolean {
  return contains(handler.body, (node) => {
    if (node.kind === "Raise") return true;
    if (node.kind !== "Call") return false;
    const name = lastName(node.func);
    return EXITS.has(model.callee(node) ?? "") || name === "exit" || RERAISES.test(name);
  });
}

/** True where an earlier handler of the same `try` re-raises what this one should not take. */
function othersPassBefore(handler: ExceptHandler, model: SemanticModel): boolean {
  const { parent } = handler;
  if (parent?.kind !== "Try" && parent?.kind !== "TryStar") return false;
  const before = parent.handlers.slice(0, parent.handlers.indexOf(handler));
  return before.some((other) => {
    const [only] = other.body;
    // `except propagated: raise`, whatever is in `propagated`, is there to let something pass.
    if (other.body.length === 1 && only?.kind === "Raise" && only.exc === null) return true;
    return exceptionTypes(other).some((type) => model.qualifiedName(type) === "builtins.KeyboardInterrupt");
  });
}

/** True where the handler turns the error into the exit code of a program: `return 1`, `exitcode = 1`. */
function failsTheProcess({ body }: ExceptHandler): boolean {
  return body.some((statement) => {
    if (statement.kind === "Return") return isExitCode(statement.value);
    if (statement.kind !== "Assign") return false;
    const [target] = statement.targets;
    return (
      target?.kind === "Name" &&
      /^(?:exit_?code|exit_?status|rc)$/.test(target.id) &&
      isExitCode(statement.value)
    );
  });
}

function isExitCode(value: Node | null): boolean {
  return value?.kind === "Constant" && value.type === "int" && Number(value.value) > 0;
}

/** True where the exception itself is stored, returned or passed to something other than a report. */
function handsOn(handler: ExceptHandler, model: SemanticModel): boolean {
  let handed = false;
  visit(handler.body, (node) => {
    if (node.kind === "Name" && node.id === handler.name && node.ctx === "Load") handed ||= isHandedOn(node);
    if (node.kind === "Call" && model.callee(node) === "sys.exc_info") handed ||= isHandedOn(node);
    return !handed;
  });
  return handed;
}

function isHandedOn(node: Node): boolean {
  const { parent } = node;
  switch (parent?.kind) {
    case "Assign":
    case "AnnAssign":
    case "Return":
    case "Yield":
    case "NamedExpr":
      return true;
    case "Starred":
    case "Tuple":
    case "List":
    case "Dict":
    case "Subscript":
    case "keyword":
      return isHandedOn(parent);
    case "Attribute": {
      // `err.with_traceback(tb)` is the exception; `err.args` is only a part of it.
      const call = parent.attr === "with_traceback" ? parent.parent : null;
      return call === null ? parent.attr === "tb_next" && isHandedOn(parent) : isHandedOn(call);
    }
    case "Call":
      return parent.func !== node && !REPORTS.test(lastName(parent.func));
    default:
      return false;
  }
}
