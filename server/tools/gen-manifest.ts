/** Generates what package.json says about settings, from the schema and the rules. */

import type { AnyRule } from "../src/engine/rule.ts";
import { SECTIONS } from "../src/engine/rule.ts";
import {
  RULE_SETTINGS,
  SETTING_KEYS,
  type SettingType,
  settingDefinition,
} from "../src/protocol/settings.ts";
import type { GeneratedFile } from "./gen-shared.ts";

/** package.json with `contributes.configuration` and `contributes.snippets` replaced. */
export function generateManifest(
  current: string,
  rules: readonly AnyRule[],
  snippets: readonly object[],
): GeneratedFile {
  const manifest = JSON.parse(current) as { contributes?: Record<string, unknown> };
  const configuration = { title: "Python Stack Coach", properties: settingProperties(rules) };
  manifest.contributes = { ...manifest.contributes, configuration, snippets };
  return { path: "package.json", text: `${JSON.stringify(manifest, null, 2)}\n` };
}

function settingProperties(rules: readonly AnyRule[]): Record<string, unknown> {
  return Object.fromEntries(
    SETTING_KEYS.map((key, order) => {
      const { type, default: value, scope, description } = settingDefinition(key);
      const schema = { ...schemaOf(type, rules), default: value, scope, order };
      return [`stackCoach.${key}`, { ...schema, markdownDescription: description }];
    }),
  );
}

function schemaOf(type: SettingType, rules: readonly AnyRule[]): Record<string, unknown> {
  switch (type.kind) {
    case "boolean":
      return { type: "boolean" };
    case "number":
      return { type: "number", minimum: type.minimum };
    case "enum":
      return {
        type: "string",
        enum: type.values,
        ...(type.descriptions === undefined ? {} : { markdownEnumDescriptions: type.descriptions }),
      };
    case "enumArray":
      return { type: "array", items: { type: "string", enum: type.values }, uniqueItems: true };
    case "stringArray":
      return { type: "array", items: { type: "string" } };
    case "ruleMap":
      return ruleMapSchema(rules);
  }
}

/** Names every rule and section, so that the settings editor completes them. */
function ruleMapSchema(rules: readonly AnyRule[]): Record<string, unknown> {
  const used = new Set<string>(rules.map((rule) => rule.section));
  const sections = SECTIONS.filter((section) => used.has(section)).map((section) => [
    `${section}/*`,
    { enum: RULE_SETTINGS, description: `All rules of the section ${section}.` },
  ]);
  const single = rules.map((rule) => [rule.id, { enum: RULE_SETTINGS, description: rule.title }]);
  return {
    type: "object",
    properties: Object.fromEntries([...sections, ...single]),
    additionalProperties: { enum: RULE_SETTINGS },
  };
}
