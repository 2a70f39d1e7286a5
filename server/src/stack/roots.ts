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
export function findRoots(files: Iterable<string>): readonly string[] {
  const paths = new Set(files);
  const strong = new Set<string>();
  const weak = new Set<string>();
  for (const path of paths) {
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    const folder = slash === -1 ? "" : path.slice(0, slash);
    if (folder.split("/").some((part) => INNER.has(part) || SKIPPED_FOLDERS.has(part))) continue;
    // A module of a package that happens to have the name is no manifest.
    const module = name.endsWith(".py") && paths.has(below(folder, "__init__.py"));
    if (STRONG.has(name) && !module) strong.add(folder);
    else if (WEAK.test(name)) weak.add(folder);
  }
  const loose = [...weak].filter((folder) => ![...strong].some((root) => isInside(folder, root)));
  const candidates = [...new Set([...strong, ...loose])];
  const roots = candidates.filter((folder) => isOwn(folder, candidates, paths));
  return roots.length === 0 ? [""] : roots.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Below another project, only what has a manifest of its own is one: a `manage.py` is part of that project. */
function isOwn(folder: string, candidates: readonly string[], paths: ReadonlySet<string>): boolean {
  if (!candidates.some((other) => other !== folder && isInside(folder, other))) return true;
  return ["pyproject.toml", "Pipfile", "setup.py"].some((name) => paths.has(below(folder, name)));
}

function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
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
