/** The effective configuration of a file in words: every setting, and every rule that something changed. */

import type { ContextClass } from "../../base/context-classes.ts";
import { SETTING_KEYS } from "../../protocol/settings.ts";
import { isActive, offInContext, overrideOf, retiredBy } from "../judge.ts";
import type { AnyRule } from "../rule.ts";
import type { FileConfig } from "./types.ts";

export interface ConfigEntry {
  /** A setting's key or a rule's id. */
  readonly key: string;
  readonly value: string;
  readonly source: string;
}

/** Lists settings first, then the rules whose severity or presence is not their own default. */
export function describeConfig(
  config: FileConfig,
  rules: readonly AnyRule[],
  classes: ReadonlySet<ContextClass>,
): readonly ConfigEntry[] {
  const settings = SETTING_KEYS.map((key) => ({
    key,
    value: JSON.stringify(config.settings[key]),
    source: config.sources[key].label,
  })).filter(({ key }) => key !== "rules");
  const excluded: readonly ConfigEntry[] =
    config.excluded === null
      ? []
      : [{ key: "this file", value: "not analysed", source: config.excluded.label }];
  return [...excluded, ...settings, ...rules.flatMap((rule) => describeRule(rule, config, classes))];
}

function describeRule(
  rule: AnyRule,
  config: FileConfig,
  classes: ReadonlySet<ContextClass>,
): readonly ConfigEntry[] {
  const key = rule.id;
  const override = overrideOf(rule, config);
  if (override?.setting === "off") return [{ key, value: "off", source: override.source.label }];
  if (offInContext(rule, classes, config.settings["context.relaxed"])) {
    return [{ key, value: "off", source: `this is a ${[...classes].join(", ")} file` }];
  }
  const code = retiredBy(rule, config);
  if (code !== undefined) {
    return [{ key, value: "off", source: `Ruff ${code} is enabled (${config.ruff?.sourceOf(code).label})` }];
  }
  if (override !== undefined) return [{ key, value: override.setting, source: override.source.label }];
  if (isActive(rule, classes, config)) return [];
  const source = `level "${config.settings.level}" leaves out ${rule.level} advice`;
  return [{ key, value: "off", source }];
}
