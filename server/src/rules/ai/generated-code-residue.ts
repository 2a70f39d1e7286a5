/** Rule: what a code assistant left for somebody to fill in, and nobody did. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { FunctionNode, Module } from "../../syntax/ast.ts";
import { nameSpan } from "../../syntax/tree.ts";

type Context = RuleContext<"comment" | "stub">;

/** Comments that stand in the place of code. */
const RESIDUE =
  /^#\s*(?:TODO:?\s*|\.\.\.\s*)?(?:\(?(?:your|add your|insert your|put your) (?:own )?(?:code|logic|implementation) (?:goes )?here|(?:the )?rest of (?:the|your) (?:code|implementation|function|class|method|logic)\b|(?:\.\.\. ?)?existing code(?: here| remains?\b.*)?\s*\.*$|implementation (?:goes|omitted) here|remaining (?:code|methods?|implementation) (?:unchanged|omitted|here|remains?)|(?:in a real|for a real|in production, you) (?:implementation|application|app|system|would|should)\b.*(?:would|should|check|verify|validate|replace)|this is a (?:placeholder|simplified|mock) (?:implementation|version|function)\b|replace (?:this )?with (?:your )?(?:actual|real) (?:implementation|logic|code))/i;

/** Functions on whose answer access or money depends. */
const DECIDES =
  /^_?(?:(?:verify|validate|check|authenticate|authorize)_(?:\w*_)?(?:signature|password|token|credentials?|permissions?|access|user|payment|card|license|otp|webhook|api_key)|is_(?:authorized|authenticated|admin|allowed|valid_token|valid_signature)|has_(?:access|permission)|process_payment|charge_card)$/;

export default defineRule({
  id: "generated-code-residue",
  title: "Place-holder left in shipped code",
  section: "ai",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [1164],
  equivalents: {},
  guide: "ai#working-with-ai-assistants",
  messages: {
    comment: "This comment stands where code was to follow. Write the code, or say why none is needed.",
    stub: "`{{name}}` says yes to everybody: it looks at none of its arguments.",
  },
  docs: {
    why: "An assistant writes the frame and leaves the hard part to you, in a comment or in a function that returns True. The frame runs, the demonstration works, and the check of the signature is still not there when the first forged webhook arrives.",
    bad: `def verify_signature(payload: bytes, signature: str) -> bool:
    """Check that the payload comes from the payment provider."""
    return True
`,
    good: `import hashlib
import hmac


def verify_signature(payload: bytes, signature: str, key: bytes) -> bool:
    """Check that the payload comes from the payment provider."""
    expected = hmac.new(key, payload, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)
`,
    whenFine:
      "Methods that a subclass overrides say yes by default on purpose: only functions of a module are reported. Templates for others to fill in are no shipped code; suppress it there.",
    references: ["https://cwe.mitre.org/data/definitions/1164.html"],
  },
  contexts: { offIn: ["test", "script", "notebook"] },
  fix: "none",
  on: {
    Module: checkComments,
    FunctionDef: checkStub,
    AsyncFunctionDef: checkStub,
  },
});

function checkComments(_module: Module, ctx: Context): void {
  for (const { start, end, text } of ctx.model.tree.comments) {
    if (text.length < 200 && RESIDUE.test(text)) ctx.report({ start, end }, "comment");
  }
}

/** `def verify_token(token): return True`, a docstring allowed. */
function checkStub(node: FunctionNode, ctx: Context): void {
  if (!DECIDES.test(node.name) || node.parent?.kind !== "Module" || node.args.args.length === 0) return;
  if (node.decorator_list.length > 0) return;
  const body = node.body.filter((it) => it.kind !== "Expr" || it.value.kind !== "Constant");
  const [only] = body;
  if (body.length !== 1 || only?.kind !== "Return" || only.value?.kind !== "Constant") return;
  if (only.value.value === true) ctx.report(nameSpan(node), "stub", { data: { name: node.name } });
}
