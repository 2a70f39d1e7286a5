/** Rule: a patch of the place where a function is defined, while the code under test holds a copy of the name. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { isFunctionLike, visit } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, FunctionNode, Name } from "../../syntax/ast.ts";
import { pythonString } from "../../syntax/calls.ts";

type Context = RuleContext<"original">;

export default defineRule({
  id: "mock-patches-wrong-target",
  title: "Mock replaces a name that the code under test does not use",
  section: "testing",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  guide: "testing#test-doubles",
  messages: {
    original:
      "`{{caller}}` calls the `{{name}}` that its module imported, so the real one still runs. Patch it where it is used: `{{target}}`.",
  },
  docs: {
    why: "`from shop.mail import send` makes a second name for the function, in the module that imports it. A patch of `shop.mail.send` replaces the first name only: the test is green, and every run of the suite sends real mail, or waits for a service that happens to answer.",
    bad: `from unittest.mock import patch

from shop.mail import send


def test_welcome():
    with patch("shop.mail.send") as fake:
        send("a@example.com")
    fake.assert_called_once_with("a@example.com")
`,
    good: `from unittest.mock import patch

from shop.accounts import sign_up


def test_welcome():
    with patch("shop.accounts.send") as fake:
        sign_up("a@example.com")
    fake.assert_called_once_with("a@example.com")
`,
    whenFine:
      "Where the module under test imports the module and looks the function up at each call (`mail.send(…)`), the patch at its definition is right, and not reported.",
    references: ["https://docs.python.org/3/library/unittest.mock.html#where-to-patch"],
  },
  fix: "unsafe",
  calls: new Set(["patch", "setattr"]),
  on: {
    Call(call, ctx) {
      if (!ctx.file.classes.has("test")) return;
      const [target] = call.args;
      if (target === undefined || !isPatch(call, ctx)) return;
      const name = ctx.model.stringValue(target);
      if (name === undefined || name.split(".").length < 3) return;
      const test = testOf(call, ctx);
      if (test === undefined) return;
      for (const used of functionsUnderTest(test, ctx)) {
        const copy = copyOf(used, name);
        if (copy === undefined) continue;
        reportCopy(target, used, copy, ctx);
        return;
      }
    },
  },
});

/** A function whose body runs while the patch is in place. */
interface Used {
  readonly node: FunctionNode;
  readonly model: SemanticModel;
  readonly moduleName: string;
}

function isPatch(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call) ?? "";
  if (callee === "unittest.mock.patch" || callee === "mock.patch") return true;
  if (call.func.kind !== "Attribute" || call.func.value.kind !== "Name") return false;
  const { attr, value } = call.func;
  return (attr === "patch" && value.id === "mocker") || (attr === "setattr" && value.id === "monkeypatch");
}

/** The test that the patch is for: the function it decorates, or whose body holds it. */
function testOf(call: Call, ctx: Context): FunctionNode | undefined {
  const { parent } = call;
  if (parent?.kind === "FunctionDef" || parent?.kind === "AsyncFunctionDef") return parent;
  return ctx.model.enclosingFunction(call);
}

/** The test itself, and the project's functions that it calls by a name its module imports. */
function functionsUnderTest(test: FunctionNode, ctx: Context): readonly Used[] {
  const { model } = ctx;
  const found: Used[] = [{ node: test, model, moduleName: model.moduleName }];
  visit(test.body, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Name") return true;
    if (importOf(node.func, model) === undefined) return true;
    const definition = ctx.definition(model.qualifiedName(node.func) ?? "");
    const fn = definition?.node;
    if (definition === null || (fn?.kind !== "FunctionDef" && fn?.kind !== "AsyncFunctionDef")) return true;
    found.push({ node: fn, model: definition.model, moduleName: definition.file.moduleName });
    return true;
  });
  return found;
}

/** The name by which a function calls what the patch means to replace, and which the patch leaves as it is. */
function copyOf({ node, model }: Used, target: string): Name | undefined {
  let copy: Name | undefined;
  visit(node.body, (at) => {
    // A function in the function may be the fake itself, which calls the real one on purpose.
    if (isFunctionLike(at)) return false;
    const isCall = at.kind === "Call" && at.func.kind === "Name";
    if (copy === undefined && isCall && importOf(at.func as Name, model) === target) copy = at.func as Name;
    return copy === undefined;
  });
  return copy;
}

/** The qualified name that `from … import` of the module gave to a name; undefined for every other name. */
function importOf(name: Name, model: SemanticModel): string | undefined {
  const binding = model.resolve(name);
  if (binding?.scope.kind !== "module" || binding.kind !== "import" || !binding.single) return undefined;
  const [alias] = binding.definitions;
  return alias?.parent?.kind === "ImportFrom" ? model.qualifiedName(name) : undefined;
}

function reportCopy(target: Expr, used: Used, copy: Name, ctx: Context): void {
  const right = `${used.moduleName}.${copy.id}`;
  ctx.report(target, "original", {
    data: { caller: used.node.name, name: copy.id, target: right },
    fix(edits) {
      if (target.kind !== "Constant" || used.moduleName === "") return null;
      edits.replace(target, pythonString(right));
      return "Patch it where it is used";
    },
  });
}
