/** The files of one project: those that were read, and those that are open, which shadow what was read. */

import type { PythonParser } from "../../syntax/parser.ts";
import { type ClosedFile, createClosedFile, type FileIdentity, type ProjectFile } from "./file.ts";

export interface ProjectFiles {
  /** The folder that relative paths start from. */
  readonly root: string;
  /** True once all files were read; until then an absence proves nothing. */
  readonly complete: boolean;
  setComplete(complete: boolean): void;
  /** Adds a file, or replaces its text. Costs nothing until somebody asks about the file. */
  put(identity: FileIdentity, text: string): void;
  remove(path: string): void;

  /** The current version of a file. */
  get(path: string): ProjectFile | undefined;
  paths(): Iterable<string>;
  /** A file was opened, or is in another version: `current` yields it from now on. */
  shadow(path: string, current: () => ProjectFile): void;
  /** The file is shown as it was read again. Does nothing where another document shadows it meanwhile. */
  unshadow(path: string, current: () => ProjectFile): void;
  /** Counts every change. */
  readonly revision: number;
  /** Paths that changed since a revision, perhaps more than once; null where that is too long ago. */
  changesSince(revision: number): readonly string[] | null;
}

export interface ProjectFilesOptions {
  readonly root: string;
  readonly parser: PythonParser;
  /** UTF-16 units of closed files whose trees are kept: they take about thirty times that in memory. */
  readonly keptText?: number;
}

/** Trees of closed files take some hundred megabytes at most. */
const KEPT_TEXT = 4_000_000;
/** Changes that are remembered, path by path. */
const MAX_LOG = 5000;

export function createProjectFiles({
  root,
  parser,
  keptText = KEPT_TEXT,
}: ProjectFilesOptions): ProjectFiles {
  const closed = new Map<string, ClosedFile>();
  const shadows = new Map<string, () => ProjectFile>();
  const kept = createKept(keptText);
  let complete = false;
  /** The last changes; `revision` counts all that ever were. */
  let log: string[] = [];
  let revision = 0;
  const changed = (path: string) => {
    revision++;
    log.push(path);
    if (log.length > 2 * MAX_LOG) log = log.slice(-MAX_LOG);
  };
  const dropClosed = (path: string) => {
    const file = closed.get(path);
    if (file !== undefined) kept.drop(file);
    closed.delete(path);
  };
  return {
    root,
    get complete() {
      return complete;
    },
    setComplete(value) {
      complete = value;
    },
    put(identity, text) {
      const before = closed.get(identity.path);
      if (before?.text === text && sameIdentity(before.identity, identity)) return;
      dropClosed(identity.path);
      closed.set(identity.path, createClosedFile(identity, text, parser, kept.add));
      if (!shadows.has(identity.path)) changed(identity.path);
    },
    remove(path) {
      if (!closed.has(path)) return;
      dropClosed(path);
      if (!shadows.has(path)) changed(path);
    },
    get: (path) => shadows.get(path)?.() ?? closed.get(path),
    *paths() {
      yield* shadows.keys();
      for (const path of closed.keys()) if (!shadows.has(path)) yield path;
    },
    shadow(path, current) {
      shadows.set(path, current);
      changed(path);
    },
    unshadow(path, current) {
      if (shadows.get(path) !== current) return;
      shadows.delete(path);
      changed(path);
    },
    get revision() {
      return revision;
    },
    changesSince(since) {
      const count = revision - since;
      if (count > log.length) return null;
      return count === 0 ? [] : log.slice(-count);
    },
  };
}

function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.moduleName === b.moduleName &&
    a.relativePath === b.relativePath &&
    a.isPackage === b.isPackage &&
    a.notebook === b.notebook
  );
}

/** The closed files that keep their trees, those that were parsed last. */
function createKept(limit: number) {
  const files = new Set<ClosedFile>();
  let size = 0;
  const drop = (file: ClosedFile) => {
    if (files.delete(file)) size -= file.text.length;
    file.forget();
  };
  return {
    add(file: ClosedFile) {
      files.add(file);
      size += file.text.length;
      for (const oldest of files) {
        if (size <= limit || oldest === file) break;
        drop(oldest);
      }
    },
    drop,
  };
}
