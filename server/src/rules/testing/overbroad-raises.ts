/** Rule: a test that is content with any error at all, also with that of a typing mistake. */

import { localUses } from "../../engine/local-names.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { keywordOf, unpacksArguments } from "../../syntax/calls.ts";

const NAMES: ReadonlySet<string> = new Set(["raises", "assertRaises"]);
const ASSERTS =
  /^(?:pytest\.raises|unittest\.(?:case\.)?(?:TestCase|IsolatedAsyncioTestCase)\.assertRaises)$/;
const ANY_ERROR: ReadonlySet<string> = new Set(["builtins.Exception", "builtins.BaseException"]);

export default defineRule({
  id: "overbroad-raises",
  title: "Test passes on any error",
  section: "testing",
  level: "must-have",
  severity: "information",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["B017", "PT011"], flake8: ["B017", "PT011"] },
  guide: "testing#pytest-basics",
  messages: {
    anyError:
      "Every error makes this test pass, also a misspelt name in the test itself. Name the error that is meant, or say its text with `match=`.",
  },
  docs: {
    why: "The test was written for the refused order. A year later a parameter is renamed, the call fails with a TypeError before any check runs, and the test is still green: it never tested the refusal again. The narrowest class, or the text of the message, keeps the test about its subject.",
    bad: `import pytest

from shop.orders import place_order


def test_empty_orders_are_refused():
    with pytest.raises(Exception):
        place_order(lines=[])
`,
    good: `import pytest

from shop.orders import OrderRefused, place_order


def test_empty_orders_are_refused():
    with pytest.raises(OrderRefused):
        place_order(lines=[])
`,
    path: "tests/test_orders.py",
    whenFine:
      "With `match=`, or where the test looks at the error afterwards, it is not any error that passes: neither is reported.",
    references: ["https://docs.pytest.org/en/stable/reference/reference.html#pytest.raises"],
  },
  fix: "none",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      if (!ctx.file.classes.has("test") || !ASSERTS.test(ctx.model.callee(call) ?? "")) return;
      if (keywordOf(call, "match") !== undefined || keywordOf(call, "check") !== undefined) return;
      const [expected] = call.args;
      if (expected === undefined || unpacksArguments(call)) return;
      if (!ANY_ERROR.has(ctx.model.qualifiedName(expected) ?? "") || isLookedAt(call, ctx)) return;
      ctx.report(expected, "anyError");
    },
  },
});

/** True where the error that was caught is looked at: `with raises(Exception) as caught`, and `caught` is read. */
function isLookedAt(call: Call, ctx: RuleContext): boolean {
  const name = boundName(call);
  if (name === undefined) return false;
  if (name.kind !== "Name") return true;
  return (localUses(name, ctx.model)?.reads.length ?? 1) > 0;
}

function boundName(call: Call): Expr | undefined {
  const { parent } = call;
  if (parent?.kind === "withitem") return parent.optional_vars ?? undefined;
  return parent?.kind === "Assign" ? parent.targets[0] : undefined;
}
