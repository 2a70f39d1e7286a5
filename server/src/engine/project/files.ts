/** The files of one project: those that were read, and those that are open, which shadow what was read. */

import type { PythonParser } from "../../syntax/parser.ts";
import { type ClosedFile, createClosedFile, type FileIdentity, type ProjectFile } from "./file.ts";
import type { Linker } from "./links.ts";

export interface ProjectFiles {
  /** The folder that relative paths start from. */
  readonly root: string;
  /** True once all files were read; until then an absence proves nothing. */
  readonly complete: boolean;
  /** True where files are read once and never change. */
  readonly fixed: boolean;
  setComplete(complete: boolean): void;
  /** Adds a file, or replaces its text. Costs nothing until somebody asks about the file. */
  put(identity: FileIdentity, text: string): void;
  remove(path: string): void;

  /** The current version of a file: the open one, else the one that was read. */
  get(path: string): ProjectFile | undefined;
  /** The file is not worked on any more: its tree is the first to go when there are too many. */
  release(path: string): void;
  paths(): Iterable<string>;
  /** True where somebody holds the file open. */
  isOpen(path: string): boolean;
  /**
   * A file was opened, or is in another version: `current` yields it from now on. Once all files were read, one
   * that is not among them is shown to nobody: what is ignored on disk is ignored when it is open.
   */
  shadow(path: string, current: () => ProjectFile): void;
  /** The file is shown as others hold it open, or as it was read. */
  unshadow(path: string, current: () => ProjectFile): void;
  /** Shows this text of an open file that nobody works on at the moment, until the result is called. */
  hold(identity: FileIdentity, text: string): () => void;
  /** Counts every change. */
  readonly revision: number;
  /** Paths that changed since a revision, perhaps more than once; null where that is too long ago. */
  changesSince(revision: number): readonly string[] | null;
}

export interface ProjectFilesOptions {
  readonly root: string;
  readonly parser: PythonParser;
  /** How the models of files ask each other; called when the first is made. */
  readonly linker: () => Linker;
  /** True where files are read once and never change: nothing is prepared for telling versions apart. */
  readonly fixed?: boolean;
  /** UTF-16 units of closed files whose trees are kept: they take about thirty times that in memory. */
  readonly keptText?: number;
}

/** Trees of closed files take some hundred megabytes at most. */
const KEPT_TEXT = 6_000_000;
/** Changes that are remembered, path by path. */
const MAX_LOG = 5000;

export function createProjectFiles(options: ProjectFilesOptions): ProjectFiles {
  const closed = new Map<string, ClosedFile>();
  /** Open versions by path; where several people hold a file open, the one that came last counts. */
  const shadows = new Map<string, readonly (() => ProjectFile)[]>();
  const { fixed = false } = options;
  const kept = createKeptTrees(options.keptText ?? KEPT_TEXT);
  const fileOptions = { parser: options.parser, linker: options.linker, fixed, used: kept.use };
  const log = createChangeLog();
  let complete = false;
  const isMember = (path: string) => !complete || closed.has(path);
  const dropClosed = (path: string) => {
    const file = closed.get(path);
    if (file !== undefined) kept.drop(file);
    closed.delete(path);
  };
  const shadow = (path: string, current: () => ProjectFile) => {
    const others = shadows.get(path) ?? [];
    if (!others.includes(current)) shadows.set(path, [...others, current]);
    log.add(path);
  };
  const unshadow = (path: string, current: () => ProjectFile) => {
    const others = shadows.get(path)?.filter((one) => one !== current) ?? [];
    if (others.length > 0) shadows.set(path, others);
    else shadows.delete(path);
    log.add(path);
  };
  return {
    root: options.root,
    fixed,
    get complete() {
      return complete;
    },
    setComplete(value) {
      if (complete === value) return;
      complete = value;
      // It changes what an absence means, and whether open files that were not read count.
      log.add(options.root);
      for (const path of shadows.keys()) if (!closed.has(path)) log.add(path);
    },
    put(identity, text) {
      const before = closed.get(identity.path);
      if (before?.text === text && sameIdentity(before.identity, identity)) return;
      dropClosed(identity.path);
      closed.set(identity.path, createClosedFile(identity, text, fileOptions));
      log.add(identity.path);
    },
    remove(path) {
      if (!closed.has(path)) return;
      dropClosed(path);
      log.add(path);
    },
    get: (path) => (isMember(path) ? (shadows.get(path)?.at(-1)?.() ?? closed.get(path)) : undefined),
    isOpen: (path) => shadows.has(path),
    release(path) {
      const file = closed.get(path);
      if (file !== undefined) kept.release(file);
    },
    *paths() {
      yield* closed.keys();
      if (!complete) for (const path of shadows.keys()) if (!closed.has(path)) yield path;
    },
    shadow,
    unshadow,
    hold(identity, text) {
      const file = createClosedFile(identity, text, fileOptions);
      const current = () => file;
      shadow(identity.path, current);
      return () => {
        kept.drop(file);
        unshadow(identity.path, current);
      };
    },
    get revision() {
      return log.count();
    },
    changesSince: log.since,
  };
}

/** Remembers which files changed lately. */
function createChangeLog() {
  let last: string[] = [];
  let count = 0;
  return {
    count: () => count,
    add(path: string) {
      count++;
      last.push(path);
      if (last.length > 2 * MAX_LOG) last = last.slice(-MAX_LOG);
    },
    since(revision: number): readonly string[] | null {
      const fresh = count - revision;
      if (fresh > last.length) return null;
      return fresh === 0 ? [] : last.slice(-fresh);
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

/** The closed files that keep their trees: those that were used last, and before these what was released. */
function createKeptTrees(limit: number) {
  const files = new Set<ClosedFile>();
  const released = new Set<ClosedFile>();
  let size = 0;
  const drop = (file: ClosedFile) => {
    if (files.delete(file)) size -= file.text.length;
    released.delete(file);
    file.forget();
  };
  const shrink = (user: ClosedFile) => {
    for (const file of [...released, ...files]) {
      if (size <= limit) return;
      if (file !== user) drop(file);
    }
  };
  return {
    use(file: ClosedFile) {
      if (!files.delete(file)) size += file.text.length;
      files.add(file);
      released.delete(file);
      if (size > limit) shrink(file);
    },
    release(file: ClosedFile) {
      if (files.has(file)) released.add(file);
    },
    drop,
  };
}
