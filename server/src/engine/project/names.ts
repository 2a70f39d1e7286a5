/** Which file of a project a dotted name leads to. */

import type { ProjectFile } from "./file.ts";
import type { ProjectFiles } from "./files.ts";

/** A module of the project, and what of a dotted name is left inside it. */
export interface Located {
  readonly file: ProjectFile;
  readonly rest: readonly string[];
}

export interface ModuleIndex {
  /** The module with the longest name that the dotted name starts with; null where there is none, or several. */
  locate(dottedName: string): Located | null;
}

/** Creates the index of a project's modules by name; it is brought up to date when it is asked. */
export function createModuleIndex(project: ProjectFiles): ModuleIndex {
  const paths = new Map<string, Set<string>>();
  const names = new Map<string, string>();
  let seen = -1;

  const forget = (path: string) => {
    const name = names.get(path);
    if (name === undefined) return;
    names.delete(path);
    const sharing = paths.get(name);
    sharing?.delete(path);
    if (sharing?.size === 0) paths.delete(name);
  };
  const learn = (path: string) => {
    forget(path);
    const name = project.get(path)?.identity.moduleName ?? "";
    if (name === "") return;
    names.set(path, name);
    const sharing = paths.get(name) ?? new Set();
    paths.set(name, sharing.add(path));
  };
  const refresh = () => {
    if (seen === project.revision) return;
    const changes = seen < 0 ? null : project.changesSince(seen);
    for (const path of new Set(changes ?? [...project.paths(), ...names.keys()])) learn(path);
    seen = project.revision;
  };

  return {
    locate(dottedName) {
      refresh();
      const parts = dottedName.split(".");
      for (let count = parts.length; count > 0; count--) {
        const found = paths.get(parts.slice(0, count).join("."));
        if (found === undefined) continue;
        const [only, ...others] = found;
        const file = only === undefined || others.length > 0 ? undefined : project.get(only);
        return file === undefined ? null : { file, rest: parts.slice(count) };
      }
      return null;
    },
  };
}
