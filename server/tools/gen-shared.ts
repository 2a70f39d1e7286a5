/** What the generators share: the folders, the rules as they stand on disk, and writing or comparing a file. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AnyRule } from "../src/engine/rule.ts";
import { SECTIONS } from "../src/engine/rule.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const RULES_FOLDER = join(ROOT, "server/src/rules");

/** A rule's source file. */
export interface RuleFile {
  readonly id: string;
  readonly section: string;
  readonly path: string;
}

/** All rule files, by section in the catalogue's order, then by id. `_shared.ts` is none. */
export function listRuleFiles(): readonly RuleFile[] {
  return SECTIONS.flatMap((section) =>
    namesIn(join(RULES_FOLDER, section))
      .filter((name) => name.endsWith(".ts") && !name.startsWith("_"))
      .sort()
      .map((name) => ({ id: name.slice(0, -3), section, path: join(RULES_FOLDER, section, name) })),
  );
}

/** Imports the rules of the given files. */
export async function loadRules(files: readonly RuleFile[]): Promise<readonly AnyRule[]> {
  return Promise.all(
    files.map(async ({ path }) => {
      const module = (await import(pathToFileURL(path).href)) as { readonly default?: AnyRule };
      if (module.default === undefined) throw new Error(`${fromRoot(path)} has no default export`);
      return module.default;
    }),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file as it should be; `null` text: it should not be there. */
export interface GeneratedFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string | null;
}

/** The text of a project file, or null. */
export function readProjectFile(path: string): string | null {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return null;
  }
}

/** Files in a project folder that have the extension, relative to the root. */
export function listProjectFiles(folder: string, extension: string): readonly string[] {
  return namesIn(join(ROOT, folder))
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name}`);
}

/** Paths of the files that differ on disk. */
export function staleFiles(files: readonly GeneratedFile[]): readonly string[] {
  return files.filter(({ path, text }) => readProjectFile(path) !== text).map(({ path }) => path);
}

/** Writes the files that differ, removes those that should not be there. */
export function writeFiles(files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    const target = join(ROOT, path);
    if (text === null) {
      rmSync(target, { force: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function fromRoot(path: string): string {
  return relative(ROOT, path).replaceAll("\\", "/");
}
