/** Rule: a password kept by a hash that is made to be fast. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { credentialKind } from "../../models/credentials.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, isFalse, keywordOf } from "../../syntax/calls.ts";

type Context = RuleContext<"fastHash" | "fewRounds" | "fixedSalt">;

const FAST_HASH = /^hashlib\.(?:md5|sha1|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs]|new)$/;
const NAMES: ReadonlySet<string> = new Set(
  "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s new pbkdf2_hmac gensalt".split(
    " ",
  ),
);
const FEW_PBKDF2_ROUNDS = 100_000;
const FEW_BCRYPT_ROUNDS = 10;

/**
 * Names around the hash that belong to a protocol, which fixes its hash: digest login, challenges, SCRAM, and the
 * hashers by which Django reads old passwords.
 */
const PROTOCOL = /realm|challenge|nonce|scramble|scram|ssid|apop|wsse|ntlm|kerberos|passwordhasher/i;
/** Names that show the fast hash to be only the first step, or a lookup in a list of leaked passwords. */
const SLOW_STEP = /bcrypt|argon2|scrypt|pbkdf2|pwned|hibp|compromised|breach/i;

export default defineRule({
  id: "weak-password-hash",
  title: "Password hashed by a fast function",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [916],
  equivalents: { ruff: ["S324", "S303"], bandit: ["B324", "B303"] },
  contexts: { offIn: ["test"] },
  guide: "security#password-hashing",
  messages: {
    fastHash:
      "`{{callee}}` is made to be fast: a stolen table of these passwords is guessed at billions of tries a second. Use Argon2id or your framework's password hasher.",
    fewRounds:
      "{{rounds}} is too little work for a password hash today. Ask for at least {{enough}}, or use Argon2id.",
    fixedSalt:
      "The salt is the same for every password, so one table of guesses fits all. Draw one for each: `os.urandom(16)`.",
  },
  docs: {
    why: "Password tables get stolen, and what then counts is how long one guess takes. MD5, SHA-1 and the SHA-2 family were built for speed: a rented graphics card tries every eight-letter password within hours, and without a salt of its own each guess is compared with all users at once. Password hashes (Argon2id, scrypt, bcrypt) are slow on purpose, take memory, and carry their own salt and parameters.",
    bad: `import hashlib


def store_password(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()
`,
    good: `from argon2 import PasswordHasher

hasher = PasswordHasher()


def store_password(password: str) -> str:
    return hasher.hash(password)
`,
    whenFine:
      "Where a protocol prescribes the hash (HTTP digest, SCRAM, database logins) or the hash only looks up a list of leaked passwords; the rule knows these by the names around them. Otherwise say so with `usedforsecurity=False`.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
      "https://argon2-cffi.readthedocs.io/en/stable/",
      "https://docs.djangoproject.com/en/stable/topics/auth/passwords/",
    ],
    frameworks: {
      Django: "`user.set_password(raw)`, or `make_password(raw)` where there is no user object.",
      Flask: "`werkzeug.security.generate_password_hash(raw)`.",
      FastAPI: "`pwdlib.PasswordHash.recommended().hash(raw)`.",
    },
  },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      if (callee === undefined) return;
      if (FAST_HASH.test(callee)) checkFastHash(node, callee, ctx);
      else if (callee === "hashlib.pbkdf2_hmac") checkPbkdf2(node, ctx);
      else if (callee === "bcrypt.gensalt")
        checkRounds(argumentOf(node, "rounds", 0), FEW_BCRYPT_ROUNDS, 12, ctx);
    },
  },
});

function checkFastHash(call: Call, callee: string, ctx: Context): void {
  const data = call.args[callee === "hashlib.new" ? 1 : 0];
  if (data === undefined || isFalse(keywordOf(call, "usedforsecurity")?.value)) return;
  if (passwordIn(data) === undefined || isPrescribed(call, data, ctx) || isFirstStep(call, data, ctx)) return;
  ctx.report(call, "fastHash", {
    data: { callee },
    fix(edits) {
      const raw = djangoRaw(call, data, ctx);
      if (raw === undefined) return null;
      const hasher = edits.ensureImport("django.contrib.auth.hashers", "make_password");
      edits.replace(raw.whole, `${hasher}(${ctx.text(raw.password)})`);
      return "Use Django's make_password";
    },
  });
}

function checkPbkdf2(call: Call, ctx: Context): void {
  const password = argumentOf(call, "password", 1);
  if (password === undefined || passwordIn(password) === undefined || isPrescribed(call, password, ctx))
    return;
  checkRounds(argumentOf(call, "iterations", 3), FEW_PBKDF2_ROUNDS, 600_000, ctx);
  const salt = argumentOf(call, "salt", 2);
  const known = salt && ctx.model.constant(salt);
  if (salt !== undefined && known?.type === "bytes") ctx.report(salt, "fixedSalt");
}

function checkRounds(node: Expr | undefined, tooFew: number, enough: number, ctx: Context): void {
  const rounds = node && ctx.model.constant(node);
  if (node === undefined || rounds?.type !== "int" || rounds.value >= tooFew) return;
  ctx.report(node, "fewRounds", {
    data: { rounds: String(rounds.value), enough: enough.toLocaleString("en") },
    fix(edits) {
      edits.replace(node, String(enough));
      return `Ask for ${enough}`;
    },
  });
}

/** The first name or attribute at or below a node that says it holds a password. */
function passwordIn(node: Expr): Node | undefined {
  let found: Node | undefined;
  visit(node, (at) => {
    const name = at.kind === "Name" ? at.id : at.kind === "Attribute" ? at.attr : "";
    if (found === undefined && credentialKind(name) === "password") found = at;
    return found === undefined;
  });
  return found;
}

/** True where the names around the hash belong to a protocol that prescribes it. */
function isPrescribed(call: Call, data: Expr, ctx: Context): boolean {
  const around = ctx.model.enclosingFunction(call);
  const cls = ctx.model.enclosingClass(call);
  return PROTOCOL.test(`${ctx.text(data)} ${around?.name ?? ""} ${cls?.name ?? ""}`);
}

/** True where a slow hash follows in the same function, or the hash looks up a list of leaked passwords. */
function isFirstStep(call: Call, data: Expr, ctx: Context): boolean {
  const around = ctx.model.enclosingFunction(call);
  return SLOW_STEP.test(ctx.text(around ?? data));
}

/** `hashlib.sha256(raw.encode()).hexdigest()` in a Django module: what to replace, and the password itself. */
function djangoRaw(call: Call, data: Expr, ctx: Context): { whole: Node; password: Expr } | undefined {
  if (!ctx.model.importsPackage("django")) return undefined;
  const attribute = call.parent;
  if (attribute?.kind !== "Attribute" || attribute.attr !== "hexdigest") return undefined;
  if (attribute.parent?.kind !== "Call" || data.kind !== "Call" || data.func.kind !== "Attribute")
    return undefined;
  if (data.func.attr !== "encode") return undefined;
  return { whole: attribute.parent, password: data.func.value };
}
