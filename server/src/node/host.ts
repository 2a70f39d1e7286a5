/** The Host on Node: the file system, the clock and the product's own wasm files. */

import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileEntry, Host, ListOptions, LogLevel } from "../base/host.ts";
import { walk } from "./walk.ts";

export interface NodeHostOptions {
  /** The folder of the running script: wasm files are looked for in it, then in `node_modules` above it. */
  readonly scriptFolder: string;
  readonly log: (level: LogLevel, message: string) => void;
}

export function createNodeHost({ scriptFolder, log }: NodeHostOptions): Host {
  return {
    readFile: readRegularFile,
    listFiles: (folder: string, globs: readonly string[], options?: ListOptions): AsyncIterable<FileEntry> =>
      walk(folder, globs, options?.exclude ?? [], log),
    loadWasm: (name) => loadWasm(name, scriptFolder),
    log,
    now: () => performance.now(),
  };
}

/** Only regular files are read: a pipe or a device would block for ever. */
async function readRegularFile(path: string): Promise<Uint8Array | null> {
  try {
    if (!(await stat(path)).isFile()) return null;
    return await readFile(path);
  } catch {
    return null;
  }
}

/** Where the wasm files lie when the product runs from its sources. */
const PACKAGES = ["node_modules/web-tree-sitter", "node_modules/@vscode/tree-sitter-wasm/wasm"];

async function loadWasm(name: string, scriptFolder: string): Promise<Uint8Array> {
  for (const folder of wasmFolders(scriptFolder)) {
    const bytes = await readRegularFile(join(folder, name));
    if (bytes !== null) return bytes;
  }
  throw new Error(`${name} is missing beside ${scriptFolder}: the installation is incomplete.`);
}

function* wasmFolders(scriptFolder: string): Iterable<string> {
  yield scriptFolder;
  for (let folder = scriptFolder; ; folder = dirname(folder)) {
    for (const inPackage of PACKAGES) yield join(folder, inPackage);
    if (folder === dirname(folder)) return;
  }
}
