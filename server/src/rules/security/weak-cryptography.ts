/** Rule: encryption and signatures by what is broken, too short, or put together wrongly. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { credentialKind } from "../../models/credentials.ts";
import type { Attribute, Call, Expr } from "../../syntax/ast.ts";
import { keywordOf } from "../../syntax/calls.ts";

/** Ciphers with known breaks or blocks of 64 bits, and how to call them. */
const BROKEN_CIPHERS: ReadonlyMap<string, string> = new Map(
  ["DES", "DES3", "ARC2", "ARC4", "Blowfish", "CAST"].flatMap((name) => [
    [`Crypto.Cipher.${name}.new`, name] as const,
    [`Cryptodome.Cipher.${name}.new`, name] as const,
  ]),
);
const HAZMAT =
  /^cryptography\.hazmat\.(?:primitives\.ciphers|decrepit\.ciphers)\.algorithms\.(TripleDES|ARC4|Blowfish|IDEA|SEED|CAST5|RC2)$/;
const ECB =
  /^cryptography\.hazmat\.primitives\.ciphers\.modes\.ECB$|^Crypto(?:dome)?\.Cipher\.\w+\.MODE_ECB$/;

/** Makers of keys, and the least bits that still hold. */
const KEY_MAKERS: ReadonlyMap<string, { readonly position: number; readonly keyword: string }> = new Map([
  [
    "cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key",
    { position: 1, keyword: "key_size" },
  ],
  [
    "cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key",
    { position: 0, keyword: "key_size" },
  ],
  ["Crypto.PublicKey.RSA.generate", { position: 0, keyword: "bits" }],
  ["Cryptodome.PublicKey.RSA.generate", { position: 0, keyword: "bits" }],
  ["Crypto.PublicKey.DSA.generate", { position: 0, keyword: "bits" }],
]);
const LEAST_BITS = 2048;

/** Hashes whose state can be continued by whoever knows the digest: a secret in front of the text is no key. */
const HASH = /^hashlib\.(md5|sha1|sha256|sha512|sha224|sha384)$/;

/** Last names of all calls that the rule looks at. */
const NAMES: ReadonlySet<string> = new Set(
  (
    "new ECB generate generate_private_key md5 sha1 sha224 sha256 sha384 sha512 " +
    "TripleDES ARC4 Blowfish IDEA SEED CAST5 RC2"
  ).split(" "),
);

export default defineRule({
  id: "weak-cryptography",
  title: "Cryptography that no longer protects",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [327, 326],
  equivalents: { ruff: ["S304", "S305", "S505"], bandit: ["B304", "B305", "B505"] },
  guide: "security#randomness-and-crypto",
  messages: {
    cipher:
      "{{cipher}} can be broken with what everybody can rent. Use AES-GCM or ChaCha20-Poly1305, or Fernet, which chooses for you.",
    ecb: "ECB encrypts equal blocks to equal blocks, so that the pattern of the text stays visible, and nothing notices a change. Use an authenticated mode such as GCM.",
    shortKey: "A key of {{bits}} bits can be factored. Take at least {{least}}.",
    homemadeMac:
      "A secret hashed together with the text is no signature: who sees one digest can extend the text and its digest. Use `hmac.new(secret, text, hashlib.sha256)`.",
  },
  docs: {
    why: "Old data is decrypted long after it was stored, by machines that did not exist then. DES and RC4 fall to rented hardware; ECB shows which customers have the same card; a digest over secret and text can be continued without the secret, so that `amount=10` becomes `amount=10&amount=1000` with a valid signature. The right recipe is as long as the wrong one.",
    bad: `from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def encrypt(key: bytes, text: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return encryptor.update(text) + encryptor.finalize()
`,
    good: `import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def encrypt(key: bytes, text: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, text, None)
`,
    whenFine:
      "To read what an old system left behind there is no other way: decrypt it once, store it under a new key, and silence this with the reason.",
    references: [
      "https://cryptography.io/en/latest/fernet/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html",
    ],
  },
  contexts: { offIn: ["test"] },
  fix: "none",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      if (name === undefined) return;
      const cipher = BROKEN_CIPHERS.get(name) ?? HAZMAT.exec(name)?.[1];
      if (cipher !== undefined) ctx.report(call.func, "cipher", { data: { cipher } });
      else if (ECB.test(name)) ctx.report(call, "ecb");
      else if (HASH.test(name)) checkMac(call, ctx);
      else checkKey(call, name, ctx);
    },
    Attribute(node, ctx) {
      if (node.attr === "MODE_ECB" && ECB.test(ctx.model.qualifiedName(node) ?? "")) reportMode(node, ctx);
    },
  },
});

type Context = RuleContext<"cipher" | "ecb" | "shortKey" | "homemadeMac">;

/** The mode is reported where the cipher is not broken anyway. */
function reportMode(node: Attribute, ctx: Context): void {
  const { parent } = node;
  if (parent?.kind === "Call" && BROKEN_CIPHERS.has(ctx.model.callee(parent) ?? "")) return;
  ctx.report(node, "ecb");
}

function checkKey(call: Call, name: string, ctx: Context): void {
  const maker = KEY_MAKERS.get(name);
  if (maker === undefined) return;
  const size = keywordOf(call, maker.keyword)?.value ?? call.args[maker.position];
  const value = size === undefined ? undefined : ctx.model.constant(size);
  if (size === undefined || value?.type !== "int" || value.value >= LEAST_BITS) return;
  ctx.report(size, "shortKey", { data: { bits: String(value.value), least: String(LEAST_BITS) } });
}

/** `md5(secret + text)`, `sha256(f"{secret}{text}".encode())`: a key in front of what is hashed. */
function checkMac(call: Call, ctx: Context): void {
  const [hashed] = call.args;
  const joined = hashed === undefined ? undefined : withoutEncoding(hashed);
  if (joined === undefined || (joined.kind !== "BinOp" && joined.kind !== "JoinedStr")) return;
  const first = firstPart(joined);
  if (first === undefined || !namesSecret(first)) return;
  ctx.report(call, "homemadeMac", { severity: "information" });
}

/** `x` of `x.encode()` and `bytes(x, …)`. */
function withoutEncoding(node: Expr): Expr {
  if (node.kind !== "Call") return node;
  if (node.func.kind === "Attribute" && node.func.attr === "encode") return withoutEncoding(node.func.value);
  return node;
}

function firstPart(node: Expr): Expr | undefined {
  if (node.kind === "BinOp" && node.op === "Add") return firstPart(withoutEncoding(node.left));
  if (node.kind !== "JoinedStr") return node;
  const [first] = node.values;
  return first?.kind === "FormattedValue" ? first.value : undefined;
}

/** True for a key or token; hashing a password is the business of a rule of its own. */
function namesSecret(node: Expr): boolean {
  return contains(node, (part) => {
    const name = part.kind === "Name" ? part.id : part.kind === "Attribute" ? part.attr : "";
    const kind = credentialKind(name);
    return kind === "signing-key" || kind === "token";
  });
}
