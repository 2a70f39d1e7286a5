/** The lowest Python that a project supports, read off its manifest. */

import { type Table, tableAt } from "../../base/toml.ts";

export type PythonVersion = readonly [number, number];

/** From `[project] requires-python`, or Poetry's own way to say it; null where the manifest is silent. */
export function pythonVersionOf(pyproject: Table): PythonVersion | null {
  const required = tableAt(pyproject, "project")?.["requires-python"];
  const poetry = tableAt(pyproject, "tool", "poetry", "dependencies")?.python;
  for (const constraint of [required, poetry]) {
    const version = typeof constraint === "string" ? lowestOf(constraint) : null;
    if (version !== null) return version;
  }
  return null;
}

const LOWER_BOUND = /(?:>=|~=|===?|\^|~|>)\s*(\d+)(?:\.(\d+))?/g;

/** The highest of the lower bounds that a constraint names: all of them hold. */
function lowestOf(constraint: string): PythonVersion | null {
  let highest: PythonVersion | null = null;
  for (const [, major, minor] of constraint.matchAll(LOWER_BOUND)) {
    const version: PythonVersion = [Number(major), Number(minor ?? 0)];
    const higher =
      highest === null || version[0] > highest[0] || (version[0] === highest[0] && version[1] > highest[1]);
    if (higher) highest = version;
  }
  return highest;
}
