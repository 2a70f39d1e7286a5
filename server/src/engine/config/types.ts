/** The configuration that governs one file, resolved: what the engine judges findings by. */

import type { ConfigProblem } from "../../base/toml.ts";
import type { RuleSetting, SettingKey, SettingValues } from "../../protocol/settings.ts";
import { DEFAULT_SETTINGS } from "../../protocol/settings.ts";

/** Where a value comes from, for people. */
export interface ValueSource {
  /** `pyproject.toml:12`, `user settings`, `default`... */
  readonly label: string;
  /** Absolute path, where it is a file. */
  readonly path?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** One entry of a rule map: `security/*` or a rule's id, and what it is set to. */
export interface SeverityOverride {
  readonly pattern: string;
  readonly setting: RuleSetting;
  readonly source: ValueSource;
}

export type { ConfigProblem };

/** What another tool's configuration says about one file. */
export interface OtherTool {
  /** True where the tool reports the code in this file. */
  enabled(code: string): boolean;
  /** True where the configuration turns the code off by name, which is a decision, not a default. */
  ignored(code: string): boolean;
  /** The place of the decision on a code, e.g. `ruff.toml:3`. */
  sourceOf(code: string): ValueSource;
}

export interface FileConfig {
  readonly settings: SettingValues;
  /** Where each setting's value comes from. */
  readonly sources: Readonly<Record<SettingKey, ValueSource>>;
  /** Strongest first: the first entry whose pattern fits a rule decides. */
  readonly overrides: readonly SeverityOverride[];
  /** Ruff's view of the file; null where Ruff is not active for it or we are told not to defer. */
  readonly ruff: OtherTool | null;
  /** Bandit's view of the file, for the codes it skips. */
  readonly bandit: OtherTool | null;
  /** Why the file is not analysed at all, or null. */
  readonly excluded: ValueSource | null;
  /** Lowest Python that the project supports, or null. */
  readonly pythonVersion: readonly [number, number] | null;
  readonly problems: readonly ConfigProblem[];
}

const DEFAULT_SOURCE: ValueSource = { label: "default" };

/** The configuration of a file that nothing governs. */
export const DEFAULT_CONFIG: FileConfig = {
  settings: DEFAULT_SETTINGS,
  sources: Object.fromEntries(
    Object.keys(DEFAULT_SETTINGS).map((key) => [key, DEFAULT_SOURCE]),
  ) as FileConfig["sources"],
  overrides: [],
  ruff: null,
  bandit: null,
  excluded: null,
  pythonVersion: null,
  problems: [],
};
