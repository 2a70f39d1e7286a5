/** Rule: an element of a page that is used as if the page could never change. */

import { localUses } from "../../engine/local-names.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders, isFunctionLike } from "../../engine/search.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ExceptHandler, Name, Node } from "../../syntax/ast.ts";

const NAMES: ReadonlySet<string> = new Set(["find", "select_one"]);
const FINDERS = /^bs4\.(?:BeautifulSoup|Tag)\.(?:find|select_one)$/;

/** Errors that using None raises. */
const CAUGHT = /^builtins\.(?:AttributeError|TypeError|Exception|BaseException)$/;

export default defineRule({
  id: "scraped-element-unchecked",
  title: "Element of a page used without looking whether it is there",
  section: "automation",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [476],
  equivalents: {},
  guide: "automation#web-scraping",
  messages: {
    mayBeNone:
      "`{{finder}}` gives None where the page has no such element, and this line fails then. Test for None, and decide what a page without it means.",
  },
  docs: {
    why: "Pages change without telling you: a product without a price, a login wall, an error page with status 200. The scraper then stops in the middle of the night with `'NoneType' object has no attribute 'text'`, and everything behind that page is missing. A test for None makes it one skipped row and one line in the log.",
    bad: `from bs4 import BeautifulSoup


def price_of(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    return page.select_one(".price").get_text(strip=True)
`,
    good: `from bs4 import BeautifulSoup


def price_of(html: str) -> str | None:
    page = BeautifulSoup(html, "html.parser")
    price = page.select_one(".price")
    return None if price is None else price.get_text(strip=True)
`,
    whenFine:
      "Where the code catches AttributeError or TypeError around it, the case is thought of: not reported.",
    references: ["https://www.crummy.com/software/BeautifulSoup/bs4/doc/#find"],
  },
  contexts: { offIn: ["test", "notebook"] },
  fix: "none",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      if (!FINDERS.test(ctx.model.callee(call) ?? "") || call.func.kind !== "Attribute") return;
      const use = isUsed(call) ? call : firstUncheckedUse(call, ctx);
      if (use === undefined || isCaught(use, ctx) || isTestedBefore(call, ctx)) return;
      ctx.report(use, "mayBeNone", { data: { finder: call.func.attr } });
    },
  },
});

/** True where a value is dereferenced: `value.text`, `value["href"]`, `value(…)`. */
function isUsed(node: Node): boolean {
  const { parent } = node;
  return (parent?.kind === "Attribute" || parent?.kind === "Subscript") && parent.value === node;
}

/** The first use of a variable that holds the result, where nothing in the function asks whether it is None. */
function firstUncheckedUse(call: Call, ctx: RuleContext): Name | undefined {
  const { parent } = call;
  const target = parent?.kind === "Assign" && parent.targets.length === 1 ? parent.targets[0] : undefined;
  const uses = target?.kind === "Name" ? localUses(target, ctx.model) : undefined;
  if (uses === undefined || uses.definitions > 1 || !uses.reads.every((read) => isUsed(read)))
    return undefined;
  return uses.reads[0];
}

/** True inside of a `try` that takes the error which None raises. */
function isCaught(node: Node, { model }: RuleContext): boolean {
  let below: Node = node;
  for (const at of holders(node)) {
    if (isFunctionLike(at)) return false;
    if (at.kind === "Try" && at.body.some((statement) => statement === below)) {
      if (at.handlers.some((handler) => takesUseOfNone(handler, model))) return true;
    }
    below = at;
  }
  return false;
}

function takesUseOfNone({ type }: ExceptHandler, model: SemanticModel): boolean {
  if (type === null) return true;
  const types = type.kind === "Tuple" ? type.elts : [type];
  return types.some((one) => CAUGHT.test(model.qualifiedName(one) ?? ""));
}

/** True where the same search was made a condition before: `if page.find("a"): page.find("a")["href"]`. */
function isTestedBefore(call: Call, ctx: RuleContext): boolean {
  const text = ctx.text(call);
  const isSame = (node: Node) => node !== call && node.kind === "Call" && ctx.text(node) === text;
  for (const at of holders(call)) {
    if (isFunctionLike(at)) return false;
    if ((at.kind === "If" || at.kind === "While" || at.kind === "IfExp") && contains(at.test, isSame))
      return true;
    if (at.kind === "BoolOp" && at.values.some((value) => contains(value, isSame))) return true;
    if (at.kind === "comprehension" && at.ifs.some((test) => contains(test, isSame))) return true;
  }
  return false;
}
