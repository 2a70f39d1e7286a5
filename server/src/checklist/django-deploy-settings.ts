/** Production security settings on. */

import { defineCheck, found, lacks, notApplicable, type Part, unsure, weigh } from "../engine/check.ts";
import type { Literal, SettingFact } from "../stack/code/facts.ts";
import type { InFile, Stack } from "../stack/stack.ts";
import { textsIn, usesDjango, WEB } from "./_common.ts";

/** What each setting must be; the text says what it is good for. */
const WANTED: readonly (readonly [string, (value: unknown) => boolean, string])[] = [
  ["DEBUG", (value) => value === false, "shows no tracebacks to visitors"],
  ["SECURE_SSL_REDIRECT", (value) => value === true, "sends visitors to HTTPS"],
  ["SECURE_HSTS_SECONDS", (value) => typeof value === "number" && value > 0, "keeps browsers on HTTPS"],
  ["SESSION_COOKIE_SECURE", (value) => value === true, "keeps the session cookie on HTTPS"],
  ["CSRF_COOKIE_SECURE", (value) => value === true, "keeps the CSRF cookie on HTTPS"],
];

export default defineCheck({
  id: "django-deploy-settings",
  title: "Production security settings on",
  why: "HTTPS, cookies and hosts are defended",
  section: "django",
  level: "must-have",
  roles: WEB,
  guide: "django#deployment-settings",
  actions: [
    { kind: "snippet", prefix: "dj-settings-production" },
    { kind: "terminal", command: "python manage.py check --deploy" },
  ],
  judge(stack) {
    if (!usesDjango(stack)) return notApplicable("Django is no dependency.");
    const settings = ["SECRET_KEY", "INSTALLED_APPS", "ROOT_URLCONF"].flatMap((name) => stack.setting(name));
    if (settings.length === 0) return notApplicable("This project holds no Django settings.");
    return weigh([
      ...WANTED.map((wanted) => settingPart(stack, wanted)),
      hostsPart(stack),
      middlewarePart(stack),
    ]);
  },
});

/** The last place that sets it counts: production files come after the base that they import. */
function effective(stack: Stack, name: string): InFile<SettingFact> | undefined {
  const all = stack.setting(name);
  return all.find(({ path }) => /(?:^|[/_])prod(?:uction)?/.test(path)) ?? all.at(-1);
}

function settingPart(stack: Stack, [name, holds, use]: (typeof WANTED)[number]): Part {
  const setting = effective(stack, name);
  if (setting === undefined) {
    const proxied = name === "SECURE_SSL_REDIRECT" ? effective(stack, "SECURE_PROXY_SSL_HEADER") : undefined;
    if (proxied !== undefined) return found("SECURE_PROXY_SSL_HEADER says that a proxy ends HTTPS", proxied);
    return lacks(`${name} is not set: it ${use}`);
  }
  const value = known(setting.value);
  if (value === undefined) return unsure(`${name} comes from the environment`, setting);
  return holds(value)
    ? found(`${name} is ${String(value)}`, setting)
    : lacks(`${name} is ${String(value)}: set, it ${use}`, setting);
}

/** What is in force where nobody sets the variable. */
function known(value: Literal): unknown {
  if (value.kind === "environment") return value.fallback === null ? undefined : known(value.fallback);
  if (value.kind !== "constant") return undefined;
  if (value.value === "True" || value.value === "true") return true;
  return value.value === "False" || value.value === "false" ? false : value.value;
}

function hostsPart(stack: Stack): Part {
  const setting = effective(stack, "ALLOWED_HOSTS");
  if (setting === undefined) return lacks("ALLOWED_HOSTS is not set");
  const hosts =
    setting.value.kind === "environment"
      ? textsIn(setting.value.fallback ?? undefined)
      : textsIn(setting.value);
  if (hosts.some((host) => host.trim() === "*")) return lacks("ALLOWED_HOSTS admits every host", setting);
  if (setting.value.kind === "unknown")
    return unsure("ALLOWED_HOSTS is worked out when the program runs", setting);
  return found(
    setting.value.kind === "environment"
      ? "ALLOWED_HOSTS comes from the environment"
      : "ALLOWED_HOSTS names its hosts",
    setting,
  );
}

function middlewarePart(stack: Stack): Part {
  const setting = stack.setting("MIDDLEWARE").find(({ value }) => value.kind === "list");
  if (setting === undefined) return unsure("MIDDLEWARE is no literal list");
  const has = textsIn(setting.value).includes("django.middleware.security.SecurityMiddleware");
  return has
    ? found("SecurityMiddleware is on", setting)
    : lacks("SecurityMiddleware is not in MIDDLEWARE", setting);
}
