/** Rule: a secret in a URL, where proxies, servers and browsers write it down. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { credentialKind } from "../../models/credentials.ts";
import type { Expr, JoinedStr } from "../../syntax/ast.ts";
import { keywordOf, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"query" | "params">;

const CLIENT =
  /^(?:requests|httpx|httpx2|aiohttp)\.(?:\w+\.)*(?:get|post|put|patch|delete|head|request|stream)$/;

/** The parameter that the text before a value ends with: `…?token=`, `…&api_key=`. */
const PARAMETER = /[?&]([\w-]+)=$/;

export default defineRule({
  id: "secret-in-url",
  title: "Secret in a URL",
  section: "secrets",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [598],
  equivalents: {},
  guide: "secrets#secrets-in-logs",
  messages: {
    query:
      "URLs are written down: by servers, proxies, browsers, and in the message of every HTTP error. Send `{{name}}` in a header, or in the body.",
    params:
      "`{{name}}` becomes part of the URL, which servers, proxies and error messages write down. Send it in a header (`Authorization`), if the service takes one.",
  },
  docs: {
    why: "Access logs keep URLs for months and are read by more people than any vault. Proxies and monitoring copy them, and `requests` puts the whole URL into its exceptions, so that one timeout sends the key to the error tracker. A header is in none of these places.",
    bad: `import requests


def orders(token: str) -> list[dict]:
    response = requests.get(f"https://api.example.com/orders?token={token}", timeout=10)
    response.raise_for_status()
    return response.json()
`,
    good: `import requests


def orders(token: str) -> list[dict]:
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.example.com/orders", headers=headers, timeout=10)
    response.raise_for_status()
    return response.json()
`,
    whenFine:
      "Links that are good once and for minutes: signed downloads, password resets. A service that takes its key nowhere else leaves no choice; say so in a suppression, and keep the URL out of your logs.",
    references: ["https://cwe.mitre.org/data/definitions/598.html"],
  },
  contexts: { offIn: ["test"] },
  fix: "none",
  on: {
    JoinedStr(node, ctx) {
      const [first] = node.values;
      if (first?.kind !== "Constant" || !/^https?:\/\//.test(literalString(first) ?? "")) return;
      checkText(node, ctx);
    },
    Call(call, ctx) {
      const params = keywordOf(call, "params")?.value;
      if (params?.kind !== "Dict" || !CLIENT.test(ctx.model.callee(call) ?? "")) return;
      for (const [index, key] of params.keys.entries()) {
        const name = literalString(key);
        const value = params.values[index];
        if (name === undefined || value === undefined || !isSecret(name, value)) continue;
        ctx.report(value, "params", { data: { name }, severity: "information" });
      }
    },
  },
});

function checkText(node: JoinedStr, ctx: Context): void {
  for (const [index, value] of node.values.entries()) {
    if (value.kind !== "FormattedValue") continue;
    const name = PARAMETER.exec(literalString(node.values[index - 1]) ?? "")?.[1];
    if (name === undefined || !isSecret(name, value.value)) continue;
    ctx.report(value, "query", { data: { name } });
  }
}

function isSecret(name: string, value: Expr): boolean {
  if (value.kind === "Constant") return false;
  const kind = credentialKind(name);
  return kind === "password" || (kind !== undefined && /api_?key|secret|token|access_key/i.test(name));
}
