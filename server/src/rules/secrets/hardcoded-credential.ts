/** Rule: a password, token or signing key written into the code. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import {
  type CredentialKind,
  credentialKind,
  isPlaceholder,
  looksLikeCredential,
  toSnakeCase,
} from "../../models/credentials.ts";
import { targetName } from "../../semantic/assigned.ts";
import type { Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, literalString, parameterDefaults } from "../../syntax/calls.ts";
import { isForDevelopment } from "./_shared.ts";

type Context = RuleContext<"credential" | "signingKey" | "credentialInUrl" | "comparedCredential">;

const URL_WITH_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]*:([^\s:@/]{6,})@[^\s/@]+/i;
const FLASK = /^flask\.(?:app\.)?Flask$/;

export default defineRule({
  id: "hardcoded-credential",
  title: "Credential written into the code",
  section: "secrets",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [798],
  equivalents: { ruff: ["S105", "S106", "S107"], bandit: ["B105", "B106", "B107"] },
  contexts: { offIn: ["test"] },
  guide: "secrets#never-hardcode",
  messages: {
    credential:
      "The value of `{{name}}` is in the code: everyone who can read the repository has it, and it is the same in every environment. Read it from the environment.",
    signingKey:
      "Whoever reads this `{{name}}` can sign sessions and tokens for any user. Read it from the environment, and let the start fail without it.",
    credentialInUrl:
      "A user name and password are part of this address. Read the address from the environment, or put it together from settings.",
    comparedCredential:
      "`{{name}}` is compared with a value that stands in the code, so everyone who can read the repository knows it. Keep a hash outside the code instead.",
  },
  docs: {
    why: "Source code is copied: to every laptop, every fork, every build log, every backup. A credential in it goes along, stays in the history when the line is gone, opens test and production alike, and can only be changed by a release. Attackers who get hold of code search it for exactly these lines.",
    bad: `import requests

REPORTING_API_KEY = "b7Qx2vN9sLk4TzR8mWc3"


def push(rows: list[dict]) -> None:
    headers = {"X-Api-Key": REPORTING_API_KEY}
    requests.post("https://reports.example.com/rows", json=rows, headers=headers, timeout=10)
`,
    good: `import os

import requests

REPORTING_API_KEY = os.environ["REPORTING_API_KEY"]


def push(rows: list[dict]) -> None:
    headers = {"X-Api-Key": REPORTING_API_KEY}
    requests.post("https://reports.example.com/rows", json=rows, headers=headers, timeout=10)
`,
    whenFine:
      "Placeholders, words, names of headers, fields and settings, and password hashes are not reported: a name *and* the shape of a real credential are needed. Well-known credentials of an emulator can be suppressed by name.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
      "https://12factor.net/config",
    ],
  },
  fix: "unsafe",
  calls: new Set(["create_superuser"]),
  on: {
    Assign(node, ctx) {
      for (const target of node.targets) {
        const name = targetName(target, ctx.model);
        if (name === undefined) continue;
        if (signsSessions(target, name, ctx)) checkSigningKey(node, name, node.value, ctx);
        else check(node.value, name, ctx);
      }
    },
    AnnAssign(node, ctx) {
      const name = targetName(node.target, ctx.model);
      if (name !== undefined && node.value !== null) check(node.value, name, ctx);
    },
    keyword(node, ctx) {
      if (node.arg !== null) check(node.value, node.arg, ctx);
      if (node.arg === "auth" && node.value.kind === "Tuple" && node.value.elts.length === 2) {
        check(node.value.elts[1] as Expr, "password", ctx);
      }
    },
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || node.func.attr !== "create_superuser") return;
      const password = argumentOf(node, "password", 2);
      if (password === undefined || !literalString(password) || isForDevelopment(node, ctx)) return;
      report(password, "password", "password", ctx);
    },
    Dict(node, ctx) {
      for (const [index, key] of node.keys.entries()) {
        const name = literalString(key);
        if (name !== undefined) check(node.values[index] as Expr, name, ctx);
      }
    },
    arguments(node, ctx) {
      for (const [name, value] of parameterDefaults(node)) check(value, name, ctx);
    },
    Compare(node, ctx) {
      const [other] = node.comparators;
      if (node.ops.length !== 1 || !/^(?:Not)?Eq$/.test(node.ops[0] ?? "") || other === undefined) return;
      for (const [named, value] of [
        [node.left, other],
        [other, node.left],
      ] as const) {
        const name = targetName(named, ctx.model);
        const kind = name && credentialKind(name);
        const text = literalString(value);
        if (!kind || text === undefined || !looksLikeCredential(text, kind)) continue;
        ctx.report(value, "comparedCredential", { data: { name: name as string } });
      }
    },
    Constant(node, ctx) {
      if (node.type !== "str" || node.parent?.kind === "Expr") return;
      const text = String(node.value);
      const password = text.includes("://") ? URL_WITH_PASSWORD.exec(text)?.[1] : undefined;
      if (password !== undefined && looksLikeCredential(password, "password"))
        ctx.report(node, "credentialInUrl");
    },
  },
});

function check(value: Expr, name: string, ctx: Context): void {
  const text = literalString(value);
  const kind = text === undefined ? undefined : credentialKind(name);
  if (text === undefined || kind === undefined || !looksLikeCredential(text, kind)) return;
  report(value, name, kind, ctx);
}

function report(value: Expr, name: string, kind: CredentialKind, ctx: Context): void {
  ctx.report(value, kind === "signing-key" ? "signingKey" : "credential", {
    data: { name },
    ...(ctx.file.classes.has("settings-dev") ? { severity: "hint" } : {}),
    fix(edits) {
      const variable = toSnakeCase(name).toUpperCase();
      edits.replace(value, `${edits.ensureImport("os")}.environ["${variable}"]`);
      return `Read ${variable} from the environment`;
    },
  });
}

/** Django's `SECRET_KEY` in a settings module, and Flask's in all its spellings. */
function signsSessions(target: Expr, name: string, ctx: Context): boolean {
  if (target.kind === "Attribute")
    return name === "secret_key" && FLASK.test(ctx.model.typeOf(target.value) ?? "");
  if (name !== "SECRET_KEY") return false;
  if (target.kind === "Name") return isSettings(target, ctx);
  const config = target.kind === "Subscript" ? target.value : undefined;
  return config?.kind === "Attribute" && config.attr === "config";
}

/** A settings module of Django or Flask, or a class of settings in any module. */
function isSettings(target: Expr, ctx: Context): boolean {
  const cls = ctx.model.enclosingClass(target);
  if (cls !== undefined) return /(?:config|configuration|settings)$/i.test(cls.name);
  return /(?:^|\/)(?:\w*_)?(?:settings|config|configuration|conf)(?:\/|_\w+|\.py$)/i.test(ctx.file.path);
}

/** A signing key needs no shape: any literal that the program starts with is known to its readers. */
function checkSigningKey(node: Node, name: string, value: Expr, ctx: Context): void {
  const text = literalString(value);
  if (text === undefined || text === "" || ctx.file.classes.has("settings-dev")) return;
  if (isForDevelopment(node, ctx)) return;
  const isSetting = node.parent?.kind === "Module" || node.parent?.kind === "ClassDef";
  const isName = node.kind === "Assign" && node.targets[0]?.kind === "Name";
  if (isName && !isSetting) return;
  // Such a value waits to be replaced; where the module itself loads another, it is.
  if (!looksLikeCredential(text, "signing-key") && !text.startsWith("django-insecure-")) {
    if (isPlaceholder(text) && isName) return;
    if (ctx.moduleFact(loadsOtherSettings)) return;
  }
  report(value, name, "signing-key", ctx);
}

const loadsOtherSettings = defineModuleFact({
  id: "hardcoded-credential/loads-other-settings",
  compute: ({ tree, module }) =>
    /\.from_(?:prefixed_env|pyfile|envvar|object|file|mapping)\(/.test(tree.text) ||
    module.body.some((statement) => statement.kind === "ImportFrom" && statement.names[0]?.name === "*"),
});
