/** Rule: a signed token that is good for ever. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Call, Dict, Expr } from "../../syntax/ast.ts";
import { argumentOf, keywordOf, lastName, literalString, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"claims" | "maxAge">;

const ENCODES: ReadonlySet<string> = new Set(["jwt.encode", "jose.jwt.encode"]);
/** Signers whose tokens carry the time at which they were signed, so that a reader can ask for their age. */
const TIMED: ReadonlySet<string> = new Set([
  "itsdangerous.URLSafeTimedSerializer",
  "itsdangerous.TimedSerializer",
  "itsdangerous.TimestampSigner",
  "itsdangerous.url_safe.URLSafeTimedSerializer",
  "itsdangerous.timed.TimedSerializer",
  "itsdangerous.timed.TimestampSigner",
  "django.core.signing.TimestampSigner",
]);

export default defineRule({
  id: "token-without-expiry",
  title: "Signed token that never expires",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [613],
  equivalents: {},
  guide: "security#json-web-tokens",
  messages: {
    claims:
      "Without `exp` this token opens the account for ever, and no logout or password change takes it back. Give it the shortest life that works.",
    maxAge: "The signature says when the token was made, and nobody asks: pass `max_age=` in seconds.",
  },
  docs: {
    why: "A signed token is checked by its signature alone: nothing looks it up, so nothing can revoke it. Tokens leak, through logs, browser histories and forwarded mails, and one that has no end is as good for the finder years later as on the first day.",
    bad: `import jwt


def issue(user_id: int, key: str) -> str:
    return jwt.encode({"sub": str(user_id)}, key, algorithm="HS256")
`,
    good: `from datetime import UTC, datetime, timedelta

import jwt


def issue(user_id: int, key: str) -> str:
    expires = datetime.now(UTC) + timedelta(minutes=15)
    return jwt.encode({"sub": str(user_id), "exp": expires}, key, algorithm="HS256")
`,
    whenFine:
      "Where the token names a row that can be deleted, and every use looks it up. Claims that are built elsewhere are not reported, because they may hold the `exp`.",
    references: [
      "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4",
      "https://pyjwt.readthedocs.io/en/stable/usage.html#expiration-time-claim-exp",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "unsafe",
  calls: new Set(["encode", "loads", "unsign"]),
  on: {
    Call(call, ctx) {
      if (ENCODES.has(ctx.model.callee(call) ?? "")) checkClaims(call, ctx);
      else checkReader(call, ctx);
    },
  },
});

function checkClaims(call: Call, ctx: Context): void {
  const given = argumentOf(call, "payload", 0) ?? argumentOf(call, "claims", 0);
  const claims = given === undefined ? undefined : dictOf(given, ctx);
  if (given === undefined || claims === undefined) return;
  const keys = claims.keys.map((key) => literalString(key));
  // An unknown key, or another dict taken in, may be the one. A token used once has a `jti` that is looked up.
  if (keys.length === 0 || keys.includes(undefined) || keys.includes("exp") || keys.includes("jti")) return;
  if (!isKept(call)) ctx.report(given, "claims");
}

/** True for a token that becomes part of a row (`Invite(token=jwt.encode(…))`), which can be deleted. */
function isKept(call: Call): boolean {
  const { parent } = call;
  if (parent?.kind !== "keyword" || parent.parent?.kind !== "Call") return false;
  return /^[A-Z]|^create$/.test(lastName(parent.parent.func));
}

/** The literal that the claims are, if nothing adds to it later. */
function dictOf(given: Expr, ctx: Context): Dict | undefined {
  if (given.kind === "Dict") return given;
  if (given.kind !== "Name") return undefined;
  const value = assignedValue(given, ctx.model);
  const holder = ctx.model.enclosingFunction(given);
  if (value?.kind !== "Dict" || holder === undefined) return undefined;
  const changed = new RegExp(`\\b${given.id}(?:\\[|\\.update\\(|\\.setdefault\\(|\\s*\\|=)`);
  return changed.test(ctx.text(holder)) ? undefined : value;
}

function checkReader(call: Call, ctx: Context): void {
  const { func } = call;
  if (func.kind !== "Attribute" || unpacksArguments(call)) return;
  const made = func.value.kind === "Name" ? assignedValue(func.value, ctx.model) : func.value;
  if (made?.kind !== "Call" || !TIMED.has(ctx.model.callee(made) ?? "")) return;
  if (keywordOf(call, "max_age") !== undefined || call.args.length !== 1) return;
  // A link that says “expired” has to know first whether it was real.
  const holder = ctx.model.enclosingFunction(call);
  if (holder !== undefined && /\bmax_age=/.test(ctx.text(holder))) return;
  ctx.report(call, "maxAge", {
    fix: (edits) => (appendArgument(edits, call, "max_age=3600") ? "Accept it for an hour" : null),
  });
}
