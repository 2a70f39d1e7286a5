/** Rule: a JSON web token that is believed without its signature, or under an algorithm that it names itself. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { someCall } from "../../engine/module-search.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isFalse, keywordOf, literalString, unpacksArguments } from "../../syntax/calls.ts";

type MessageId =
  | "signatureUnchecked"
  | "unverifiedClaims"
  | "noneAllowed"
  | "algorithmFromToken"
  | "mixedAlgorithms"
  | "algorithmsMissing"
  | "expiryUnchecked";
type Context = RuleContext<MessageId>;

const DECODE = /^(?:jwt(?:\.api_jwt)?|jose\.jwt)\.decode$/;
const UNVERIFIED_CLAIMS = /^jose\.jwt\.get_unverified_claims$/;
const UNVERIFIED_HEADER = /^(?:jwt|jose\.jwt|jwt\.\w+)\.get_unverified_header$/;

/** Claims that say which key or issuer to ask, and that prove nothing by themselves. */
const ROUTING_CLAIMS = new Set(["kid", "iss", "aud", "tid", "exp", "iat", "nbf", "azp", "client_id", "alg"]);
/** Functions that may well see a token whose time is over. */
const HANDLES_EXPIRED = /refresh|renew|expired|logout|revoke|blacklist|ttl|remaining/i;

export default defineRule({
  id: "jwt-verification-weakened",
  title: "Token believed without verification",
  section: "security",
  level: "must-have",
  severity: "error",
  confidence: "high",
  cwe: [347],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#json-web-tokens",
  messages: {
    signatureUnchecked:
      "The signature is not checked, so anybody can write these claims. Decode with the key, `algorithms=[…]` and the expected audience.",
    unverifiedClaims:
      "`get_unverified_claims` returns what the sender wrote, and nothing in this module verifies it. Use `jwt.decode` with the key and `algorithms=[…]`.",
    noneAllowed:
      'The algorithm "none" is a token without a signature: anybody can write one. Name the algorithm that you sign with.',
    algorithmFromToken:
      "The token itself says how it is to be checked, so the sender chooses the check. Name the algorithm in the code.",
    mixedAlgorithms:
      "Shared-secret and public-key algorithms in one list let a token be signed with the public key as the secret. Allow the one kind that you use.",
    algorithmsMissing:
      "Without `algorithms` old versions of the library let the token choose, and new ones refuse to decode. Name the one that you sign with.",
    expiryUnchecked:
      "A token that never ends stays valid after the user has left or the token was stolen. Leave the expiry check on.",
  },
  docs: {
    why: "Everything in a token before its signature is text from the sender: who they are, which role they have, even which algorithm to check with. `verify_signature: False` turns authentication into a form field. Letting the header choose the algorithm is no better, and accepting HMAC beside RSA lets an attacker sign with your public key.",
    bad: `import jwt


def current_user_id(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return claims["sub"]
`,
    good: `import jwt


def current_user_id(token: str, public_key: str) -> str:
    claims = jwt.decode(token, public_key, algorithms=["RS256"], audience="orders-api")
    return claims["sub"]
`,
    whenFine:
      'Reading the header or the issuer first to choose the key, when a verified decode follows in the same module; and reading only `exp` or `iss` (`jwt.decode(...)["exp"]`). Neither is reported.',
    references: [
      "https://pyjwt.readthedocs.io/en/stable/usage.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
    ],
  },
  fix: "unsafe",
  calls: new Set(["decode", "get_unverified_claims"]),
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      if (callee === undefined) return;
      if (UNVERIFIED_CLAIMS.test(callee)) {
        if (!readsOnlyRouting(node) && !ctx.moduleFact(verifiesSomewhere))
          ctx.report(node, "unverifiedClaims");
      } else if (DECODE.test(callee)) {
        checkDecode(node, callee, ctx);
      }
    },
  },
});

function checkDecode(call: Call, callee: string, ctx: Context): void {
  const off = signatureSwitch(call, ctx.model);
  if (off !== undefined) {
    if (!readsOnlyRouting(call) && !ctx.moduleFact(verifiesSomewhere)) ctx.report(off, "signatureUnchecked");
    return;
  }
  const algorithms = argumentOf(call, "algorithms", 2);
  if (algorithms !== undefined) checkAlgorithms(algorithms, ctx);
  else if (!unpacksArguments(call) && keyIsText(call, callee, ctx)) {
    ctx.report(call, "algorithmsMissing", {
      severity: "warning",
      fix: (edits) =>
        appendArgument(edits, call, 'algorithms=["HS256"]') ? 'Add algorithms=["HS256"]' : null,
    });
  }
  const expiry = optionOf(call, "verify_exp", ctx.model);
  if (expiry !== undefined && isFalse(expiry)) {
    const name = ctx.model.enclosingFunction(call)?.name ?? "";
    if (!HANDLES_EXPIRED.test(name)) ctx.report(expiry, "expiryUnchecked", { severity: "warning" });
  }
}

/** The node that takes the signature check away: an entry of `options`, or `verify=False`. */
function signatureSwitch(call: Call, model: SemanticModel): Expr | undefined {
  const verify = keywordOf(call, "verify");
  if (verify !== undefined && isFalse(verify.value)) return verify.value;
  const option = optionOf(call, "verify_signature", model);
  return option !== undefined && isFalse(option) ? option : undefined;
}

function optionOf(call: Call, name: string, model: SemanticModel): Expr | undefined {
  const given = keywordOf(call, "options")?.value;
  const options = given?.kind === "Name" ? assignedValue(given, model) : given;
  if (options?.kind !== "Dict") return undefined;
  return options.values[options.keys.findIndex((key) => literalString(key) === name)];
}

function checkAlgorithms(node: Expr, ctx: Context): void {
  const named = namesAlgorithms(node, ctx);
  if (named.some((name) => name.toLowerCase() === "none")) ctx.report(node, "noneAllowed");
  else if (
    named.some((name) => name.startsWith("HS")) &&
    named.some((name) => /^(?:RS|ES|PS|Ed)/.test(name))
  ) {
    ctx.report(node, "mixedAlgorithms", { severity: "warning" });
  } else if (elementsOf(node).some((element) => comesFromHeader(element, ctx.model))) {
    ctx.report(node, "algorithmFromToken");
  }
}

function elementsOf(node: Expr): readonly Expr[] {
  return node.kind === "List" || node.kind === "Tuple" || node.kind === "Set" ? node.elts : [node];
}

function namesAlgorithms(node: Expr, ctx: Context): readonly string[] {
  const value = ctx.model.constant(node);
  if (value?.type === "str") return [value.value];
  if (value?.type !== "list" && value?.type !== "tuple" && value?.type !== "set") return [];
  return value.value.flatMap((one) => (one.type === "str" ? [one.value] : []));
}

/** `header["alg"]` or `header.get("alg")`, where the header was read without verification. */
function comesFromHeader(node: Expr, model: SemanticModel): boolean {
  if (node.kind === "Name") {
    const value = assignedValue(node, model);
    return value !== undefined && value.kind !== "Name" && comesFromHeader(value, model);
  }
  const [base, key] =
    node.kind === "Subscript"
      ? [node.value, node.slice]
      : node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === "get"
        ? [node.func.value, node.args[0]]
        : [undefined, undefined];
  if (base === undefined || literalString(key) !== "alg") return false;
  const header = base.kind === "Name" ? assignedValue(base, model) : base;
  return header?.kind === "Call" && UNVERIFIED_HEADER.test(model.callee(header) ?? "");
}

/** True for `jwt.decode(…)["exp"]`: a claim that proves nothing and is not taken as proof. */
function readsOnlyRouting(call: Call): boolean {
  const { parent } = call;
  if (parent?.kind === "Subscript") return ROUTING_CLAIMS.has(literalString(parent.slice) ?? "");
  if (parent?.kind !== "Attribute" || parent.attr !== "get" || parent.parent?.kind !== "Call") return false;
  return ROUTING_CLAIMS.has(literalString(parent.parent.args[0]) ?? "");
}

/** A key object of the library brings its algorithm along; plain text does not. */
function keyIsText(call: Call, callee: string, ctx: Context): boolean {
  const key = argumentOf(call, "key", 1);
  if (key === undefined) return false;
  if (callee === "jose.jwt.decode") return true;
  return ctx.model.stringValue(key) !== undefined || ctx.model.typeOf(key) === "builtins.str";
}

const verifiesSomewhere = defineModuleFact({
  id: "jwt-verification-weakened/verifies-somewhere",
  compute: (model) =>
    someCall(model, (call) => {
      if (!DECODE.test(model.callee(call) ?? "") || signatureSwitch(call, model) !== undefined) return false;
      return argumentOf(call, "key", 1) !== undefined || unpacksArguments(call);
    }),
});
