/** Rule: a session or login cookie that travels in the clear, or that scripts can read. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import {
  COOKIE_FRAMEWORKS,
  COOKIE_SETTINGS,
  guardsOf,
  isLoginCookie,
  SESSION_MIDDLEWARE,
} from "../../models/cookies.ts";
import { targetName } from "../../semantic/assigned.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, isFalse, keywordOf, literalString, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"flagsMissing" | "settingOff" | "sessionMiddleware">;

const DEVELOPMENT =
  /^(?:dev|test|local|debug|ci)|(?:dev|development|test|testing|local|debug)(?:config|settings)?$/i;

export default defineRule({
  id: "insecure-cookie-flags",
  title: "Login cookie without its guards",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [614],
  equivalents: {},
  contexts: { offIn: ["test", "settings-dev"] },
  guide: "security#sessions-and-cookies",
  messages: {
    flagsMissing: "The cookie {{cookie}} is set without {{flags}}: {{consequence}}.",
    settingOff:
      "`{{setting}} = False` takes a guard from the cookie that logs people in. Turn it on here, and off only in development settings.",
    sessionMiddleware:
      "Session cookies of this middleware also travel over plain HTTP. Pass `https_only=True`.",
  },
  docs: {
    why: "The session cookie is the login: whoever has it is the user. Without `Secure` the browser also sends it over plain HTTP, where every network on the way can read it; without `HttpOnly` one line of injected script sends it away; without `SameSite` other sites' forms are submitted with it.",
    bad: `from flask import Flask, Response, make_response

app = Flask(__name__)


@app.post("/login")
def login() -> Response:
    response = make_response("welcome")
    response.set_cookie("session_id", "opaque-value")
    return response
`,
    good: `from flask import Flask, Response, make_response

app = Flask(__name__)


@app.post("/login")
def login() -> Response:
    response = make_response("welcome")
    response.set_cookie("session_id", "opaque-value", secure=True, httponly=True, samesite="Lax")
    return response
`,
    whenFine:
      "Preference cookies hold nothing to steal and are not looked at. A CSRF cookie that a script copies into a header cannot be `HttpOnly`. A flag that comes from settings (`secure=settings.SECURE`) counts as set.",
    references: [
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Cookies",
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure",
      "https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options",
    ],
  },
  fix: "unsafe",
  calls: new Set(["set_cookie", "add_middleware", "Middleware", "SessionMiddleware"]),
  on: {
    Call(node, ctx) {
      if (node.func.kind === "Attribute" && node.func.attr === "set_cookie") checkSetCookie(node, ctx);
      else checkSessionMiddleware(node, ctx);
    },
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target !== undefined && isFalse(node.value))
        reportSetting(node, targetName(target, ctx.model), node.value, ctx);
    },
    keyword(node, ctx) {
      const inUpdate =
        node.parent?.kind === "Call" && /\.config\.(?:update|from_mapping)$/.test(ctx.text(node.parent.func));
      if (inUpdate && isFalse(node.value)) reportSetting(node, node.arg ?? undefined, node.value, ctx);
    },
  },
});

function checkSetCookie(call: Call, ctx: Context): void {
  const name = argumentOf(call, "key", 0) ?? argumentOf(call, "name");
  const cookie = name && ctx.model.stringValue(name);
  if (cookie === undefined || unpacksArguments(call) || !isLoginCookie(cookie)) return;
  if (!COOKIE_FRAMEWORKS.some((framework) => ctx.model.importsPackage(framework))) return;
  // An empty value, or one that is over, deletes the cookie.
  const value = argumentOf(call, "value", 1);
  if (
    literalString(value) === "" ||
    ["max_age", "expires"].some((end) => isZero(keywordOf(call, end)?.value))
  )
    return;
  const flags = guardsOf(cookie).filter((flag) => isOff(call, flag));
  if (flags.length === 0) return;
  ctx.report(call, "flagsMissing", {
    data: {
      cookie: `\`${cookie}\``,
      flags: flags.map((flag) => `\`${flag}\``).join(" and "),
      consequence: flags.includes("secure")
        ? "browsers also send it over plain HTTP"
        : "a script on the page can read it",
    },
    fix(edits) {
      const explicit = flags.map((flag) => keywordOf(call, flag)).filter((keyword) => keyword !== undefined);
      for (const keyword of explicit) edits.replace(keyword.value, "True");
      const added = flags.filter((flag) => keywordOf(call, flag) === undefined).map((flag) => `${flag}=True`);
      if (keywordOf(call, "samesite") === undefined) added.push('samesite="Lax"');
      if (added.length > 0 && !appendArgument(edits, call, added.join(", "))) return null;
      return "Set the cookie's guards";
    },
  });
}

/** True where a flag is off; one that is passed by position stays unknown. */
function isOff(call: Call, flag: string): boolean {
  const keyword = keywordOf(call, flag);
  return keyword === undefined ? call.args.length <= 2 : isFalse(keyword.value);
}

function isZero(node: Expr | undefined): boolean {
  return node?.kind === "Constant" && (node.value === 0 || String(node.value).startsWith("Thu, 01 Jan 1970"));
}

/** A setting that is off at the top of a settings module, in a configuration class or in `app.config`. */
function reportSetting(node: Node, name: string | undefined, value: Expr, ctx: Context): void {
  if (name === undefined || !COOKIE_SETTINGS.has(name)) return;
  const isPlain = node.kind === "Assign" && node.targets[0]?.kind === "Name";
  if (isPlain && node.parent?.kind !== "Module" && node.parent?.kind !== "ClassDef") return;
  const cls = ctx.model.enclosingClass(node);
  if (cls !== undefined && DEVELOPMENT.test(cls.name)) return;
  if (ctx.moduleFact(switchedOn).includes(name)) return;
  ctx.report(node, "settingOff", {
    data: { setting: name },
    fix(edits) {
      edits.replace(value, "True");
      return "Turn it on";
    },
  });
}

/** Settings that the same module turns on elsewhere: in a class for production, or below a condition. */
const switchedOn = defineModuleFact({
  id: "insecure-cookie-flags/switched-on",
  compute: ({ tree }) =>
    [...COOKIE_SETTINGS].filter((name) =>
      new RegExp(`\\b${name}["'\\]\\s]*=\\s*(?!\\s*False)\\w`).test(tree.text),
    ),
});

/** Starlette's default is to send the session over plain HTTP too. */
function checkSessionMiddleware(call: Call, ctx: Context): void {
  const callee = ctx.model.callee(call) ?? "";
  const named = call.args[0] && ctx.model.qualifiedName(call.args[0]);
  if (!SESSION_MIDDLEWARE.test(callee) && !(named && SESSION_MIDDLEWARE.test(named))) return;
  const flag = keywordOf(call, "https_only");
  if (unpacksArguments(call) || (flag !== undefined && !isFalse(flag.value))) return;
  ctx.report(flag ?? call, "sessionMiddleware", {
    fix(edits) {
      if (flag !== undefined) edits.replace(flag.value, "True");
      else if (!appendArgument(edits, call, "https_only=True")) return null;
      return "Add https_only=True";
    },
  });
}
