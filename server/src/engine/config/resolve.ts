/** Finds the configuration that governs a file: project files from its folder upwards, then the editor's settings. */

import { SKIPPED_FOLDERS } from "../../base/folders.ts";
import type { Host } from "../../base/host.ts";
import { type ConfigFile, readToml, type Table, tableAt } from "../../base/toml.ts";
import {
  DEFAULT_SETTINGS,
  type DeferMode,
  type SettingKey,
  type SettingValues,
} from "../../protocol/settings.ts";
import { SECTIONS } from "../rule.ts";
import { createBandit } from "./bandit.ts";
import { compileGlob } from "./glob.ts";
import { readJson } from "./json.ts";
import { pythonVersionOf } from "./python-version.ts";
import { type KnownRules, type ReadSettings, readSettings } from "./read.ts";
import { baseName, folderOf, type RuffConfiguration, resolveRuff, ruffIn } from "./ruff.ts";
import { createRuff, excludesPath, RUFF_DEFAULTS } from "./ruff-select.ts";
import {
  type ConfigProblem,
  DEFAULT_CONFIG,
  type FileConfig,
  type OtherTool,
  type ValueSource,
} from "./types.ts";

/** Settings from outside the project's files: an editor's, or a command line's. */
export interface SettingsLayer {
  /** `user settings`, `command line`: shown as the source of a value. */
  readonly label: string;
  /** Keys as in settings.json, without `stackCoach.`; nested tables are understood. */
  readonly values: Table;
}

export interface ConfigRequest {
  /** Absolute path of the file, with `/`. */
  readonly path: string;
  /**
   * The workspace folder or project root; project files above it do not count. Null: every folder up to the
   * file system's root is looked into.
   */
  readonly root: string | null;
  /** Stronger than project files, strongest first: the command line. */
  readonly overriding?: readonly SettingsLayer[];
  /** Weaker than project files, strongest first: folder, workspace, user. */
  readonly editor?: readonly SettingsLayer[];
}

export interface ConfigResolver {
  /** The configuration of a file. Never throws: what is wrong is among its problems. */
  resolve(request: ConfigRequest): Promise<FileConfig>;
  /** Forgets what was read: a project file changed, came or went. */
  invalidate(): void;
}

/** Base names of all files that configuration is read from, for watchers. */
export const CONFIG_FILE_NAMES = ["pyproject.toml", "ruff.toml", ".ruff.toml", "stack-coach.json"] as const;
const TEAM_FILE = ".vscode/stack-coach.json";
const RUFF_FILES = [".ruff.toml", "ruff.toml", "pyproject.toml"] as const;

export interface ResolverOptions {
  readonly readFile: Host["readFile"];
  readonly rules: readonly { readonly id: string; readonly section: string }[];
}

/** Creates a resolver. It keeps what it read until `invalidate`. */
export function createConfigResolver({ readFile, rules }: ResolverOptions): ConfigResolver {
  const known: KnownRules = { ids: new Set(rules.map((rule) => rule.id)), sections: new Set(SECTIONS) };
  let files = createFileCache(readFile);
  let ruffs = new Map<string, Promise<RuffConfiguration>>();
  return {
    async resolve(request) {
      const project = await readProject(request, files, known);
      const ruff = await governingRuff(request, files, ruffs);
      return assemble(request, project, ruff, known);
    },
    invalidate() {
      files = createFileCache(readFile);
      ruffs = new Map();
    },
  };
}

type ReadConfig = (path: string) => Promise<ConfigFile | null>;

function createFileCache(readFile: Host["readFile"]): ReadConfig {
  const cache = new Map<string, Promise<ConfigFile | null>>();
  const load: ReadConfig = async (path) => {
    const bytes = await readFile(path);
    if (bytes === null) return null;
    const text = new TextDecoder().decode(bytes);
    return path.endsWith(".json") ? readJson(path, text) : readToml(path, text);
  };
  return (path) => {
    let file = cache.get(path);
    if (file === undefined) {
      file = load(path);
      cache.set(path, file);
    }
    return file;
  };
}

/** The project files that speak about a file. */
interface Project {
  /** The nearest pyproject.toml with a table of ours, the team file: strongest first. */
  readonly layers: readonly ReadSettings[];
  /** The nearest pyproject.toml at all: the manifest of the file's project. */
  readonly manifest: ConfigFile | null;
  readonly problems: readonly ConfigProblem[];
}

async function readProject(request: ConfigRequest, read: ReadConfig, known: KnownRules): Promise<Project> {
  const manifests: ConfigFile[] = [];
  let ours: ConfigFile | null = null;
  let team: ConfigFile | null = null;
  for (const folder of foldersUpwards(request)) {
    const manifest = await read(`${folder}/pyproject.toml`);
    if (manifest !== null) manifests.push(manifest);
    if (manifest !== null && tableAt(manifest.data, "tool", "stack-coach") !== undefined) ours ??= manifest;
    team ??= await read(`${folder}/${TEAM_FILE}`);
  }
  const layers: ReadSettings[] = [];
  if (ours !== null) layers.push(readProjectTable(ours, ["tool", "stack-coach"], "kebab", known));
  if (team !== null) layers.push(readProjectTable(team, [], "camel", known));
  const broken = [...manifests, ...(team === null ? [] : [team])].flatMap((file) => file.problems);
  return {
    layers,
    manifest: manifests[0] ?? null,
    problems: [...broken, ...layers.flatMap((layer) => layer.problems)],
  };
}

/** What the team file keeps beside settings: marks of the checklist. */
const MARKS: ReadonlySet<string> = new Set(["version", "manual", "overrides"]);

function readProjectTable(
  file: ConfigFile,
  table: readonly string[],
  spelling: "kebab" | "camel",
  known: KnownRules,
): ReadSettings {
  const all = tableAt(file.data, ...table) ?? {};
  const values = Object.fromEntries(
    Object.entries(all).filter(([key]) => spelling === "kebab" || !MARKS.has(key)),
  );
  const source = (keys: readonly string[]): ValueSource => {
    const line = file.lineOf([...table, ...keys]);
    return { label: `${baseName(file.path)}:${line}`, path: file.path, line };
  };
  return readSettings({ values, spelling, project: true, source }, known);
}

/** Ruff's own search: the nearest folder that has a configuration, and in it the first of three file names. */
async function governingRuff(
  request: ConfigRequest,
  read: ReadConfig,
  cache: Map<string, Promise<RuffConfiguration>>,
): Promise<RuffConfiguration | null> {
  for (const folder of foldersUpwards(request)) {
    for (const name of RUFF_FILES) {
      const file = await read(`${folder}/${name}`);
      const found = file === null ? null : ruffIn(file);
      if (found === null) continue;
      const key = `${found.file.path} ${request.root ?? ""}`;
      let configuration = cache.get(key);
      if (configuration === undefined) {
        configuration = resolveRuff(found, read, request.root);
        cache.set(key, configuration);
      }
      return configuration;
    }
  }
  return null;
}

function foldersUpwards({ path, root }: ConfigRequest): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === root || folder === "" || (root !== null && !folder.startsWith(`${root}/`))) return folders;
  }
}

function assemble(
  request: ConfigRequest,
  project: Project,
  ruff: RuffConfiguration | null,
  known: KnownRules,
): FileConfig {
  const outside = (layers: readonly SettingsLayer[] = []) =>
    layers.map(({ label, values }) =>
      readSettings({ values, spelling: "camel", project: false, source: () => ({ label }) }, known),
    );
  const layers = [...outside(request.overriding), ...project.layers, ...outside(request.editor)];
  const { settings, sources } = mergeSettings(layers);
  const mode = settings.deferToOtherTools;
  const deferred = mode === "never" ? null : ruff;
  const { path, root } = request;
  const top = root ?? folderOf(path);
  return {
    settings,
    sources,
    overrides: layers.flatMap((layer) => layer.overrides),
    ruff: ruffOf(deferred, mode, path),
    bandit: mode === "never" || project.manifest === null ? null : createBandit(project.manifest, top, path),
    excluded:
      vendored(request) ?? exclusion(settings, sources.exclude, request) ?? ruffExclusion(deferred, path),
    pythonVersion:
      (project.manifest && pythonVersionOf(project.manifest.data)) ?? ruff?.targetVersion ?? null,
    problems: [...project.problems, ...(deferred?.problems ?? [])],
  };
}

function ruffOf(ruff: RuffConfiguration | null, mode: DeferMode, path: string): OtherTool | null {
  if (ruff !== null) return ruff.usable ? createRuff(ruff.options, path) : null;
  return mode === "always" ? createRuff(RUFF_DEFAULTS, path) : null;
}

function mergeSettings(layers: readonly ReadSettings[]): Pick<FileConfig, "settings" | "sources"> {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  const sources: Record<string, ValueSource> = { ...DEFAULT_CONFIG.sources };
  for (const layer of layers.toReversed()) {
    for (const [key, { value, source }] of layer.values) {
      settings[key] = value;
      sources[key] = source;
    }
  }
  return {
    settings: settings as unknown as SettingValues,
    sources: sources as Record<SettingKey, ValueSource>,
  };
}

function exclusion(settings: SettingValues, source: ValueSource, request: ConfigRequest): ValueSource | null {
  const root = request.root ?? folderOf(request.path);
  const relative = request.path.slice(root.length + 1);
  const hit = settings.exclude.some((glob) => {
    const fits = compileGlob(glob.replace(/\/$/, ""));
    return fits(relative) || ancestors(relative).some(fits) || fits(baseName(relative));
  });
  return hit ? source : null;
}

/** A file in a folder of installed or made things: nobody's own source. */
function vendored({ path, root }: ConfigRequest): ValueSource | null {
  const folders = folderOf(root === null ? path : path.slice(root.length)).split("/");
  const folder = folders.find((name) => SKIPPED_FOLDERS.has(name) || name === "dist-packages");
  return folder === undefined ? null : { label: `the folder ${folder}` };
}

function ancestors(relative: string): readonly string[] {
  const parts = relative.split("/");
  return parts.slice(0, -1).flatMap((part, index) => [part, parts.slice(0, index + 1).join("/")]);
}

function ruffExclusion(ruff: RuffConfiguration | null, path: string): ValueSource | null {
  return ruff?.excludes.find((one) => excludesPath(one.glob, one.root, path, one.folders))?.source ?? null;
}
