/** What a project's Bandit configuration says about one file: codes that it skips are a decision of the project. */

import { type ConfigFile, stringsOf, tableAt } from "../../base/toml.ts";
import { excludesPath } from "./ruff-select.ts";
import type { OtherTool, ValueSource } from "./types.ts";

/** Bandit's view of a file by `[tool.bandit]` of a pyproject.toml, or null where there is no such table. */
export function createBandit(pyproject: ConfigFile, root: string, path: string): OtherTool | null {
  const table = tableAt(pyproject.data, "tool", "bandit");
  if (table === undefined) return null;
  const skips = new Set(stringsOf(table.skips) ?? []);
  const excluded = (stringsOf(table.exclude_dirs) ?? []).some((glob) =>
    excludesPath(glob.replace(/^\.?\/|\/$/g, ""), root, path),
  );
  const line = pyproject.lineOf(["tool", "bandit", excluded ? "exclude_dirs" : "skips"]);
  const source: ValueSource = { label: `pyproject.toml:${line}`, path: pyproject.path, line };
  return {
    enabled: (code) => !excluded && !skips.has(code),
    ignored: (code) => excluded || skips.has(code),
    sourceOf: () => source,
  };
}
