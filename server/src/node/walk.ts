/** Walks a folder for source files as a developer's tools do: no ignored files, no environments, no loops. */

import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import ignore, { type Ignore } from "ignore";
import picomatch from "picomatch";
import { SKIPPED_FOLDERS } from "../base/folders.ts";
import type { FileEntry, LogLevel } from "../base/host.ts";

/** A folder that holds one of these is an environment with other people's packages. */
const ENVIRONMENT_MARKS = new Set(["pyvenv.cfg", "conda-meta"]);

/** The rules of one ignore file: they apply to paths below `folder`. */
interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

interface Walk {
  readonly root: string;
  readonly wanted: (name: string) => boolean;
  readonly excluded: (relative: string) => boolean;
  readonly log: (level: LogLevel, message: string) => void;
}

/**
 * Files below `root` whose base name matches a glob, in the order of their names, folder by folder.
 *
 * `.gitignore` files count from the repository's root down, and `.git/info/exclude`. Links to folders are not
 * followed, so loops cannot happen; links to files are. A folder that cannot be read is logged and passed over.
 *
 * @param exclude globs over paths relative to `root`, as in VS Code's `files.exclude`.
 */
export async function* walk(
  root: string,
  globs: readonly string[],
  exclude: readonly string[],
  log: (level: LogLevel, message: string) => void,
): AsyncIterable<FileEntry> {
  const base = forward(resolve(root));
  const context: Walk = {
    root: base,
    wanted: picomatch([...globs], { dot: true }),
    excluded: exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true }),
    log,
  };
  const above = await rulesAbove(base);
  // Whoever names an ignored folder wants to look into it; the rules that hide it would hide all that it holds.
  const outer = above.filter(({ folder }) => folder !== base);
  yield* walkFolder(context, base, isIgnored(outer, `${base}/`) ? [] : above);
}

async function* walkFolder(
  context: Walk,
  folder: string,
  above: readonly IgnoreRules[],
): AsyncIterable<FileEntry> {
  const entries = await entriesOf(context, folder);
  if (folder !== context.root && entries.some((entry) => ENVIRONMENT_MARKS.has(entry.name))) return;
  const own = entries.some((entry) => entry.name === ".gitignore")
    ? await ignoreFile(folder, below(folder, ".gitignore"))
    : null;
  const rules = own === null ? above : [...above, own];
  for (const entry of entries) {
    const path = below(folder, entry.name);
    if (entry.isDirectory()) {
      if (SKIPPED_FOLDERS.has(entry.name) || isIgnored(rules, `${path}/`) || isExcluded(context, path))
        continue;
      yield* walkFolder(context, path, rules);
    } else if (context.wanted(entry.name) && !isIgnored(rules, path) && !isExcluded(context, path)) {
      const size = await fileSize(path);
      if (size !== null) yield { path, size };
    }
  }
}

async function entriesOf(context: Walk, folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (fault) {
    context.log(
      "warning",
      `${folder} is left out: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
    return [];
  }
}

/** Bytes of a regular file or of the regular file that a link leads to; null for anything else. */
async function fileSize(path: string): Promise<number | null> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null;
  }
}

/** The ignore rules of the repository that `root` lies in, from its top to the folder above `root`. */
async function rulesAbove(root: string): Promise<readonly IgnoreRules[]> {
  const found: IgnoreRules[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    if (folder !== root) {
      const rules = await ignoreFile(folder, below(folder, ".gitignore"));
      if (rules !== null) found.unshift(rules);
    }
    if (await isRepository(folder)) {
      const rules = await ignoreFile(folder, below(folder, ".git/info/exclude"));
      return rules === null ? found : [rules, ...found];
    }
    if (folder === dirname(folder)) return [];
  }
}

async function isRepository(folder: string): Promise<boolean> {
  try {
    await stat(below(folder, ".git"));
    return true;
  } catch {
    return false;
  }
}

async function ignoreFile(folder: string, path: string): Promise<IgnoreRules | null> {
  try {
    const text = await readFile(path, "utf8");
    return { folder, rules: ignore({ ignorecase: process.platform !== "linux" }).add(text) };
  } catch {
    return null;
  }
}

/** The deepest ignore file that says something of a path decides, as in git. */
function isIgnored(rules: readonly IgnoreRules[], path: string): boolean {
  for (const { folder, rules: own } of rules.toReversed()) {
    const result = own.test(relative(folder, path));
    if (result.ignored) return true;
    if (result.unignored) return false;
  }
  return false;
}

function isExcluded(context: Walk, path: string): boolean {
  return context.excluded(relative(context.root, path));
}

function below(folder: string, name: string): string {
  return folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}

function relative(folder: string, path: string): string {
  return path.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
}

function forward(path: string): string {
  return path.replaceAll("\\", "/");
}
