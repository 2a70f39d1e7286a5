/** Rule: an assertion that no result of the code can make fail. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { CALLABLE_WITHOUT_ARGUMENTS, INVENTED_MOCK_ATTRIBUTES, MOCK_CHECKS } from "../../models/mocks.ts";
import type { Assert, Call, Compare, Expr, ExprStmt, Tuple } from "../../syntax/ast.ts";

type MessageId = "tuple" | "constant" | "itself" | "inventedAttribute" | "notCalled";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "assertion-always-true",
  title: "Assertion that cannot fail",
  section: "testing",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [571],
  equivalents: {
    ruff: ["F631", "PLW0129", "PGH005", "PLR0124"],
    pylint: ["W0199", "W0129", "R0124"],
  },
  guide: "testing#pytest-basics",
  messages: {
    tuple: "A tuple that is not empty is always true: this assertion never fails. Remove the brackets.",
    constant: "This assertion is about a constant, so it never fails.",
    itself: "Both sides are the same expression, so this comparison never fails.",
    inventedAttribute:
      "A mock answers `.{{name}}` with another mock, which is always true. Call `.assert_{{name}}(…)` instead.",
    notCalled: "`.{{name}}` is mentioned, not called: nothing is checked. Add the brackets.",
  },
  docs: {
    why: 'An assertion that is always true is worse than none, since it looks like a check. `assert (x == 1, "message")` tests a tuple; `assert mock.called_once` reads an attribute that the mock invents on the spot; `mock.assert_called_once` without brackets is an expression that nobody evaluates. All three are green for every bug.',
    bad: `from unittest.mock import Mock


def test_mail_is_sent():
    mailer = Mock()
    mailer.send("a@example.com")
    assert mailer.send.called_once
`,
    good: `from unittest.mock import Mock


def test_mail_is_sent():
    mailer = Mock()
    mailer.send("a@example.com")
    mailer.send.assert_called_once()
`,
    whenFine:
      "Tests of `__eq__` compare an object with itself on purpose; in a test whose name says so it is not reported.",
    references: [
      "https://docs.python.org/3/library/unittest.mock.html#unittest.mock.Mock.assert_called_once",
      "https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement",
    ],
  },
  fix: "unsafe",
  on: {
    Assert: checkAssert,
    Expr: checkStatement,
  },
});

function checkAssert(node: Assert, ctx: Context): void {
  const { test } = node;
  if (test.kind === "Tuple" && test.elts.length > 0) {
    ctx.report(test, "tuple", { fix: splitTuple(node, test, ctx) });
  } else if (isTrueConstant(test)) {
    ctx.report(test, "constant");
  } else if (test.kind === "Compare" && comparesConstants(test, ctx)) {
    ctx.report(test, "constant");
  } else if (test.kind === "Compare" && comparesWithItself(test, ctx)) {
    // In a test, this may be there to exercise `__eq__`.
    ctx.report(test, "itself", ctx.file.classes.has("test") ? { severity: "hint" } : {});
  } else {
    checkMock(test, ctx);
  }
}

function checkMock(test: Expr, ctx: Context): void {
  if (!ctx.file.classes.has("test")) return;
  const plain = test.kind === "Call" ? test.func : test;
  if (plain.kind !== "Attribute") return;
  if (INVENTED_MOCK_ATTRIBUTES.has(plain.attr))
    ctx.report(test, "inventedAttribute", { data: { name: plain.attr } });
  else if (test.kind === "Attribute" && MOCK_CHECKS.has(test.attr)) {
    ctx.report(test, "notCalled", { data: { name: test.attr } });
  }
}

function checkStatement(node: ExprStmt, ctx: Context): void {
  const { value } = node;
  if (value.kind === "Call") checkAssertTrue(value, ctx);
  if (value.kind !== "Attribute" || !MOCK_CHECKS.has(value.attr)) return;
  ctx.report(value, "notCalled", {
    data: { name: value.attr },
    fix(edits) {
      if (!CALLABLE_WITHOUT_ARGUMENTS.test(value.attr)) return null;
      edits.insertAfter(value, "()");
      return `Call \`${value.attr}\``;
    },
  });
}

/** `self.assertTrue("expected", actual)`: the second argument is a message. */
function checkAssertTrue({ func, args }: Call, ctx: Context): void {
  const [first] = args;
  if (func.kind !== "Attribute" || func.attr !== "assertTrue" || first === undefined) return;
  if (first.kind === "Constant" && first.type === "bool") return;
  if (isTrueConstant(first) || (first.kind === "Tuple" && first.elts.length > 0))
    ctx.report(first, "constant");
}

/** True for a literal that is true whatever happens; `assert True` says so itself, and is left alone. */
function isTrueConstant(test: Expr): boolean {
  switch (test.kind) {
    case "Constant":
      return test.type !== "bool" && test.type !== "None" && Boolean(test.value);
    case "JoinedStr":
      return test.values.some((value) => value.kind === "Constant" && value.value !== "");
    case "GeneratorExp":
    case "Lambda":
      return true;
    default:
      return false;
  }
}

function comparesConstants({ left, ops, comparators }: Compare, ctx: Context): boolean {
  const [right] = comparators;
  if (left.kind !== "Constant" || right?.kind !== "Constant" || comparators.length !== 1) return false;
  const same = ctx.text(left) === ctx.text(right);
  return ops[0] === "Eq" || ops[0] === "Is" ? same : ops[0] === "NotEq" && !same;
}

const ABOUT_EQUALITY = /eq|same|ident|compar|order|hash|nan|reflex|cmp|rich|lt|gt|le|ge/i;

function comparesWithItself({ left, ops, comparators }: Compare, ctx: Context): boolean {
  const [right] = comparators;
  if (right === undefined || comparators.length !== 1 || !isPlace(left) || !isPlace(right)) return false;
  if (!["Eq", "Is", "LtE", "GtE"].includes(ops[0] ?? "") || ctx.text(left) !== ctx.text(right)) return false;
  return !ABOUT_EQUALITY.test(ctx.model.enclosingFunction(left)?.name ?? "");
}

/** A name or an attribute of one: evaluating it twice gives the same. */
function isPlace(node: Expr): boolean {
  return node.kind === "Name" || (node.kind === "Attribute" && isPlace(node.value));
}

function splitTuple(node: Assert, test: Tuple, ctx: Context): FixBuilder {
  return (edits) => {
    const [condition, message] = test.elts;
    if (test.elts.length !== 2 || node.msg !== null || condition === undefined || message === undefined)
      return null;
    const bare = message.kind === "Constant" || message.kind === "JoinedStr";
    if (!bare || condition.kind === "Constant" || ctx.text(node).includes("\n")) return null;
    edits.replace(test, `${ctx.text(condition)}, ${ctx.text(message)}`);
    return "Remove the brackets";
  };
}
