/** Rule: the settings that production runs with switch protection off, or never switch it on. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { DjangoSettings, SettingValue } from "../../frameworks/settings/types.ts";
import { settingsView } from "../../frameworks/settings/view.ts";
import type { Assign, Expr, Stmt } from "../../syntax/ast.ts";
import { isFalse } from "../../syntax/calls.ts";

type Context = RuleContext<
  "off" | "anyHost" | "noValidators" | "middlewareMissing" | "middlewareOrder" | "neverSet"
>;

/** Switches that protect, with what happens without them. */
const SWITCHES: Readonly<Record<string, string>> = {
  SECURE_SSL_REDIRECT: "the first request of a visitor goes over plain HTTP",
  SESSION_COOKIE_SECURE: "the session cookie also travels over plain HTTP",
  CSRF_COOKIE_SECURE: "the CSRF cookie also travels over plain HTTP",
  SESSION_COOKIE_HTTPONLY: "any script on a page can read the session cookie",
  SECURE_CONTENT_TYPE_NOSNIFF: "browsers guess what an upload is, and run it",
};
/** What a production module says itself, because Django's defaults leave it off. */
const EXPECTED = [
  "SECURE_SSL_REDIRECT",
  "SECURE_HSTS_SECONDS",
  "SESSION_COOKIE_SECURE",
  "CSRF_COOKIE_SECURE",
];
const MIDDLEWARE: Readonly<Record<string, string>> = {
  "django.middleware.security.SecurityMiddleware": "none of the `SECURE_…` settings has an effect",
  "django.middleware.csrf.CsrfViewMiddleware": "any website can post forms in the name of your visitors",
  "django.middleware.clickjacking.XFrameOptionsMiddleware": "any website can show yours in a frame",
};

export default defineRule({
  id: "django-insecure-production-settings",
  title: "Production settings without protection",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [693],
  equivalents: {},
  contexts: { offIn: ["test", "settings-dev"] },
  guide: "django#deployment-settings",
  messages: {
    off: "Production runs with `{{name}} = False`: {{effect}}.",
    anyHost:
      "Production answers to any host name: a forged `Host` header ends up in the links of your mails. List your names in `ALLOWED_HOSTS`.",
    noValidators:
      "Production accepts any password, `1` included. List Django's validators in `AUTH_PASSWORD_VALIDATORS`.",
    middlewareMissing: "`MIDDLEWARE` lacks `{{name}}`: {{effect}}.",
    middlewareOrder:
      "`AuthenticationMiddleware` stands before `SessionMiddleware`, whose session it needs: `request.user` fails. Put it below.",
    neverSet: "Nothing sets {{names}} for production: visitors and their cookies may travel over plain HTTP.",
  },
  docs: {
    why: "Django's defaults suit a laptop. What production needs is a handful of settings that nobody misses until the day they matter: cookies over plain HTTP can be read in any café, a host name that anybody may choose ends up in password-reset links, a frame on a foreign page presses your buttons. `manage.py check --deploy` knows them too; here they are judged over your base and production modules while you write.",
    path: "shop/settings.py",
    bad: `INSTALLED_APPS = ["django.contrib.auth", "shop"]
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
`,
    good: `import os

INSTALLED_APPS = ["django.contrib.auth", "shop"]
ALLOWED_HOSTS = os.environ["DJANGO_ALLOWED_HOSTS"].split()
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
`,
    whenFine:
      "Values out of the environment are believed. Where a proxy ends TLS and redirects by itself, `SECURE_SSL_REDIRECT` may stay off; what `SECURE_PROXY_SSL_HEADER` shows makes the missing ones a hint. A pure token API needs neither CSRF cookies nor protection from frames.",
    references: [
      "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/",
      "https://docs.djangoproject.com/en/stable/ref/settings/#security",
    ],
  },
  fix: "unsafe",
  on: {
    Module(node, ctx) {
      if (
        !/ALLOWED_HOSTS|MIDDLEWARE|SECURE_|_COOKIE_|AUTH_PASSWORD_VALIDATORS|INSTALLED_APPS|import \*/.test(
          ctx.text(node),
        )
      )
        return;
      const { complete, django } = ctx.projectFact(settingsView);
      if (!complete || django === null) return;
      const here = createFinder(node.body);
      checkValues(django, here, ctx);
      checkMiddleware(django, here, ctx);
      if (django.path === ctx.file.path) checkMissing(django, node.body, ctx);
    },
  },
});

type Finder = (name: string) => Assign | undefined;

/** The last assignment of a name in a module, branches included. */
function createFinder(body: readonly Stmt[]): Finder {
  const found = new Map<string, Assign>();
  const look = (statements: readonly Stmt[]): void => {
    for (const statement of statements) {
      if (statement.kind === "If") look([...statement.body, ...statement.orelse]);
      const [target] = statement.kind === "Assign" ? statement.targets : [];
      if (statement.kind === "Assign" && target?.kind === "Name") found.set(target.id, statement);
    }
  };
  look(body);
  return (name) => found.get(name);
}

/** The assignment that has the last word, where it stands in this file. */
function decisive(name: string, django: DjangoSettings, here: Finder, ctx: Context): Assign | undefined {
  return django.values[name]?.path === ctx.file.path ? here(name) : undefined;
}

function checkValues(django: DjangoSettings, here: Finder, ctx: Context): void {
  for (const [name, effect] of Object.entries(SWITCHES)) {
    const at = decisive(name, django, here, ctx);
    if (at === undefined || !isConstant(django.values[name]?.value, false)) continue;
    // A proxy that ends TLS may redirect by itself.
    const behindProxy = name === "SECURE_SSL_REDIRECT" && "SECURE_PROXY_SSL_HEADER" in django.values;
    ctx.report(at.value, "off", {
      ...(behindProxy ? { severity: "hint" as const } : {}),
      data: { name, effect },
      fix: switchOn(at.value),
    });
  }
  const hosts = decisive("ALLOWED_HOSTS", django, here, ctx);
  const allowed = django.values.ALLOWED_HOSTS?.value;
  if (hosts !== undefined && allowed?.kind === "list" && allowed.items.includes("*"))
    ctx.report(hosts.value, "anyHost");
  const validators = decisive("AUTH_PASSWORD_VALIDATORS", django, here, ctx);
  const list = django.values.AUTH_PASSWORD_VALIDATORS?.value;
  if (validators !== undefined && list?.kind === "list" && list.items.length === 0 && !list.open)
    ctx.report(validators.value, "noValidators");
}

function isConstant(value: SettingValue | undefined, wanted: boolean): boolean {
  return value?.kind === "value" && value.value === wanted;
}

function switchOn(value: Expr): FixBuilder {
  return (edits) => {
    if (!isFalse(value)) return null;
    edits.replace(value, "True");
    return "Switch it on";
  };
}

function checkMiddleware(django: DjangoSettings, here: Finder, ctx: Context): void {
  const at = decisive("MIDDLEWARE", django, here, ctx);
  const list = django.values.MIDDLEWARE?.value;
  if (at === undefined || list?.kind !== "list" || list.open) return;
  const servesTokens = "REST_FRAMEWORK" in django.values;
  for (const [name, effect] of Object.entries(MIDDLEWARE)) {
    // A project may replace one by its own: `shop.middleware.CsrfMiddleware`.
    const own = new RegExp(
      name.includes("csrf") ? "csrf" : name.includes("clickjacking") ? "frame|csp" : "security",
      "i",
    );
    if (list.items.some((one) => own.test(one))) continue;
    const soft = servesTokens && !name.includes("security");
    ctx.report(at.value, "middlewareMissing", {
      ...(soft ? { severity: "hint" as const } : {}),
      data: { name: name.split(".").at(-1) ?? name, effect },
    });
  }
  const session = list.items.findIndex((one) => /\.SessionMiddleware$/.test(one));
  const authentication = list.items.findIndex((one) => /\.AuthenticationMiddleware$/.test(one));
  if (session >= 0 && authentication >= 0 && authentication < session)
    ctx.report(at.value, "middlewareOrder");
}

/** What nothing sets, told once at the start of the production module. */
function checkMissing(django: DjangoSettings, body: readonly Stmt[], ctx: Context): void {
  const missing = EXPECTED.filter((name) => !(name in django.values));
  const [first] = body.filter((statement) => statement.kind === "Assign");
  const isDjango = "INSTALLED_APPS" in django.values || "ROOT_URLCONF" in django.values;
  if (missing.length === 0 || first?.kind !== "Assign" || !django.closed || !isDjango) return;
  const atEdge = "SECURE_PROXY_SSL_HEADER" in django.values;
  const named = /prod|live|deploy/i.test(django.moduleName);
  ctx.report(first.targets[0] ?? first, "neverSet", {
    severity: atEdge ? "hint" : named ? "warning" : "information",
    data: { names: missing.map((name) => `\`${name}\``).join(", ") },
  });
}
