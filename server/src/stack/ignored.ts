/** What git ignores, as the project's own ignore file says it. */

import ignore from "ignore";

/** True for each path that the lines of a `.gitignore` hide; paths are relative to its folder. */
export function ignores(lines: readonly string[]): (path: string) => boolean {
  const rules = ignore().add(lines.join("\n"));
  return (path) => rules.ignores(path);
}
