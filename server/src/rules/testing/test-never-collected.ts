/** Rule: a test that stands in the file, and that no runner ever runs. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import type { ClassDef, FunctionNode, Stmt } from "../../syntax/ast.ts";
import { nameSpan } from "../../syntax/tree.ts";
import { isCollectedTest, isTestCase } from "./_shared.ts";

/** Names that were meant to begin with `test`. */
const MISSPELT = /^(?:tets|tes_|tst_|ttest_|etst_|tesst_|teste_)\w*$/;

type Context = RuleContext<"shadowed" | "initialized" | "nested" | "misspelt">;

export default defineRule({
  id: "test-never-collected",
  title: "Test that is never run",
  section: "testing",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [561],
  equivalents: { ruff: ["F811"], pylint: ["E0102"] },
  retires: { shadowed: { ruff: ["F811"], pylint: ["E0102"] } },
  guide: "testing#pytest-basics",
  messages: {
    shadowed:
      "Another `{{name}}` follows below and takes its place: this one never runs. Rename one of the two.",
    initialized:
      "pytest does not collect a test class that has an `__init__`, and says so only in a warning: no test of `{{name}}` runs. Use a fixture, or `setup_method`.",
    nested: "`{{name}}` is defined inside a function and never called: no runner sees it.",
    misspelt: "No runner takes `{{name}}` for a test: the name has to begin with `test`.",
  },
  docs: {
    why: "A test that does not run is green for ever. Copying a test and forgetting to rename the copy is how most of them are made: the second definition replaces the first, the count of passed tests goes up by one all the same, and the case that the first one guarded breaks without anybody noticing.",
    bad: `def test_discount_is_applied(cart):
    cart.add("tea", price=10)
    assert cart.total(code="SPRING") == 9


def test_discount_is_applied(cart):
    cart.add("tea", price=10)
    assert cart.total(code="EXPIRED") == 10
`,
    good: `def test_discount_is_applied(cart):
    cart.add("tea", price=10)
    assert cart.total(code="SPRING") == 9


def test_expired_discount_is_refused(cart):
    cart.add("tea", price=10)
    assert cart.total(code="EXPIRED") == 10
`,
    whenFine:
      "A class of helpers whose name begins with `Test` says `__test__ = False`. A function that is handed to the code under test is used, and not reported.",
    references: [
      "https://docs.pytest.org/en/stable/explanation/goodpractices.html#conventions-for-python-test-discovery",
    ],
  },
  fix: "none",
  on: {
    Module(module, ctx) {
      if (ctx.file.classes.has("test")) checkBlock(module.body, ctx);
    },
    ClassDef(cls, ctx) {
      if (!ctx.file.classes.has("test")) return;
      const testCase = isTestCase(cls, ctx.model);
      if (testCase || /^Test/.test(cls.name)) checkBlock(cls.body, ctx);
      if (testCase) checkSpelling(cls, ctx);
      else checkConstructor(cls, ctx);
    },
    FunctionDef(node, ctx) {
      checkNested(node, ctx);
    },
    AsyncFunctionDef(node, ctx) {
      checkNested(node, ctx);
    },
  },
});

/** Two tests of one name in one block: the later takes the name. Under conditions and decorators anything may be meant. */
function checkBlock(block: readonly Stmt[], ctx: Context): void {
  const seen = new Map<string, FunctionNode>();
  for (const statement of block) {
    if (statement.kind !== "FunctionDef" && statement.kind !== "AsyncFunctionDef") continue;
    if (!statement.name.startsWith("test") || ctx.model.enclosingFunction(statement) !== undefined) continue;
    const earlier = seen.get(statement.name);
    seen.set(statement.name, statement);
    if (earlier === undefined || earlier.decorator_list.some((it) => isRegistering(it, ctx))) continue;
    if (statement.decorator_list.some((it) => mentions(ctx.text(it), statement.name))) continue;
    const related = [{ span: nameSpan(statement), message: "this one runs", node: statement }];
    ctx.report(nameSpan(earlier), "shadowed", { data: { name: earlier.name }, related });
  }
}

/** Decorators of pytest and mock leave a function what it is; another one may keep it somewhere else. */
function isRegistering(decorator: FunctionNode["decorator_list"][number], ctx: Context): boolean {
  const plain = decorator.kind === "Call" ? decorator.func : decorator;
  return !/^(?:pytest|unittest|django|hypothesis|mock|freezegun|parameterized)\b/.test(
    ctx.model.qualifiedName(plain) ?? "",
  );
}

function mentions(text: string, name: string): boolean {
  return text.includes(`${name}.`);
}

function checkSpelling(cls: ClassDef, ctx: Context): void {
  for (const statement of cls.body) {
    if (statement.kind !== "FunctionDef" && statement.kind !== "AsyncFunctionDef") continue;
    if (!MISSPELT.test(statement.name) || statement.args.args.length > 1) continue;
    if (ctx.text(cls).split(statement.name).length > 2) continue;
    ctx.report(nameSpan(statement), "misspelt", { data: { name: statement.name } });
  }
}

function checkConstructor(cls: ClassDef, ctx: Context): void {
  if (!/^Test/.test(cls.name) || !/(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(ctx.file.path)) return;
  const functions = cls.body.filter((it) => it.kind === "FunctionDef" || it.kind === "AsyncFunctionDef");
  const initializer = functions.find((it) => it.name === "__init__");
  const parameters = initializer?.args.args.length ?? 0;
  // One that takes arguments is made by the file's own code.
  if (initializer === undefined || parameters > 1 || cls.bases.length > 0 || cls.decorator_list.length > 0)
    return;
  if (!functions.some((it) => /^test_/.test(it.name)) || /\b__test__\b/.test(ctx.text(cls))) return;
  ctx.report(nameSpan(initializer), "initialized", { data: { name: cls.name } });
}

function checkNested(node: FunctionNode, ctx: Context): void {
  if (!ctx.file.classes.has("test") || !node.name.startsWith("test_") || node.decorator_list.length > 0)
    return;
  const holder = ctx.model.enclosingFunction(node);
  if (holder === undefined || node.parent !== holder || !isCollectedTest(holder, ctx.model, ctx.file)) return;
  if (isNamed(node, holder)) return;
  ctx.report(nameSpan(node), "nested", { data: { name: node.name } });
}

function isNamed(node: FunctionNode, holder: FunctionNode): boolean {
  let named = false;
  visit(holder.body, (at) => {
    if (at.kind === "Name" && at.id === node.name) named = true;
    if (at.kind === "Call" && at.func.kind === "Name" && /^(?:locals|vars|globals|dir)$/.test(at.func.id))
      named = true;
    return !named;
  });
  return named;
}
