/** The configuration of files and their place in the project, kept until something tells that it changed. */

import type { Host } from "../base/host.ts";
import { createModuleNames } from "../base/module-name.ts";
import { isTable, type Table } from "../base/toml.ts";
import { createConfigResolver } from "../engine/config/resolve.ts";
import type { FileConfig } from "../engine/config/types.ts";
import type { FileIdentity } from "../engine/project/file.ts";
import type { AnyRule } from "../engine/rule.ts";
import { DEFAULT_SETTINGS, SETTING_KEYS } from "../protocol/settings.ts";
import type { EditorSettings } from "./editorSettings.ts";
import type { Folder, Folders } from "./folders.ts";
import { baseNameOf, relativeTo } from "./paths.ts";

/** What says where a file stands: an open file, or one on disk. */
export interface Located {
  readonly path: string;
  readonly notebook: boolean;
}

export interface ScanBounds {
  /** Globs over paths relative to the folder. */
  readonly exclude: readonly string[];
  readonly maxFiles: number;
  readonly maxFileSizeKB: number;
}

export interface Configuration {
  /** The same object as long as nothing changed. Never rejects. */
  of(path: string): Promise<FileConfig>;
  /** What the engine wants to know of a file besides its text. */
  sourceOf(file: Located): Promise<FileIdentity>;
  /** How the scan of a folder is bounded. */
  scanBounds(folder: Folder): Promise<ScanBounds>;
  /** Everything is read anew when it is next asked for. */
  invalidate(): void;
}

/** Files that are remembered: many more than people have open, far fewer than a scan visits. */
const MAX_REMEMBERED = 200;

export interface ConfigurationOptions {
  readonly host: Host;
  readonly rules: readonly AnyRule[];
  readonly folders: Folders;
  readonly settings: EditorSettings;
}

export function createConfiguration({ host, rules, folders, settings }: ConfigurationOptions): Configuration {
  const resolver = createConfigResolver({ readFile: host.readFile, rules });
  let configs = new Map<string, Promise<FileConfig>>();
  let modules = createModuleNames(host.readFile);

  const resolve = async (path: string): Promise<FileConfig> => {
    const at = standIn(path, folders);
    const folder = folders.of(at);
    const { values } = await settings.of(folder?.uri ?? null);
    const editor = [{ label: "editor settings", values: withoutDefaults(values) }];
    return resolver.resolve({ path: at, root: folder?.path ?? null, editor });
  };

  const of = (path: string): Promise<FileConfig> => {
    let config = configs.get(path);
    if (config === undefined) {
      config = resolve(path);
      configs.set(path, config);
      const [oldest] = configs.keys();
      if (configs.size > MAX_REMEMBERED && oldest !== undefined) configs.delete(oldest);
    }
    return config;
  };

  const sourceOf = async ({ path, notebook }: Located): Promise<FileIdentity> => {
    const root = folders.of(path)?.path ?? null;
    const relativePath = root === null ? baseNameOf(path) : relativeTo(root, path);
    return { path, relativePath, notebook, ...(await modules.of(path, root)) };
  };

  return {
    of,
    sourceOf,
    async scanBounds(folder) {
      const [{ settings: own }, { filesExclude }] = await Promise.all([
        of(`${folder.path}/__init__.py`),
        settings.of(folder.uri),
      ]);
      const { exclude, maxFiles, maxFileSizeKB } = own;
      return { exclude: [...filesExclude, ...exclude], maxFiles, maxFileSizeKB };
    },
    invalidate() {
      resolver.invalidate();
      configs = new Map();
      modules = createModuleNames(host.readFile);
    },
  };
}

/** A document that was never saved is judged as if it were saved into the first folder. */
function standIn(path: string, folders: Folders): string {
  const [first] = folders.all();
  if (!path.startsWith("untitled:") || first === undefined) return path;
  return `${first.path}/${baseNameOf(path.slice("untitled:".length))}.py`;
}

/**
 * Editors send every setting, most of them at their default: those are nobody's decision, and must not be shown
 * as one.
 */
function withoutDefaults(values: unknown, above = ""): Table {
  if (!isTable(values)) return {};
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const full = above === "" ? name : `${above}.${name}`;
      const key = SETTING_KEYS.find((known) => known === full);
      if (key !== undefined) return isDefault(value, DEFAULT_SETTINGS[key]) ? [] : [[name, value]];
      return isTable(value) ? [[name, withoutDefaults(value, full)]] : [[name, value]];
    }),
  );
}

function isDefault(value: unknown, standard: unknown): boolean {
  return value === null || JSON.stringify(value) === JSON.stringify(standard);
}
