/** Rule: a test that cannot fail, because it checks nothing. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { nameSpan } from "../../syntax/tree.ts";
import { isCollectedTest, isTestCase } from "./_shared.ts";

/** Names of functions and methods that check something, wherever they come from. */
const CHECKS =
  /assert|expect|verif|check|valid|should|must|raises|warns|fail|match|compare|equal|same|ensure|snapshot|approv|skip|xfail|test|round_?trip|exercise|benchmark|regression|doctest|reveal_type/i;

/** Modules that hold test helpers: what is imported from them may check. */
const HELPER_MODULES =
  /(?:^|[._])(?:tests?|testing|testlib|conftest|helpers?|utils?|support|common|base|mixins?|fixtures?)(?:$|[._])/i;

/** Decorators that take nothing from, and add nothing to, what a test checks. */
const NEUTRAL_DECORATORS =
  /^(?:pytest\.mark\.(?!xfail|skip$|filterwarnings|benchmark)\w+|(?:unittest\.)?mock\.patch.*|unittest\.mock\.patch.*|builtins\.(?:staticmethod|classmethod)|django\.test\.(?:tag|override_settings|utils\.\w+)|freezegun\.freeze_time|time_machine\.travel|hypothesis\.(?:given|settings|example)|typing\.\w+|asyncio\.\w+|moto\.\w+|responses\.activate|respx\.mock)$/;

/** The author says that getting through is the point. */
const SMOKE =
  /smoke|import|performance|complet|does_?n[o']?t|does not|regress|issue|\bgh-?\d|#\d|divi(?:de|sion)|(?:no|not|never|without|doesn'?t|does_?n[o']?t|does_not|can|cannot)[\s_]*(?:\w+[\s_]+){0,3}?(?:rais|fail|crash|error|exception|throw|warn|hang|deadlock|leak|break|explode|blow)|(?:crash|deadlock|hang|leak|segfault|sanity|(?:^|_)(?:runs|works|ok|safe|idempotent|noop|no_op|compiles?)(?:_|$))/i;

export default defineRule({
  id: "test-without-assertion",
  title: "Test that checks nothing",
  section: "testing",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [],
  equivalents: {},
  guide: "testing#why-test",
  messages: {
    nothing:
      "`{{name}}` passes whatever the code does, as long as it raises nothing. Assert the result or the effect.",
    empty:
      "`{{name}}` has no body: it is counted as a passing test. Write it, or mark it with `pytest.mark.skip`.",
    smoke: "`{{name}}` only shows that nothing raises. If there is a result to see, assert it.",
  },
  docs: {
    why: "A test without an assertion is green for every wrong result. It counts as coverage, so nobody writes the one that is missing, and it is the first thing that a reviewer believes. Usually the assertion was forgotten, or went away with a refactoring.",
    bad: `def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def test_slug() -> None:
    slug("Hello World")
`,
    good: `def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def test_slug() -> None:
    assert slug("Hello World") == "hello-world"
`,
    whenFine:
      "A smoke test is worth having: say in its name or docstring that nothing may be raised (`test_import_does_not_raise`), and it is shown as a hint only. Checks in helpers of the same file count, and calls that look like checks of another file are given the benefit of the doubt.",
    references: ["https://docs.pytest.org/en/stable/how-to/assert.html"],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

type Context = RuleContext<"nothing" | "empty" | "smoke">;

function check(node: FunctionNode, ctx: Context): void {
  if (!isCollectedTest(node, ctx.model, ctx.file)) return;
  if (!node.decorator_list.every((decorator) => isNeutral(decorator, ctx.model))) return;
  if (mayCheck(node, ctx)) return;
  const data = { name: node.name };
  if (isEmpty(node)) ctx.report(nameSpan(node), "empty", { data });
  else if (SMOKE.test(node.name) || SMOKE.test(words(node, ctx))) {
    ctx.report(nameSpan(node), "smoke", { data, severity: "hint" });
  } else ctx.report(nameSpan(node), "nothing", { data });
}

function isNeutral(decorator: Expr, model: SemanticModel): boolean {
  const plain = decorator.kind === "Call" ? decorator.func : decorator;
  return NEUTRAL_DECORATORS.test(model.qualifiedName(plain) ?? "");
}

function isEmpty({ body }: FunctionNode): boolean {
  return body.every((it) => it.kind === "Pass" || (it.kind === "Expr" && it.value.kind === "Constant"));
}

/** What the author wrote about the test: its docstring and comments. */
function words(node: FunctionNode, ctx: Context): string {
  const [first] = node.body;
  const docstring =
    first?.kind === "Expr" && first.value.kind === "Constant" ? String(first.value.value) : "";
  const comments = ctx.text(node).match(/#.*/g) ?? [];
  return [docstring, ...comments].join("\n");
}

/** Names of functions and methods of the module that check something, by themselves or through each other. */
const checkingHelpers = defineModuleFact<readonly string[]>({
  id: "test-without-assertion:checking-helpers",
  compute(model) {
    const pending = new Map<string, readonly string[]>();
    const checking = new Set<string>();
    for (const { root } of model.tree.units) {
      if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef") continue;
      const called: string[] = [];
      let checks = false;
      visit(root.body, (node) => {
        if (node.kind === "Assert" || node.kind === "Raise") checks = true;
        if (node.kind === "Call") called.push(lastName(node.func));
        return true;
      });
      if (checks || called.some((name) => CHECKS.test(name))) checking.add(root.name);
      else pending.set(root.name, called);
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const [name, called] of pending) {
        if (checking.has(name) || !called.some((other) => checking.has(other))) continue;
        checking.add(name);
        grown = true;
      }
    }
    return [...checking].sort();
  },
});

function mayCheck(node: FunctionNode, ctx: Context): boolean {
  const parameters = new Set(
    [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs].map((it) => it.arg),
  );
  if ([...parameters].some((name) => CHECKS.test(name))) return true;
  let found = false;
  visit(node.body, (at) => {
    found ||= checks(at, ctx);
    return !found;
  });
  return found;
}

function checks(at: Node, ctx: Context): boolean {
  switch (at.kind) {
    case "Assert":
    case "Raise":
    case "Yield":
    case "YieldFrom":
      return true;
    case "Return":
      return at.value !== null;
    case "Attribute":
      // `eq = self.assertEqual` is called under its new name.
      return /^assert|^fail|raises/i.test(at.attr);
    case "Call":
      return isCheckingCall(at, ctx);
    default:
      return false;
  }
}

function isCheckingCall(call: Call, ctx: Context): boolean {
  const name = lastName(call.func);
  if (name === "subTest") return false;
  if (CHECKS.test(name) || ctx.moduleFact(checkingHelpers).includes(name)) return true;
  const { func } = call;
  // A function that a fixture or a variable holds, and a method that a base class elsewhere brings, may check.
  const held = func.kind === "Name" ? ctx.model.resolve(func)?.kind : undefined;
  if (held === "parameter" || held === "assignment" || held === "for" || held === "with") return true;
  if (func.kind === "Attribute" && func.value.kind === "Name" && func.value.id === "self") {
    return ctx.model.definitionOf(func) === undefined && !isOwnOfTestCase(func.attr, call, ctx.model);
  }
  if (ctx.model.definitionOf(func) !== undefined) return false;
  const qualified = ctx.model.qualifiedName(func);
  if (qualified?.startsWith(`${ctx.model.moduleName}.`)) return false;
  if (qualified === undefined) return func.kind === "Name" || func.kind === "Call";
  const module = qualified.slice(0, Math.max(0, qualified.lastIndexOf(".")));
  return HELPER_MODULES.test(module) || qualified.startsWith("..");
}

/** Methods of `unittest.TestCase` and Django's that check nothing. */
const TEST_CASE_TOOLS =
  /^(?:client|settings|modify_settings|subTest|addCleanup|enterContext|setUp|tearDown|id)$/;

function isOwnOfTestCase(attr: string, call: Call, model: SemanticModel): boolean {
  const owner = model.enclosingClass(call);
  return TEST_CASE_TOOLS.test(attr) && owner !== undefined && isTestCase(owner, model);
}
