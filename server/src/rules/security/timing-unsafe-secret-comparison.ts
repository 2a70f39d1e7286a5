/** Rule: a secret is compared with `==`, which stops at the first character that differs. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import { readsRequest } from "../../frameworks/web/client-input.ts";
import { assignedValues } from "../../semantic/assigned.ts";
import type { Compare, Expr, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"digest" | "secret">;

/** Names of values that only who knows them may have. */
const SECRET =
  /(?:^|_)(?:secret|signature|hmac|api_?key|apikey|auth_?token|access_?token|webhook_?(?:token|key)|token|passwd|password|passphrase|otp_?secret)(?:$|_(?:key|value|hash|digest)$)/i;
/** Names of secrets that are only names: of fields, headers, cookies, forms. */
const NO_VALUE =
  /(?:_(?:name|header|field|url|uri|type|id|param|cookie|length|count|expiry|expires|at|error|hint|label|path|file|mode|status)|^token_?type)$/i;

export default defineRule({
  id: "timing-unsafe-secret-comparison",
  title: "Secret compared with ==",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [208],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#webhook-receivers",
  messages: {
    digest:
      "`{{operator}}` stops at the first character that differs, so the time it takes tells how much of a signature was right. Compare with `hmac.compare_digest`.",
    secret:
      "`{{operator}}` compares what the client sent with a secret and stops at the first character that differs: the time it takes gives the secret away. Compare with `hmac.compare_digest`.",
  },
  docs: {
    why: "`==` on strings returns at the first difference. Measured often enough, the answer to a wrong guess comes a little later when its first characters are right, and so a signature or a key can be found one character at a time instead of all at once. `hmac.compare_digest` takes the same time for every input of a length.",
    bad: `import hashlib
import hmac


def is_valid(secret: bytes, body: bytes, signature: str) -> bool:
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return signature == expected
`,
    good: `import hashlib
import hmac


def is_valid(secret: bytes, body: bytes, signature: str) -> bool:
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature, expected)
`,
    whenFine:
      "Comparing with nothing, with a constant, or two values of your own tells nobody anything. A key that is found by a look-up of its hash is not compared at all.",
    references: ["https://docs.python.org/3/library/hmac.html#hmac.compare_digest"],
    frameworks: {
      Django: "`django.utils.crypto.constant_time_compare` takes text as well as bytes.",
    },
  },
  fix: "unsafe",
  on: {
    Compare(node, ctx) {
      const [operator] = node.ops;
      const [right] = node.comparators;
      if (node.ops.length !== 1 || right === undefined || (operator !== "Eq" && operator !== "NotEq")) return;
      const message = judge(node.left, right, ctx) ?? judge(right, node.left, ctx);
      if (message === null || isCriterion(node)) return;
      ctx.report(node, message, {
        data: { operator: operator === "Eq" ? "==" : "!=" },
        fix: compareDigest(node, right, ctx),
      });
    },
  },
});

/** `query.filter(User.api_key == key)` makes SQL; the database compares. */
function isCriterion(node: Compare): boolean {
  const { parent } = node;
  return (
    parent?.kind === "Call" &&
    /^(?:filter|filter_by|where|having|and_|or_|any|has)$/.test(lastName(parent.func))
  );
}

/** The message where `secret` is a secret of ours and `other` comes from outside. */
function judge(secret: Expr, other: Expr, ctx: Context): "digest" | "secret" | null {
  if (isConstant(other, ctx) || isConstant(secret, ctx)) return null;
  if (isHmac(secret, ctx)) return "digest";
  return isSecretOfOurs(secret, ctx) && isFromClient(other, ctx) ? "secret" : null;
}

function isConstant(node: Expr, ctx: Context): boolean {
  return node.kind === "Constant" || ctx.model.constant(node) !== undefined;
}

/** The digest of an HMAC, also in a variable. */
function isHmac(node: Expr, ctx: Context, depth = 0): boolean {
  if (depth > 3) return false;
  if (node.kind === "Name") {
    const values = assignedValues(node, ctx.model);
    return values?.some((value) => isHmac(value, ctx, depth + 1)) === true;
  }
  return (
    find(node, (at) => at.kind === "Call" && /^hmac\.(?:new|digest)$/.test(ctx.model.callee(at) ?? "")) !==
    undefined
  );
}

/** A setting, an attribute or an environment variable that is called a secret. */
function isSecretOfOurs(node: Expr, ctx: Context): boolean {
  if (node.kind === "Call") {
    const name = ctx.model.callee(node) ?? "";
    const key = node.args[0] === undefined ? undefined : ctx.model.stringValue(node.args[0]);
    const reads = /^os\.(?:getenv|_Environ\.get)$|(?:^|\.)(?:config|get_secret_value|get)$/.test(name);
    if (lastName(node.func) === "get_secret_value") return true;
    return reads && key !== undefined && isSecretName(key);
  }
  if (node.kind === "Subscript") {
    const key = ctx.model.stringValue(node.slice);
    return (
      key !== undefined &&
      isSecretName(key) &&
      /^(?:environ|config|secrets|settings)$/.test(lastName(node.value))
    );
  }
  if (node.kind === "Attribute") {
    return (
      isSecretName(node.attr) &&
      /^(?:settings|config|conf|app_settings|self|env|constants)$/.test(lastName(node.value))
    );
  }
  return node.kind === "Name" && /^[A-Z][A-Z0-9_]+$/.test(node.id) && isSecretName(node.id);
}

function isSecretName(name: string): boolean {
  return SECRET.test(name) && !NO_VALUE.test(name);
}

/** What a request carries, also in a variable; a parameter is called after what it carries. */
function isFromClient(node: Expr, ctx: Context): boolean {
  if (readsRequest(node)) return true;
  if (node.kind !== "Name") return find(node, (at) => isHeaderAccess(at)) !== undefined;
  const values = assignedValues(node, ctx.model);
  if (values !== undefined)
    return values.some((value) => readsRequest(value) || find(value, isHeaderAccess) !== undefined);
  const definitions = ctx.model.resolve(node)?.definitions ?? [];
  return definitions.some((one) => one.kind === "arg") && isSecretName(node.id);
}

function isHeaderAccess(node: Node): boolean {
  return node.kind === "Attribute" && node.attr === "headers";
}

function compareDigest(node: Compare, right: Expr, ctx: Context): FixBuilder {
  return (edits) => {
    const compare = edits.ensureImport("hmac", "compare_digest");
    const negated = node.ops[0] === "NotEq" ? "not " : "";
    edits.replace(node, `${negated}${compare}(${ctx.text(node.left)}, ${ctx.text(right)})`);
    return "Compare in constant time";
  };
}
