/** Reads settings out of a table of a project file or an editor, and complains about what it cannot read. */

import { isTable, type Table } from "../../base/toml.ts";
import {
  RULE_SETTINGS,
  type RuleSetting,
  SETTING_KEYS,
  type SettingKey,
  type SettingType,
  settingDefinition,
} from "../../protocol/settings.ts";
import type { ConfigProblem, SeverityOverride, ValueSource } from "./types.ts";

/** Rules as far as rule maps need to know them. */
export interface KnownRules {
  readonly ids: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
}

/** Where a table stands, and how it spells keys. */
export interface SettingsTable {
  readonly values: Table;
  /** `kebab` in TOML, `camel` in JSON and editors. */
  readonly spelling: "kebab" | "camel";
  /** True for project files: what only concerns an editor has no effect there. */
  readonly project: boolean;
  /** Where the value of a key stands; the keys below the table. */
  source(keys: readonly string[]): ValueSource;
}

/** What was read; settings that are not there, or wrong, are left out. */
export interface ReadSettings {
  readonly values: ReadonlyMap<SettingKey, { readonly value: unknown; readonly source: ValueSource }>;
  readonly overrides: readonly SeverityOverride[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads a table. Every entry counts for itself: one that is wrong takes no other with it. */
export function readSettings(table: SettingsTable, rules: KnownRules): ReadSettings {
  const values = new Map<SettingKey, { value: unknown; source: ValueSource }>();
  const overrides: SeverityOverride[] = [];
  const problems: ConfigProblem[] = [];
  const names = namesOfKeys(table.spelling);
  for (const { keys, value } of flatten(table.values, names)) {
    const source = table.source(keys);
    const complain = (message: string) => problems.push(problemAt(source, message));
    const key = names.get(keys.join("."));
    if (key === undefined) {
      complain(unknownKey(keys.join("."), [...names.keys()]));
      continue;
    }
    const definition = settingDefinition(key);
    if (table.project && !definition.project) {
      complain(`\`${keys.join(".")}\` is a setting of the editor and has no effect in a project file.`);
      continue;
    }
    if (definition.type.kind === "ruleMap") {
      overrides.push(...readRuleMap({ table, keys, value, rules }, problems));
      continue;
    }
    const known = definition.aliases?.find((alias) => alias.from === value)?.to ?? value;
    const wrong = wrongValue(definition.type, known);
    if (wrong === null) values.set(key, { value: known, source });
    else complain(`\`${keys.join(".")}\` must be ${wrong}.`);
  }
  return { values, overrides: overrides.sort(bySpecificity), problems };
}

function namesOfKeys(spelling: SettingsTable["spelling"]): ReadonlyMap<string, SettingKey> {
  return new Map(SETTING_KEYS.map((key) => [spelling === "camel" ? key : kebab(key), key]));
}

/** `maxFileSizeKB` as `max-file-size-kb`, part by part. */
export function kebab(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

interface Entry {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** Entries by full key, whether `context.relaxed` is one key or a table in a table. */
function flatten(
  table: Table,
  names: ReadonlyMap<string, SettingKey>,
  above: readonly string[] = [],
): Entry[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const keys = [...above, ...key.split(".")];
    const name = keys.join(".");
    const holdsMore = !names.has(name) && [...names.keys()].some((known) => known.startsWith(`${name}.`));
    return isTable(value) && holdsMore ? flatten(value, names, keys) : [{ keys, value }];
  });
}

interface RuleMapEntry extends Entry {
  readonly table: SettingsTable;
  readonly rules: KnownRules;
}

function readRuleMap(
  { table, keys, value, rules }: RuleMapEntry,
  problems: ConfigProblem[],
): readonly SeverityOverride[] {
  if (!isTable(value)) {
    const message = `\`${keys.join(".")}\` must be a table from rule ids to severities.`;
    problems.push(problemAt(table.source(keys), message));
    return [];
  }
  return Object.entries(value).flatMap(([pattern, setting]) => {
    const source = table.source([...keys, pattern]);
    if (!isRuleSetting(setting)) {
      const message = `\`${pattern}\` must be one of ${RULE_SETTINGS.join(", ")}.`;
      problems.push(problemAt(source, message));
      return [];
    }
    const section = /^([\w-]+)[/.]\*$/.exec(pattern)?.[1];
    const known =
      section === undefined ? pattern === "*" || rules.ids.has(pattern) : rules.sections.has(section);
    if (!known) {
      const names = section === undefined ? [...rules.ids] : [...rules.sections].map((name) => `${name}/*`);
      problems.push(
        problemAt(source, `No rule or section is called \`${pattern}\`${suggestion(pattern, names)}.`),
      );
      return [];
    }
    return [{ pattern, setting, source }];
  });
}

function isRuleSetting(value: unknown): value is RuleSetting {
  return RULE_SETTINGS.some((setting) => setting === value);
}

/** A rule's own id before its section, its section before all. */
function bySpecificity(a: SeverityOverride, b: SeverityOverride): number {
  return breadth(a.pattern) - breadth(b.pattern);
}

function breadth(pattern: string): number {
  if (pattern === "*") return 2;
  return pattern.endsWith("*") ? 1 : 0;
}

/** What a value should have been, or null where it is right. */
function wrongValue(type: SettingType, value: unknown): string | null {
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? null : "true or false";
    case "number":
      return typeof value === "number" && value >= type.minimum
        ? null
        : `a number of at least ${type.minimum}`;
    case "enum":
      return type.values.some((one) => one === value) ? null : `one of ${quoted(type.values)}`;
    case "enumArray":
      return isArrayOf(value, (one) => type.values.some((known) => known === one))
        ? null
        : `a list of ${quoted(type.values)}`;
    case "stringArray":
      return isArrayOf(value, (one) => typeof one === "string") ? null : "a list of strings";
    case "ruleMap":
      return isTable(value) ? null : "a table from rule ids to severities";
  }
}

function isArrayOf(value: unknown, test: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(", ");
}

function problemAt(source: ValueSource, message: string): ConfigProblem {
  return { path: source.path ?? source.label, line: source.line ?? 1, message };
}

function unknownKey(name: string, known: readonly string[]): string {
  return `\`${name}\` is not a setting of Stack Coach${suggestion(name, known)}.`;
}

/** What may have been meant, where a known name is close. */
function suggestion(name: string, known: readonly string[]): string {
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (best === null || distance < best.distance) best = { name: candidate, distance };
  }
  const close = best !== null && best.distance <= Math.max(2, Math.floor(name.length / 3));
  return close ? `; perhaps \`${best?.name}\` is meant` : "";
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
