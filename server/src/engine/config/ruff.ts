/** Reads Ruff's configuration files and what they extend. */

import { type ConfigFile, isTable, stringsOf, type Table, tableAt } from "../../base/toml.ts";
import type { RuffIgnoresByFile, RuffOptions, RuffSelection } from "./ruff-select.ts";
import type { ConfigProblem, ValueSource } from "./types.ts";

/** A file in which Ruff looks for its configuration, and the keys under which it stands there. */
export interface RuffFile {
  readonly file: ConfigFile;
  readonly table: readonly string[];
}

/** Reads a TOML file, or answers null where there is none. Asked for files that a configuration extends. */
export type ReadConfigFile = (path: string) => Promise<ConfigFile | null>;

/** A configuration as it governs files: its options, and the paths that it leaves out. */
export interface RuffConfiguration {
  readonly options: RuffOptions;
  readonly excludes: readonly RuffExclude[];
  /** Lowest Python that Ruff is told to check for, or null. */
  readonly targetVersion: readonly [number, number] | null;
  /** False where a file of the chain cannot be read: Ruff itself then reports nothing, so we step aside nowhere. */
  readonly usable: boolean;
  readonly problems: readonly ConfigProblem[];
}

export interface RuffExclude {
  readonly glob: string;
  readonly root: string;
  /** True where it also fits folders: `lint.exclude` fits files only. */
  readonly folders: boolean;
  readonly source: ValueSource;
}

/** What one file says; null where it leaves a value to what it extends. */
interface RuffLayer {
  readonly selection: RuffSelection;
  readonly perFile: readonly RuffIgnoresByFile[] | null;
  readonly extendPerFile: readonly RuffIgnoresByFile[];
  readonly exclude: readonly RuffExclude[] | null;
  readonly extendExclude: readonly RuffExclude[];
  readonly lintExclude: readonly RuffExclude[] | null;
  readonly preview: boolean | null;
  readonly explicitPreview: boolean | null;
  readonly targetVersion: readonly [number, number] | null;
}

/** The Ruff configuration in a file, or null: `pyproject.toml` has one only with a `[tool.ruff]` table. */
export function ruffIn(file: ConfigFile): RuffFile | null {
  const name = baseName(file.path);
  if (name !== "pyproject.toml") return { file, table: [] };
  return tableAt(file.data, "tool", "ruff") === undefined ? null : { file, table: ["tool", "ruff"] };
}

/**
 * Resolves a configuration with what it extends.
 *
 * @param boundary files outside this folder are not read: an `extend` that leads there becomes a problem
 */
export async function resolveRuff(
  start: RuffFile,
  read: ReadConfigFile,
  boundary: string | null,
): Promise<RuffConfiguration> {
  const chain: RuffFile[] = [];
  const problems: ConfigProblem[] = [];
  let next: RuffFile | null = start;
  while (next !== null) {
    chain.unshift(next);
    next = await extended(next, chain, read, boundary, problems);
  }
  const unreadable = chain.flatMap(({ file }) => file.problems);
  return { ...combine(chain.map(readLayer), [...problems, ...unreadable]), usable: unreadable.length === 0 };
}

async function extended(
  from: RuffFile,
  chain: readonly RuffFile[],
  read: ReadConfigFile,
  boundary: string | null,
  problems: ConfigProblem[],
): Promise<RuffFile | null> {
  const target = optionsOf(from).extend;
  if (typeof target !== "string") return null;
  const { path } = from.file;
  const line = from.file.lineOf([...from.table, "extend"]);
  const complain = (message: string) => {
    problems.push({ path, line, message });
    return null;
  };
  const absolute = joinPath(folderOf(path), target);
  const outside = boundary !== null && !absolute.startsWith(`${boundary}/`);
  if (target.startsWith("~") || target.includes("$") || outside) {
    return complain(`Ruff's \`extend = "${target}"\` leads out of the workspace and is not read.`);
  }
  if (chain.some(({ file }) => file.path === absolute)) {
    return complain(`Ruff's \`extend = "${target}"\` leads back to itself.`);
  }
  const file = await read(absolute);
  if (file === null) return complain(`Ruff's \`extend = "${target}"\` names a file that does not exist.`);
  return ruffIn(file);
}

function optionsOf({ file, table }: RuffFile): Table {
  return tableAt(file.data, ...table) ?? {};
}

/** The options of one file alone. Below `lint` they win over the same at top level, which is the older form. */
function readLayer(from: RuffFile): RuffLayer {
  const top = optionsOf(from);
  const lint = isTable(top.lint) ? top.lint : {};
  const root = folderOf(from.file.path);
  const source = (key: string): ValueSource => {
    const below = key in lint ? ["lint", key] : [key];
    const line = from.file.lineOf([...from.table, ...below]);
    return { label: `${baseName(from.file.path)}:${line}`, path: from.file.path, line };
  };
  const value = (key: string) => lint[key] ?? top[key];
  const flag = (key: string) => (typeof value(key) === "boolean" ? value(key) === true : null);
  const perFile = (key: string) => ignoresByFile(value(key), root, source(key));
  const globs = (table: Table, key: string) =>
    stringsOf(table[key])?.map((glob) => ({ glob, root, folders: table === top, source: source(key) })) ??
    null;
  const list = (key: string) => stringsOf(value(key)) ?? [];
  const select = stringsOf(value("select")) ?? null;
  const ignore = list("ignore");
  return {
    selection: {
      select,
      extendSelect: list("extend-select"),
      ignore: [...ignore, ...list("extend-ignore")],
      selectSource: source(select === null ? "extend-select" : "select"),
      ignoreSource: source(ignore.length === 0 ? "extend-ignore" : "ignore"),
    },
    perFile: perFile("per-file-ignores"),
    extendPerFile: perFile("extend-per-file-ignores") ?? [],
    exclude: globs(top, "exclude"),
    extendExclude: globs(top, "extend-exclude") ?? [],
    lintExclude: globs(lint, "exclude"),
    preview: flag("preview"),
    explicitPreview: flag("explicit-preview-rules"),
    targetVersion: targetVersion(top["target-version"]),
  };
}

function ignoresByFile(
  table: unknown,
  root: string,
  source: ValueSource,
): readonly RuffIgnoresByFile[] | null {
  if (!isTable(table)) return null;
  return Object.entries(table).map(([glob, codes]) => ({
    glob,
    codes: stringsOf(codes) ?? [],
    root,
    source,
  }));
}

/** A chain of files, the one that was extended first in front: a plain option replaces, an `extend-` one adds. */
function combine(
  layers: readonly RuffLayer[],
  problems: readonly ConfigProblem[],
): Omit<RuffConfiguration, "usable"> {
  const last = <Value>(read: (layer: RuffLayer) => Value | null): Value | null =>
    layers.reduce<Value | null>((found, layer) => read(layer) ?? found, null);
  return {
    options: {
      selections: layers.map((layer) => layer.selection),
      perFile: [...(last((layer) => layer.perFile) ?? []), ...layers.flatMap((layer) => layer.extendPerFile)],
      preview: last((layer) => layer.preview) ?? false,
      explicitPreview: last((layer) => layer.explicitPreview) ?? false,
    },
    excludes: [
      ...(last((layer) => layer.exclude) ?? []),
      ...layers.flatMap((layer) => layer.extendExclude),
      ...(last((layer) => layer.lintExclude) ?? []),
    ],
    targetVersion: last((layer) => layer.targetVersion),
    problems,
  };
}

function targetVersion(value: unknown): readonly [number, number] | null {
  const match = typeof value === "string" ? /^py(\d)(\d+)$/.exec(value) : null;
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/** The folder that holds a path. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A relative path resolved against a folder; an absolute one as it is. */
export function joinPath(folder: string, relative: string): string {
  const absolute = relative.startsWith("/") || /^[A-Za-z]:\//.test(relative);
  const parts: string[] = [];
  for (const part of (absolute ? relative : `${folder}/${relative}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
