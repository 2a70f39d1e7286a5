/** Which folders are projects of their own: those that hold a manifest. */

import { SKIPPED_FOLDERS } from "../base/folders.ts";

/** Base names that make a folder a project, whatever they say. */
const STRONG = new Set(["pyproject.toml", "setup.py", "Pipfile", "manage.py"]);
/** Names that make one where no folder above is a project. */
const WEAK = /^(?:requirements[\w.-]*\.(?:txt|in)|setup\.cfg|environment\.ya?ml)$/;
/** What lies below these belongs to the project around it. */
const INNER = new Set([
  "docs",
  "doc",
  "test",
  "tests",
  "testing",
  "examples",
  "example",
  "requirements",
  "fixtures",
  "vendor",
  "third_party",
  "scripts",
  "tools",
  "templates",
  "benchmarks",
  "ci",
  ".github",
  "docker",
]);

/**
 * The roots among the folders of files, outermost first; `""` is the folder itself, and stands alone where there
 * is no manifest at all.
 */
export function findRoots(paths: Iterable<string>): readonly string[] {
  const strong = new Set<string>();
  const weak = new Set<string>();
  for (const path of paths) {
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    const folder = slash === -1 ? "" : path.slice(0, slash);
    if (folder !== "" && folder.split("/").some((part) => INNER.has(part) || SKIPPED_FOLDERS.has(part)))
      continue;
    if (STRONG.has(name)) strong.add(folder);
    else if (WEAK.test(name)) weak.add(folder);
  }
  const candidates = [
    ...strong,
    ...[...weak].filter((folder) => ![...strong].some((root) => isInside(folder, root))),
  ];
  const roots = candidates.filter(
    // A manage.py or setup.py below a manifest is part of that project, unless it has a manifest of its own.
    (folder, index) => candidates.indexOf(folder) === index && !isPart(folder, candidates, paths),
  );
  return roots.length === 0 ? [""] : roots.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function isPart(folder: string, candidates: readonly string[], paths: Iterable<string>): boolean {
  if (!candidates.some((other) => other !== folder && isInside(folder, other))) return false;
  const own = new Set(paths);
  const prefix = folder === "" ? "" : `${folder}/`;
  return !["pyproject.toml", "Pipfile", "setup.py"].some((name) => own.has(`${prefix}${name}`));
}

/** True where a folder or file is the root or lies below it. */
export function isInside(path: string, root: string): boolean {
  return root === "" || path === root || path.startsWith(`${root}/`);
}

/** The innermost root that holds a path, or null for one outside of all of them. */
export function rootOf(path: string, roots: readonly string[]): string | null {
  let best: string | null = null;
  for (const root of roots) {
    if (isInside(path, root) && (best === null || root.length > best.length)) best = root;
  }
  return best;
}
