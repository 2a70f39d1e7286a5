/** Rule: a memo that grows with every value it is asked for, or that keeps its objects alive. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Expr, FunctionNode } from "../../syntax/ast.ts";
import { argumentOf, isNone } from "../../syntax/calls.ts";

type Context = RuleContext<"onMethod" | "noBound">;

export default defineRule({
  id: "unbounded-memoization",
  title: "Memo that only grows",
  section: "performance",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [401],
  equivalents: { ruff: ["B019"], pylint: ["W1518"], flake8: ["B019"] },
  contexts: { offIn: ["test"] },
  guide: "performance#caching",
  messages: {
    onMethod:
      "`@{{decorator}}` on a method keeps every instance alive that ever called it, because `self` is part of the key. Use `cached_property`, or memoize a function of the values it needs.",
    noBound:
      "`@{{decorator}}` keeps an answer for every `{{parameter}}` that was ever asked for, until the process ends. Give it a `maxsize`.",
  },
  docs: {
    why: "A memo without a bound is a leak with good intentions: each new argument adds an entry, and nothing ever removes one. With arguments that come from users there is no end to them. On a method the memo also holds `self`, so that objects which everybody else has forgotten stay, with all they refer to.",
    bad: `from functools import lru_cache


class Shop:
    @lru_cache(maxsize=None)
    def price(self, sku: str) -> int:
        return len(sku)
`,
    good: `from functools import lru_cache


class Shop:
    def price(self, sku: str) -> int:
        return price_of(sku)


@lru_cache(maxsize=1024)
def price_of(sku: str) -> int:
    return len(sku)
`,
    whenFine: "Where the arguments are few by their nature: an enumeration, the names of the settings.",
    references: ["https://docs.python.org/3/library/functools.html#functools.lru_cache"],
  },
  fix: "none",
  on: {
    FunctionDef: judge,
  },
});

/** Parameters that a client fills. */
const FROM_USERS = /^(?:user|user_id|query|q|text|prompt|url|address|email|token|search|ip|message)$/;

function judge(node: FunctionNode, ctx: Context): void {
  for (const decorator of node.decorator_list) {
    const callee = decorator.kind === "Call" ? decorator.func : decorator;
    const name = ctx.model.qualifiedName(callee) ?? "";
    if (name !== "functools.lru_cache" && name !== "functools.cache") continue;
    const data = { decorator: ctx.text(callee) };
    const [first] = [...node.args.posonlyargs, ...node.args.args];
    if (node.parent?.kind === "ClassDef" && first?.arg === "self")
      ctx.report(decorator, "onMethod", { data });
    else if (isUnbounded(name, decorator)) {
      const parameter = node.args.args.find((it) => FROM_USERS.test(it.arg));
      if (parameter !== undefined)
        ctx.report(decorator, "noBound", {
          data: { ...data, parameter: parameter.arg },
          severity: "information",
        });
    }
  }
}

function isUnbounded(name: string, decorator: Expr): boolean {
  if (name === "functools.cache") return true;
  const size = decorator.kind === "Call" ? argumentOf(decorator, "maxsize", 0) : undefined;
  return size !== undefined && isNone(size);
}
