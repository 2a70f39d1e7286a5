/** The dotted name that Python imports a file by, read off the packages that hold it. */

import type { Host } from "./host.ts";

export interface ModuleIdentity {
  /** `shop.views`; the package's own name for an `__init__.py`; the bare stem outside of packages. */
  readonly moduleName: string;
  readonly isPackage: boolean;
}

export interface ModuleNames {
  /** @param root packages are not looked for above this folder; null: up to the file system's root */
  of(path: string, root: string | null): Promise<ModuleIdentity>;
}

/** Remembers which folders are packages; make a new one when files came or went. */
export function createModuleNames(readFile: Host["readFile"]): ModuleNames {
  const packages = new Map<string, Promise<boolean>>();
  const isPackage = (folder: string): Promise<boolean> => {
    let known = packages.get(folder);
    if (known === undefined) {
      known = readFile(`${folder}/__init__.py`).then((bytes) => bytes !== null);
      packages.set(folder, known);
    }
    return known;
  };
  return {
    async of(path, root) {
      const segments = path.split("/");
      const stem = (segments.pop() ?? "").replace(/\.(?:pyi?|ipynb)$/, "");
      const names = stem === "__init__" ? [] : [stem];
      while (segments.length > 1 && segments.join("/") !== root) {
        const folder = segments.join("/");
        // A folder without `__init__.py` inside a package is imported through it all the same.
        const above = segments.slice(0, -1).join("/");
        if (!(await isPackage(folder)) && (above === root || !(await isPackage(above)))) break;
        names.unshift(segments.pop() as string);
      }
      return { moduleName: names.join("."), isPackage: stem === "__init__" };
    },
  };
}
