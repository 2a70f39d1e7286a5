/** Which rules run under a configuration, and how severe a finding of theirs is there. */

import type { ContextClass } from "../base/context-classes.ts";
import type { CoachLevel, RelaxableContext } from "../protocol/settings.ts";
import type { FileConfig, SeverityOverride } from "./config/types.ts";
import { type Confidence, SEVERITIES, type Severity } from "./finding.ts";
import type { AnyRule, Equivalents, Level } from "./rule.ts";

const LEVELS_SHOWN: Readonly<Record<CoachLevel, readonly Level[]>> = {
  essentials: ["must-have"],
  professional: ["must-have", "differentiator"],
  senior: ["must-have", "differentiator", "senior"],
};

/** The lower of two severities. */
export function lowerSeverity(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}

/** True where `severity` is at least `floor`. */
export function atLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}

/** True where a pattern of a rule map (`id`, `section/*`, `section.*`, `*`) fits a rule. */
export function matchesRule(pattern: string, rule: Pick<AnyRule, "id" | "section">): boolean {
  if (pattern === rule.id || pattern === "*") return true;
  return pattern === `${rule.section}/*` || pattern === `${rule.section}.*`;
}

/** The strongest override that fits a rule. */
export function overrideOf(rule: AnyRule, config: FileConfig): SeverityOverride | undefined {
  return config.overrides.find((override) => matchesRule(override.pattern, rule));
}

/** True where the rule is off in a file of these classes. Every rule is off in stubs. */
export function offInContext(
  rule: AnyRule,
  classes: ReadonlySet<ContextClass>,
  relaxed: readonly RelaxableContext[],
): boolean {
  if (classes.has("stub")) return true;
  const offIn = rule.contexts?.offIn ?? [];
  return offIn.some((context) => classes.has(context) && relaxed.some((name) => name === context));
}

/**
 * The code of another tool that makes a whole rule step aside in this file, if any. Flagships stay, and rules
 * that say which of their messages overlap: those step aside message by message.
 */
export function retiredBy(rule: AnyRule, config: FileConfig): string | undefined {
  if (rule.flagship === true || rule.retires !== undefined) return undefined;
  return enabledEquivalent(rule.equivalents, config);
}

function enabledEquivalent(equivalents: Equivalents, config: FileConfig): string | undefined {
  const { ruff } = config;
  return ruff === null ? undefined : equivalents.ruff?.find((code) => ruff.enabled(code));
}

/** True where a rule has to run at all: nothing turns it off as a whole. */
export function isActive(rule: AnyRule, classes: ReadonlySet<ContextClass>, config: FileConfig): boolean {
  const override = overrideOf(rule, config);
  if (override?.setting === "off") return false;
  if (offInContext(rule, classes, config.settings["context.relaxed"])) return false;
  if (retiredBy(rule, config) !== undefined) return false;
  if (override !== undefined) return true;
  return atLeast(ceiling(rule), "warning") || atLevel(rule, config);
}

/** The severity of a rule's findings where neither the report nor the configuration changes it. */
export function ceiling(rule: AnyRule): Severity {
  return rule.confidence === "low" ? "hint" : rule.severity;
}

function atLevel(rule: AnyRule, config: FileConfig): boolean {
  return LEVELS_SHOWN[config.settings.level].includes(rule.level);
}

/** What a rule said at a place, before any configuration. */
export interface Reported {
  readonly rule: AnyRule;
  readonly messageId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/**
 * The severity to show, or null where the finding is not shown.
 *
 * An override sets what the rule's full findings are; one that the rule itself lowered stays lowered. Low
 * confidence means a hint unless somebody asked for more. The level filters information and hints only.
 */
export function judge(reported: Reported, config: FileConfig): Severity | null {
  const { rule } = reported;
  const retired = rule.retires?.[reported.messageId];
  if (retired !== undefined && enabledEquivalent(retired, config) !== undefined) return null;
  const override = overrideOf(rule, config);
  if (override !== undefined) {
    if (override.setting === "off") return null;
    const lowered = reported.severity !== rule.severity;
    return lowered ? lowerSeverity(reported.severity, override.setting) : override.setting;
  }
  let severity = reported.confidence === "low" ? "hint" : reported.severity;
  if (rule.flagship !== true && turnedOffElsewhere(rule, config)) severity = "hint";
  return atLeast(severity, "warning") || atLevel(rule, config) ? severity : null;
}

/** True where the project decided against an equivalent of the rule in another tool's configuration. */
function turnedOffElsewhere(rule: AnyRule, config: FileConfig): boolean {
  const { ruff, bandit } = config;
  const inRuff = ruff !== null && (rule.equivalents.ruff ?? []).some((code) => ruff.ignored(code));
  return inRuff || (bandit !== null && (rule.equivalents.bandit ?? []).some((code) => bandit.ignored(code)));
}
