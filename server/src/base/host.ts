/** The one door to the outside: what the layers below `lsp` and `cli` may ask of the machine they run on. */

/** A file or folder as `listFiles` yields it; `path` is absolute, with `/` on every platform. */
export interface FileEntry {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface ListOptions {
  /** Globs over paths relative to the folder, as in VS Code's `files.exclude`; a folder that matches is not entered. */
  readonly exclude?: readonly string[];
}

export type LogLevel = "error" | "warning" | "info" | "debug";

export interface Host {
  /** The bytes of a file, or null where there is no such readable file. Never throws. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** Files below a folder whose base name matches one of the globs; ignored folders left out. */
  listFiles(folder: string, globs: readonly string[], options?: ListOptions): AsyncIterable<FileEntry>;
  /** The bytes of a wasm file that ships with the product, by its base name. */
  loadWasm(name: string): Promise<Uint8Array>;
  log(level: LogLevel, message: string): void;
  /** Milliseconds from an arbitrary origin, monotonic. */
  now(): number;
}
