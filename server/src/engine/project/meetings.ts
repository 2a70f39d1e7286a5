/** In which functions of other files untrusted data can be met: their callers are worth an analysis, too. */

import { mayHoldSources, sourceFunctions } from "../sources.ts";
import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";
import type { ModuleIndex } from "./names.ts";

/** The key of a read: the functions with sources that a file imports. */
export const MEETS = "meets";

/** @returns the names of functions with sources in the files that the file at a path imports itself */
export function createMeetings(
  files: ProjectFiles,
  index: ModuleIndex,
): (path: string) => ReadonlySet<string> {
  const known = new WeakMap<ProjectFile, readonly string[]>();
  const namesOf = (file: ProjectFile): readonly string[] => {
    const names = known.get(file) ?? (mayHoldSources(file.text) ? sourceFunctions(file.model()) : []);
    known.set(file, names);
    return names;
  };
  return (path) => {
    const names = new Set<string>();
    const file = files.complete ? files.get(path) : undefined;
    if (file === undefined) return names;
    for (const imported of file.model().imports) {
      const at = index.mayLocate(imported) ? index.locate(imported, path) : null;
      if (at === null || at.file === file) continue;
      for (const name of namesOf(at.file)) names.add(name);
    }
    return names;
  };
}
