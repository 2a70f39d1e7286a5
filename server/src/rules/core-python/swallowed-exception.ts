/** Rule: a handler that makes an error disappear, and a `finally` that does. */

import { documentsSilence, explainsItself } from "../../engine/explanations.ts";
import { loggerExpression } from "../../engine/logger-edits.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { contains, visit } from "../../engine/search.ts";
import { insertLinesBefore, replaceByLines } from "../../engine/statement-edits.ts";
import { LAST_RESORTS, LETTING_GO, LOOKS_UP, OUTAGES, QUIET_CALLS } from "../../models/handlers.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ExceptHandler, Expr, Stmt, Try, TryStar } from "../../syntax/ast.ts";
import { lastName, pythonString } from "../../syntax/calls.ts";
import { exceptionTypes, headerOf, leavesAcross, takesAnyError, takesEverything } from "./_shared.ts";

export default defineRule({
  id: "swallowed-exception",
  title: "Error disappears in its handler",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [390],
  equivalents: {
    ruff: ["S110", "S112", "BLE001", "B012"],
    bandit: ["B110", "B112"],
    pylint: ["W0718", "W0150"],
  },
  supersedes: ["bare-except"],
  guide: "core-python#exceptions",
  messages: {
    silent:
      "This handler catches {{caught}} and says nothing: a bug in the `try` body looks like success. Log it, or catch only the exception that you expect.",
    outage:
      "A failure of another system ({{caught}}) is dropped without a trace. Log it, so that an outage can be seen.",
    leavesFinally:
      "`{{keyword}}` in `finally` throws away an exception that is on its way, even Ctrl-C. Move it out of the `finally`.",
  },
  retires: {
    silent: { ruff: ["S110", "S112", "BLE001"] },
    leavesFinally: { ruff: ["B012"] },
  },
  docs: {
    why: "The handler is the last place where the error is known. When it does nothing, an outage, a misspelt attribute and a full disk all look like an empty result, and the bug report arrives weeks later from somebody who noticed wrong numbers. `return`, `break` or `continue` in `finally` does the same to every exception that passes, which is why Python 3.14 warns about it.",
    bad: `def load_rates(client):
    try:
        return client.fetch("/rates")
    except Exception:
        return {}
`,
    good: `import logging

logger = logging.getLogger(__name__)


def load_rates(client):
    try:
        return client.fetch("/rates")
    except ConnectionError:
        logger.exception("rates are not available, going on without")
        return {}
`,
    whenFine:
      "An expected, narrow exception needs no log: `except KeyError: return default`, `except FileNotFoundError: pass`. Clean-up that may find its object gone is fine too. Where silence is a decision, write it into the handler as a comment (the finding drops to a hint), or use `contextlib.suppress`.",
    references: [
      "https://docs.python.org/3/tutorial/errors.html#handling-exceptions",
      "https://peps.python.org/pep-0765/",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  on: {
    ExceptHandler(handler, ctx) {
      if (!isQuiet(handler.body)) return;
      const { parent } = handler;
      if (parent?.kind !== "Try" && parent?.kind !== "TryStar") return;
      const broad = takesAnyError(handler, ctx.model);
      if (!broad && !isOutage(handler, ctx.model)) return;
      if (isLastResort(parent, handler, ctx) || isProbe(parent)) return;
      const explained =
        explainsItself(handler, parent, ctx.model) || documentsSilence(ctx.model.enclosingFunction(handler));
      // What else `except:` takes is worth a warning, however well its silence is explained.
      if (explained && takesEverything(handler, ctx.model)) return;
      ctx.report(headerOf(handler), broad ? "silent" : "outage", {
        data: { caught: caught(handler, ctx) },
        ...(explained ? HINT : broad && !answersNo(parent, handler) && !isLookUp(parent) ? {} : INFORMATION),
        fix: logIt(handler, ctx),
      });
    },
    Try: checkFinally,
    TryStar: checkFinally,
  },
});

const HINT = { severity: "hint" } as const;

/** A narrow handler was thought about, if not to the end. */
const INFORMATION = { severity: "information" } as const;

/** True for a `try` that only converts or looks at a value: the type could be narrower, but little is hidden. */
function isLookUp({ body }: Try | TryStar): boolean {
  if (body.length > 2) return false;
  return !contains(body, (node) => {
    if (node.kind !== "Call") return node.kind === "Await" || node.kind === "With";
    return !LOOKS_UP.test(lastName(node.func));
  });
}

/** True for `try: …; return True` with `return False` in the handler: whoever asked hears that it did not work. */
function answersNo(attempt: Try | TryStar, handler: ExceptHandler): boolean {
  const [last] = handler.body.slice(-1);
  if (last?.kind !== "Return" || last.value?.kind !== "Constant" || last.value.type !== "bool") return false;
  return attempt.body.length + attempt.orelse.length <= 2;
}

type Context = RuleContext<"silent" | "outage" | "leavesFinally">;

function checkFinally(node: Try | TryStar, ctx: Context): void {
  visit(node.finalbody, (inner) => {
    if (inner.kind === "Try" || inner.kind === "TryStar") return inner.finalbody.length === 0;
    if (inner.kind !== "Return" && inner.kind !== "Break" && inner.kind !== "Continue") return true;
    if (leavesAcross(inner, node)) {
      ctx.report(inner, "leavesFinally", { data: { keyword: inner.kind.toLowerCase() } });
    }
    return false;
  });
}

/** True where a body only moves on: nothing in it reports, raises, computes or looks at the error. */
function isQuiet(body: readonly Stmt[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case "Pass":
      case "Continue":
      case "Break":
        return true;
      case "Return":
        return statement.value === null || isPlain(statement.value);
      case "Assign":
        return isPlain(statement.value) && statement.targets.every((target) => target.kind === "Name");
      case "Expr":
        return statement.value.kind === "Constant" || isQuietCall(statement.value);
      default:
        return false;
    }
  });
}

function isQuietCall(value: Expr): boolean {
  const call = value.kind === "Await" ? value.value : value;
  return call.kind === "Call" && call.func.kind === "Attribute" && QUIET_CALLS.has(call.func.attr);
}

/** True for a constant and for an empty container. */
function isPlain(value: Expr): boolean {
  if (value.kind === "UnaryOp") return isPlain(value.operand);
  if (value.kind === "Constant") return true;
  if (value.kind === "List" || value.kind === "Tuple" || value.kind === "Set") {
    return value.elts.every(isPlain);
  }
  return value.kind === "Dict" && value.values.length === 0;
}

function isOutage(handler: ExceptHandler, model: SemanticModel): boolean {
  return exceptionTypes(handler).some((type) => OUTAGES.has(model.qualifiedName(type) ?? ""));
}

/** True in functions and around calls that let go of something, and inside another handler or `finally`. */
function isLastResort(attempt: Try | TryStar, handler: ExceptHandler, ctx: Context): boolean {
  const holder = ctx.model.enclosingFunction(handler);
  if (holder !== undefined && LAST_RESORTS.test(holder.name)) return true;
  if (attempt.body.every(letsGo)) return true;
  for (let at = attempt.parent, below: typeof at = attempt; at !== null; below = at, at = at.parent) {
    if (at.kind === "ExceptHandler") return true;
    if ((at.kind === "Try" || at.kind === "TryStar") && at.finalbody.includes(below as Stmt)) return true;
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
  }
  return false;
}

function letsGo(statement: Stmt): boolean {
  if (statement.kind === "If") return [...statement.body, ...statement.orelse].every(letsGo);
  if (statement.kind === "For") return statement.body.every(letsGo);
  if (statement.kind === "Pass" || statement.kind === "Delete") return true;
  if (statement.kind !== "Expr") return false;
  const call = statement.value.kind === "Await" ? statement.value.value : statement.value;
  if (call.kind !== "Call") return false;
  return LETTING_GO.test(lastName(call.func));
}

/** True for `try: import x`, with whatever else hangs on the import. */
function isProbe(attempt: Try | TryStar): boolean {
  return contains(attempt.body, (node) => node.kind === "Import" || node.kind === "ImportFrom");
}

function caught(handler: ExceptHandler, ctx: Context): string {
  return handler.type === null ? "everything" : `\`${ctx.text(handler.type)}\``;
}

/** Logs the error with its traceback first; a handler that takes everything is narrowed at the same time. */
function logIt(handler: ExceptHandler, ctx: Context): FixBuilder {
  return (edits) => {
    const [first] = handler.body;
    if (first === undefined) return null;
    const name = ctx.model.enclosingFunction(handler)?.name;
    const message = pythonString(name === undefined ? "unexpected error" : `${name} failed`);
    const line = `${loggerExpression(ctx.model, edits)}.exception(${message})`;
    const empty = first.kind === "Pass" || (first.kind === "Expr" && first.value.kind === "Constant");
    const done = empty ? replaceByLines(edits, first, [line]) : insertLinesBefore(edits, first, [line]);
    if (!done) return null;
    if (takesEverything(handler, ctx.model)) {
      if (handler.type === null) edits.insertAfter(headerOf(handler), " Exception");
      else edits.replace(handler.type, "Exception");
    }
    return "Log the exception";
  };
}
