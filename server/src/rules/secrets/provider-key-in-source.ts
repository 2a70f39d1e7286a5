/** Rule: a key in the format that a provider issues, anywhere in the source. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { providerKeyIn } from "../../models/credentials.ts";
import type { Node } from "../../syntax/ast.ts";
import type { Span } from "../../syntax/tree.ts";

export default defineRule({
  id: "provider-key-in-source",
  title: "Issued key in the source",
  section: "secrets",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [798],
  equivalents: {},
  supersedes: ["hardcoded-credential", "insecure-secret-fallback"],
  guide: "secrets#never-hardcode",
  messages: {
    issuedKey:
      "This has the format of a live {{provider}}. Revoke it first, since it is in the history from now on; then read its successor from the environment.",
  },
  docs: {
    why: "Providers give their keys a prefix so that they can be found, and they are: public repositories are searched for them around the clock, and a leaked cloud key runs other people's machines within minutes. Deleting the line does not help, because every clone and every build keeps the old version. The only cure is to revoke the key and issue another.",
    bad: `import stripe

stripe.api_key = "sk_live_" "9aQ2LxW7TnR4vKc0ZyBm5HdP"
`,
    good: `import os

import stripe

stripe.api_key = os.environ["STRIPE_API_KEY"]
`,
    whenFine:
      "Keys that documentation prints for everyone, such as the AWS example key or the Azurite account, are not reported, nor are placeholders and test-mode keys. A revoked key kept as a fixture can be suppressed by name; better, put it together at run time.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
    ],
  },
  fix: "none",
  on: {
    Constant(node, ctx) {
      if (node.type === "str" || node.type === "bytes") check(node, String(node.value), ctx);
    },
    Module(_, ctx) {
      for (const { start, end, text } of ctx.model.tree.comments) check({ start, end }, text, ctx);
    },
  },
});

function check(at: Node | Span, text: string, ctx: RuleContext<"issuedKey">): void {
  const format = providerKeyIn(text);
  if (format !== undefined) ctx.report(at, "issuedKey", { data: { provider: format.provider } });
}
