/** Reads lock files: which version of each package was settled on. */

import { isTable, type Table } from "../../base/toml.ts";
import { normalizeName } from "../requirement.ts";
import type { LockedPackage } from "../types.ts";

/** True for the name of a lock file that this module reads. */
export function isLockFile(path: string): boolean {
  return /(?:^|\/)(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock(?:\.[\w-]+)?\.toml)$/.test(path);
}

/** From the parsed data of `uv.lock`, `poetry.lock`, `pdm.lock` (`package`) and `pylock.toml` (`packages`). */
export function lockedInToml(path: string, text: string, data: Table): readonly LockedPackage[] {
  const packages = Array.isArray(data.package) ? data.package : data.packages;
  if (!Array.isArray(packages)) return [];
  const lines = nameLines(text);
  return packages.flatMap((one: unknown) => {
    if (!isTable(one) || typeof one.name !== "string" || typeof one.version !== "string") return [];
    const name = normalizeName(one.name);
    return [{ name, version: one.version, path, line: lines.get(one.name) ?? 1 }];
  });
}

/** From `Pipfile.lock`, whose versions are written `==1.2`. */
export function lockedInPipfile(path: string, text: string, data: Table): readonly LockedPackage[] {
  const lines = text.split("\n");
  return ["default", "develop"].flatMap((section) => {
    const packages = data[section];
    if (!isTable(packages)) return [];
    return Object.entries(packages).flatMap(([name, one]) => {
      const version = isTable(one) && typeof one.version === "string" ? one.version.replace(/^=+/, "") : null;
      if (version === null) return [];
      const line = lines.findIndex((text) => text.trimStart().startsWith(`"${name}":`)) + 1;
      return [{ name: normalizeName(name), version, path, line: Math.max(line, 1) }];
    });
  });
}

/** The line on which each package of a TOML lock file is named first. */
function nameLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    const name = /^name = "([^"]+)"/.exec(line)?.[1];
    if (name !== undefined && !lines.has(name)) lines.set(name, index + 1);
  }
  return lines;
}
