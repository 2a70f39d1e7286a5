/** Rule: any website may call with the visitor's cookies and read the answer. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Assign, Call, Expr } from "../../syntax/ast.ts";
import { isTrue, keywordOf, mayCall } from "../../syntax/calls.ts";

type Context = RuleContext<"anyOrigin" | "anyOriginByPattern" | "anyOriginInSettings" | "originReflected">;

const MIDDLEWARE = /^(?:fastapi\.middleware|starlette\.middleware)\.cors\.CORSMiddleware$/;
const FLASK_CORS = /^flask_cors\.(?:\w+\.)?(?:CORS|cross_origin)$/;
const NAMES: ReadonlySet<string> = new Set(["CORSMiddleware", "CORS", "cross_origin"]);
/** A pattern that any origin matches: nothing but wildcards behind the scheme. */
const MATCHES_ALL = /^\^?(?:https?(?:\?|s\?)?:\/\/|\(https?\|https?\):\/\/)?\(?\.[*+]\)?\$?$/;

export default defineRule({
  id: "permissive-cors",
  title: "Any origin may call with credentials",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [942],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#cross-origin",
  messages: {
    anyOrigin:
      "Any website that a logged-in user visits can call this API with their cookies and read the answer. Name the origins of your front ends, or drop credentials.",
    anyOriginByPattern:
      "This pattern matches every origin, and credentials are allowed: any website can read answers in the visitor's name. Name the hosts.",
    anyOriginInSettings:
      "With `CORS_ALLOW_CREDENTIALS` any website can call with the visitor's cookies and read the answer. List `CORS_ALLOWED_ORIGINS` instead.",
    originReflected:
      "The caller's own `Origin` is sent back together with credentials, so every website is allowed. Compare it with a list first.",
  },
  docs: {
    why: "The browser keeps one site from reading another's answers; CORS headers are how a server gives that protection up. With `*` and credentials, frameworks echo the caller's origin, because the standard forbids a literal `*` there. Any page that a logged-in user opens can then fetch their data, change it and send it home. Nothing looks wrong from the inside: the requests carry a valid session.",
    bad: `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
`,
    good: `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], allow_credentials=True)
`,
    whenFine:
      "A public API that takes no cookies may allow every origin; without credentials the rule is silent. So it is in development settings.",
    references: [
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS",
      "https://fastapi.tiangolo.com/tutorial/cors/",
      "https://github.com/adamchainz/django-cors-headers",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (!mayCall(node, NAMES) && keywordOf(node, "allow_credentials") === undefined) return;
      const callee = ctx.model.callee(node);
      if (callee !== undefined && FLASK_CORS.test(callee)) checkFlask(node, ctx);
      else if (addsMiddleware(node, callee, ctx)) checkMiddleware(node, ctx);
    },
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target?.kind === "Name") checkSetting(node, target.id, ctx);
      else if (target?.kind === "Subscript" && isHeader(target.slice, "access-control-allow-origin", ctx)) {
        checkHeader(node, ctx);
      }
    },
  },
});

/** `app.add_middleware(CORSMiddleware, …)`, `Middleware(CORSMiddleware, …)`, `CORSMiddleware(app, …)`. */
function addsMiddleware(call: Call, callee: string | undefined, ctx: Context): boolean {
  if (callee !== undefined && MIDDLEWARE.test(callee)) return true;
  return (
    keywordOf(call, "allow_credentials") !== undefined &&
    call.args.some((arg) => {
      const name = ctx.model.qualifiedName(arg);
      return name !== undefined && MIDDLEWARE.test(name);
    })
  );
}

function checkMiddleware(call: Call, ctx: Context): void {
  if (!isTrue(keywordOf(call, "allow_credentials")?.value)) return;
  const origins = keywordOf(call, "allow_origins");
  if (origins !== undefined && allowsAll(origins.value, ctx.model)) ctx.report(origins, "anyOrigin");
  const pattern = keywordOf(call, "allow_origin_regex");
  const text = pattern && ctx.model.stringValue(pattern.value);
  if (pattern !== undefined && text !== undefined && MATCHES_ALL.test(text)) {
    ctx.report(pattern, "anyOriginByPattern");
  }
}

/** Flask-CORS allows every origin unless told otherwise; what counts are the credentials. */
function checkFlask(call: Call, ctx: Context): void {
  const credentials = keywordOf(call, "supports_credentials");
  if (credentials === undefined || !isTrue(credentials.value)) return;
  if (call.keywords.some(({ arg }) => arg === null)) return;
  const resources = keywordOf(call, "resources")?.value;
  if (resources?.kind === "Dict") {
    const open = resources.values.find((options) => {
      const origins = options.kind === "Dict" ? entry(options, "origins", ctx.model) : undefined;
      return origins !== undefined && allowsAll(origins, ctx.model);
    });
    if (open !== undefined) ctx.report(open, "anyOrigin");
    return;
  }
  const origins = keywordOf(call, "origins");
  if (resources !== undefined && origins === undefined) return;
  if (origins === undefined || allowsAll(origins.value, ctx.model))
    ctx.report(origins ?? credentials, "anyOrigin");
}

function entry(node: Expr & { kind: "Dict" }, key: string, model: SemanticModel): Expr | undefined {
  return node.values[node.keys.findIndex((name) => name !== null && model.stringValue(name) === key)];
}

function allowsAll(node: Expr, model: SemanticModel): boolean {
  // A list that has a name may grow later on; what stands in it stays.
  const named = node.kind === "Name" ? assignedValue(node, model) : undefined;
  const value = model.constant(named ?? node);
  if (value?.type === "str") return value.value === "*" || MATCHES_ALL.test(value.value);
  if (value?.type !== "list" && value?.type !== "tuple" && value?.type !== "set") return false;
  return value.value.some((one) => one.type === "str" && one.value === "*");
}

/** django-cors-headers: two settings of one module, neither below a condition. */
function checkSetting(node: Assign, name: string, ctx: Context): void {
  if (name !== "CORS_ALLOW_ALL_ORIGINS" && name !== "CORS_ORIGIN_ALLOW_ALL") return;
  if (node.parent?.kind !== "Module" || !isTrue(node.value) || ctx.file.classes.has("settings-dev")) return;
  if (ctx.moduleFact(allowsCredentials)) ctx.report(node, "anyOriginInSettings");
}

const allowsCredentials = defineModuleFact({
  id: "permissive-cors/allows-credentials",
  compute: ({ module }) =>
    module.body.some((statement) => {
      if (statement.kind !== "Assign" || !isTrue(statement.value)) return false;
      return statement.targets.some((it) => it.kind === "Name" && it.id === "CORS_ALLOW_CREDENTIALS");
    }),
});

/** `response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]`, with credentials near by. */
function checkHeader(node: Assign, ctx: Context): void {
  const around = ctx.model.enclosingFunction(node);
  if (around === undefined || !/access-control-allow-credentials/i.test(ctx.text(around))) return;
  const { value } = node;
  const key = value.kind === "Subscript" ? value.slice : value.kind === "Call" ? value.args[0] : undefined;
  if (key !== undefined && (isHeader(key, "origin", ctx) || isHeader(key, "http_origin", ctx))) {
    ctx.report(node, "originReflected");
  }
}

function isHeader(node: Expr, name: string, ctx: Context): boolean {
  return ctx.model.stringValue(node)?.toLowerCase() === name;
}
