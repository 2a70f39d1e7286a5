/** Rule: `assert` where the program depends on the check: `python -O` removes it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, find } from "../../engine/search.ts";
import { replaceByLines } from "../../engine/statement-edits.ts";
import { PERMISSION_NAMES, RUNTIME_ANSWERS } from "../../models/runtime-checks.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Assert, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { pythonString } from "../../syntax/calls.ts";

type Reason = "permission" | "world" | "parameter" | "narrowing";

export default defineRule({
  id: "assert-guards-runtime-condition",
  title: "`assert` used as validation",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [617],
  equivalents: { ruff: ["S101"], bandit: ["B101"], flake8: ["S101"] },
  guide: "core-python#exceptions",
  messages: {
    permission:
      "This permission check is an `assert`: `python -O` removes it, and everybody is let in. Raise an exception instead.",
    world:
      "Whether this holds is known only at run time, and `python -O` removes the check. Raise an exception instead of `assert`.",
    parameter:
      "Callers can pass anything, and `python -O` removes this check. Raise `ValueError` for a bad argument instead of `assert`.",
    narrowing:
      "This `assert` narrows a type for the checker; under `python -O` the next line fails with a less telling error.",
  },
  docs: {
    why: "`assert` states what the author believes can never be false, and Python may skip it: with `-O` or `PYTHONOPTIMIZE` the statement is not even compiled. Validation written as `assert` is then gone, without a trace, in production only. And where it is not gone, the caller gets an AssertionError that no handler expects.",
    bad: `def close_account(user, account):
    assert user.is_staff, "staff only"
    account.close()
`,
    good: `def close_account(user, account):
    if not user.is_staff:
        raise PermissionError("staff only")
    account.close()
`,
    whenFine:
      "An `assert` about the function's own results (“the list cannot be empty here”) documents the code and may vanish. Those, and everything in tests, are not reported.",
    references: ["https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "unsafe",
  on: {
    Assert(node, ctx) {
      const holder = ctx.model.enclosingFunction(node);
      if (holder === undefined || holder.name.startsWith("test")) return;
      const reason = reasonOf(node.test, holder, ctx.model);
      if (reason === undefined) return;
      const severity = SEVERITY[reason];
      ctx.report(node, reason, {
        ...(severity === undefined ? {} : { severity }),
        fix: (edits) =>
          replaceByLines(edits, node, raiseInstead(node, reason, ctx)) ? "Raise an exception" : null,
      });
    },
  },
});

/** Lower than the ceiling: many a team states its preconditions this way, and knows about `-O`. */
const SEVERITY: Readonly<Partial<Record<Reason, "information" | "hint">>> = {
  parameter: "information",
  narrowing: "hint",
};

function reasonOf(test: Expr, holder: FunctionNode, model: SemanticModel): Reason | undefined {
  if (contains(test, isPermission)) return "permission";
  if (isAboutTheWorld(test, model)) return "world";
  if (!isPublic(holder, model) || !readsParameter(test, holder, model)) return undefined;
  return isNarrowing(test, model) ? "narrowing" : comparesValue(test) ? "parameter" : undefined;
}

function isPermission(node: Node): boolean {
  if (node.kind === "Attribute") return PERMISSION_NAMES.test(node.attr);
  return node.kind === "Name" && PERMISSION_NAMES.test(node.id);
}

function isAboutTheWorld(test: Expr, model: SemanticModel): boolean {
  return contains(test, (node) => {
    if (node.kind !== "Attribute" && node.kind !== "Name") return false;
    return RUNTIME_ANSWERS.has(model.qualifiedName(node) ?? "");
  });
}

function isPublic(holder: FunctionNode, model: SemanticModel): boolean {
  if (holder.name.startsWith("_") || model.enclosingFunction(holder) !== undefined) return false;
  return !(model.enclosingClass(holder)?.name.startsWith("_") ?? false);
}

function readsParameter(test: Expr, holder: FunctionNode, model: SemanticModel): boolean {
  const own = model.enclosingClass(holder) === undefined ? undefined : holder.args.args[0]?.arg;
  return contains(test, (node) => {
    if (node.kind !== "Name" || node.id === own) return false;
    const binding = model.resolve(node);
    return binding?.kind === "parameter" && binding.definitions.length === 1 && binding.scope.node === holder;
  });
}

/** True for checks that tell the type checker what the value is. */
function isNarrowing(test: Expr, model: SemanticModel): boolean {
  if (test.kind === "BoolOp") return test.values.every((value) => isNarrowing(value, model));
  if (test.kind === "UnaryOp" && test.op === "Not") return isNarrowing(test.operand, model);
  if (test.kind === "Compare") return test.ops.every((op) => op === "Is" || op === "IsNot");
  if (test.kind !== "Call") return false;
  const name = model.callee(test);
  return name === "builtins.isinstance" || name === "builtins.issubclass" || name === "builtins.callable";
}

/** True where a value is compared with a bound, or its size or membership is asked. */
function comparesValue(test: Expr): boolean {
  return contains(test, (node) => node.kind === "Compare" && !node.ops.some((op) => op.startsWith("Is")));
}

const OPPOSITE: Readonly<Record<string, string>> = {
  Eq: "!=",
  NotEq: "==",
  In: "not in",
  NotIn: "in",
  Is: "is not",
  IsNot: "is",
};

function raiseInstead(node: Assert, reason: Reason, ctx: RuleContext): readonly string[] {
  const error = reason === "permission" ? "PermissionError" : errorFor(node.test, ctx.model);
  const message =
    node.msg === null ? pythonString(`not met: ${oneLine(ctx.text(node.test))}`) : ctx.text(node.msg);
  return [`if ${negated(node.test, ctx)}:`, `    raise ${error}(${message})`];
}

function errorFor(test: Expr, model: SemanticModel): string {
  const asksType = find(test, (at) => at.kind === "Call" && model.callee(at) === "builtins.isinstance");
  return asksType === undefined ? "ValueError" : "TypeError";
}

function negated(test: Expr, ctx: RuleContext): string {
  if (test.kind === "UnaryOp" && test.op === "Not") return ctx.text(test.operand);
  if (test.kind === "Compare" && test.ops.length === 1) {
    const opposite = OPPOSITE[test.ops[0] ?? ""];
    const right = test.comparators[0];
    if (opposite !== undefined && right !== undefined && isAtom(test.left) && isAtom(right)) {
      return `${ctx.text(test.left)} ${opposite} ${ctx.text(right)}`;
    }
  }
  return isAtom(test) ? `not ${ctx.text(test)}` : `not (${ctx.text(test)})`;
}

/** True for what needs no brackets wherever it stands. */
function isAtom({ kind }: Expr): boolean {
  return ["Name", "Attribute", "Call", "Subscript", "Constant"].includes(kind);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
