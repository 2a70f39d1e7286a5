/** What the silence of a rule is worth under a configuration: only a rule that runs proves that there is nothing. */

import type { RuleStatus } from "../../stack/stack.ts";
import type { FileConfig } from "../config/types.ts";
import { overrideOf } from "../judge.ts";
import type { AnyRule } from "../rule.ts";

export function ruleStatusUnder(config: FileConfig, rules: readonly AnyRule[]): (id: string) => RuleStatus {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return (id) => {
    const rule = byId.get(id);
    if (rule === undefined) return "unknown";
    if (!config.settings.enable) return "off";
    return overrideOf(rule, config)?.setting === "off" ? "off" : "on";
  };
}
