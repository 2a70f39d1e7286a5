/** The settings that production runs with: modules put together over star imports, nothing executed. */

import { defineProjectFact, type PartOf } from "../../semantic/project.ts";
import { collectSettings } from "./collect.ts";
import type { DjangoSettings, EffectiveSettings, SettingsPart, SettingsView } from "./types.ts";

/** Files without any of these words say nothing of settings. */
const WORDS = [
  "settings",
  "Settings",
  "config",
  "Config",
  "DEBUG",
  "INSTALLED_APPS",
  "ALLOWED_HOSTS",
  "SECURE_",
  "MIDDLEWARE",
  "import *",
  "SESSION_COOKIE",
] as const;

type Part = PartOf<SettingsPart>;

export const settingsView = defineProjectFact<SettingsPart, SettingsView>({
  id: "settings-view",
  words: WORDS,
  collect(model, file) {
    if (file.classes.has("test") || file.classes.has("migration") || file.classes.has("stub")) return null;
    return collectSettings(model, /(?:^|\/)__init__\.pyi?$/.test(file.relativePath));
  },
  merge: (parts, { complete }) => ({
    complete,
    django: djangoSettings(parts),
    flask: flaskSettings(parts),
    pydantic: pydanticSettings(parts),
  }),
});

/** Names that only a settings module of Django assigns. */
const DJANGO =
  /^(?:INSTALLED_APPS|ROOT_URLCONF|WSGI_APPLICATION|MIDDLEWARE|ALLOWED_HOSTS|SECURE_[A-Z_]+|CSRF_COOKIE_[A-Z]+|SESSION_COOKIE_[A-Z]+|AUTH_PASSWORD_VALIDATORS)$/;
const DEVELOPMENT =
  /(?:^|[._])(?:dev|development|devel|local|test|tests|testing|ci|debug|docs?|example|sample|e2e)(?:$|[._])/i;
const PRODUCTION = /(?:^|[._])(?:prod|production|live|deploy)/i;

function djangoSettings(parts: readonly Part[]): DjangoSettings | null {
  const candidates = parts.filter(
    (part) => isSettingsModule(part) && !DEVELOPMENT.test(part.moduleName.split(".").slice(-2).join(".")),
  );
  const started = parts
    .filter(({ relativePath }) => /(?:^|\/)(?:wsgi|asgi)\.py$/.test(relativePath))
    .flatMap(({ part }) => part.django);
  const imported = new Set(
    candidates.flatMap(({ part }) => part.stars.map((star) => find(parts, star)?.path)),
  );
  const leaves = candidates.filter(({ path }) => !imported.has(path));
  const named = candidates.find(({ moduleName }) => PRODUCTION.test(moduleName.split(".").at(-1) ?? ""));
  const served = started.map((name) => find(candidates, name)).find((part) => part !== undefined);
  const chosen = named ?? served ?? leaves[0] ?? candidates[0];
  if (chosen === undefined) return null;
  const { values, closed } = effective(chosen, parts, new Set());
  return {
    path: chosen.path,
    moduleName: chosen.moduleName,
    certain: chosen === named || chosen === served,
    closed,
    values,
  };
}

function isSettingsModule({ part, relativePath }: Part): boolean {
  const names = Object.keys(part.values);
  if (names.some((name) => DJANGO.test(name))) return true;
  return part.stars.length > 0 && /settings/i.test(relativePath) && names.length > 0;
}

/** A module by its name, or by the end of its path: the folder of sources need not be the root. */
function find(parts: readonly Part[], name: string): Part | undefined {
  const exact = parts.find(({ moduleName }) => moduleName === name);
  if (exact !== undefined) return exact;
  const end = `/${name.replaceAll(".", "/")}`;
  const ending = parts.filter(({ relativePath }) =>
    `/${relativePath}`.replace(/(?:\/__init__)?\.py$/, "").endsWith(end),
  );
  return ending.length === 1 ? ending[0] : undefined;
}

/** A module's names over those of the modules that it takes over, the later ones above the earlier. */
function effective(
  { part, path }: Part,
  parts: readonly Part[],
  above: ReadonlySet<string>,
): { readonly values: EffectiveSettings; readonly closed: boolean } {
  const values: Record<string, EffectiveSettings[string]> = {};
  let closed = true;
  for (const star of part.stars) {
    const found = find(parts, star);
    if (found === undefined || above.has(found.path)) {
      closed = false;
      continue;
    }
    const below = effective(found, parts, new Set([...above, path]));
    Object.assign(values, below.values);
    closed &&= below.closed;
  }
  for (const [name, value] of Object.entries(part.values)) {
    const before = values[name]?.value;
    // `MIDDLEWARE += […]` adds to what the star import brought.
    const added = value.kind === "list" && value.open && before?.kind === "list";
    values[name] = {
      value: added ? { kind: "list", items: [...before.items, ...value.items], open: before.open } : value,
      path,
    };
  }
  return { values, closed };
}

function flaskSettings(parts: readonly Part[]): EffectiveSettings {
  const values: Record<string, EffectiveSettings[string]> = {};
  const classes = classesOf(parts);
  const given = parts.flatMap(({ part }) => part.objects);
  const wanted = given.map((name) => resolveClass(name, classes)).filter((name) => name !== undefined);
  // A choice by name (`configs[env]`) shows no class: then the one that is called after production counts.
  const production = [...classes.keys()].filter((name) => PRODUCTION.test(name.split(".").at(-1) ?? ""));
  for (const name of wanted.length > 0 ? wanted : given.length > 0 ? production.slice(0, 1) : []) {
    Object.assign(values, classValues(name, classes, 0));
  }
  for (const { part, path } of parts) {
    for (const [name, value] of Object.entries(part.flask)) values[name] = { value, path };
  }
  return values;
}

type Classes = ReadonlyMap<string, { readonly cls: SettingsPart["classes"][string]; readonly path: string }>;

function classesOf(parts: readonly Part[]): Classes {
  return new Map(
    parts.flatMap(({ part, path }) =>
      Object.entries(part.classes).map(([name, cls]) => [name, { cls, path }] as const),
    ),
  );
}

function resolveClass(name: string, classes: Classes): string | undefined {
  if (classes.has(name)) return name;
  const [last = ""] = name.split(".").slice(-1);
  const found = [...classes.keys()].filter((one) => one.endsWith(`.${last}`));
  return found.length === 1 ? found[0] : undefined;
}

function classValues(name: string, classes: Classes, depth: number): EffectiveSettings {
  const found = classes.get(name);
  if (found === undefined || depth > 5) return {};
  const inherited = found.cls.bases.toReversed().map((base) => {
    const above = resolveClass(base, classes);
    return above === undefined ? {} : classValues(above, classes, depth + 1);
  });
  const own = Object.entries(found.cls.values).map(
    ([key, value]) => [key, { value, path: found.path }] as const,
  );
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as EffectiveSettings;
}

function pydanticSettings(parts: readonly Part[]): Readonly<Record<string, EffectiveSettings>> {
  const classes = classesOf(parts);
  const isSettings = (name: string, depth = 0): boolean => {
    const bases = classes.get(name)?.cls.bases ?? [];
    return bases.some(
      (base) =>
        /BaseSettings$/.test(base) || (depth < 5 && isSettings(resolveClass(base, classes) ?? "", depth + 1)),
    );
  };
  return Object.fromEntries(
    [...classes.keys()]
      .filter((name) => isSettings(name))
      .map((name) => [name, classValues(name, classes, 0)] as const),
  );
}
