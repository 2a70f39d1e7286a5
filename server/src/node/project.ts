/** Where the files of a check stand: the project that they belong to, its configuration, their module names. */

import { stat } from "node:fs/promises";
import { SKIPPED_FOLDERS } from "../base/folders.ts";
import type { Host } from "../base/host.ts";
import { createModuleNames } from "../base/module-name.ts";
import type { SourceFile } from "../engine/analyze.ts";
import { createConfigResolver, type SettingsLayer } from "../engine/config/resolve.ts";
import type { FileConfig } from "../engine/config/types.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { CoachLevel } from "../protocol/settings.ts";
import type { Target } from "./targets.ts";

export interface Project {
  /** The configuration that governs a file, with what the command line asks for on top. */
  configOf(target: Target): Promise<FileConfig>;
  /** What the engine needs to know of a file besides its text. */
  sourceOf(target: Target, notebook: boolean): Promise<Omit<SourceFile, "text">>;
  rootOf(target: Target): Promise<Root>;
}

export interface Root {
  readonly path: string;
  /** True where something in the folder says that a project begins there. */
  readonly marked: boolean;
}

export interface ProjectOptions {
  readonly host: Host;
  readonly rules: readonly AnyRule[];
  readonly cwd: string;
  /** The level that the command line asks for, or null. */
  readonly level: CoachLevel | null;
}

/** What makes a folder the top of a project, the surest first. */
const ROOT_MARKS = [
  [".git", ".hg"],
  ["pyproject.toml", "setup.py", "setup.cfg", "manage.py"],
] as const;

export function createProject({ host, rules, cwd, level }: ProjectOptions): Project {
  const resolver = createConfigResolver({ readFile: host.readFile, rules });
  const modules = createModuleNames(host.readFile);
  const markedRoot = createRootFinder();
  const overriding: readonly SettingsLayer[] =
    level === null ? [] : [{ label: "command line", values: { level } }];
  const rootOf = async ({ path, folder }: Target): Promise<Root> => {
    const marked = await markedRoot(folderOf(path));
    const root = marked ?? (isBelow(cwd, path) ? cwd : (folder ?? folderOf(path)));
    // Who names a folder of installed packages means it: for its files the project begins there.
    const named = folder !== null && isBelow(root, folder) && isInstalled(folder.slice(root.length));
    return named ? { path: folder, marked: false } : { path: root, marked: marked !== null };
  };

  return {
    rootOf,
    async configOf(target) {
      const root = (await rootOf(target)).path;
      const config = await resolver.resolve({ path: target.path, root, overriding });
      // Who names a file wants to hear about it, whatever the project leaves out.
      return target.explicit ? { ...config, excluded: null } : config;
    },
    async sourceOf(target, notebook) {
      const { path } = target;
      const root = (await rootOf(target)).path;
      return { path, relativePath: path.slice(root.length + 1), notebook, ...(await modules.of(path, root)) };
    },
  };
}

function isInstalled(folder: string): boolean {
  return folder.split("/").some((name) => SKIPPED_FOLDERS.has(name) || name === "dist-packages");
}

/** Finds the nearest folder upwards that holds a repository, else the nearest that holds a project file. */
function createRootFinder(): (folder: string) => Promise<string | null> {
  const known = ROOT_MARKS.map(() => new Map<string, Promise<string | null>>());
  const search = (rank: number, folder: string): Promise<string | null> => {
    const cache = known[rank] as Map<string, Promise<string | null>>;
    let found = cache.get(folder);
    if (found === undefined) {
      found = holdsAny(folder, ROOT_MARKS[rank] ?? []).then((holds) => {
        if (holds) return folder;
        const above = folderOf(folder);
        return above === folder ? null : search(rank, above);
      });
      cache.set(folder, found);
    }
    return found;
  };
  return async (folder) => (await search(0, folder)) ?? search(1, folder);
}

async function holdsAny(folder: string, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    names.map((name) =>
      stat(`${folder}/${name}`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
