/** Keeps what is known of a folder's files, and reads again only what changed. */

import { decodePython } from "../../base/decode.ts";
import type { Host } from "../../base/host.ts";
import { notebookModule, readNotebook } from "../../base/notebook.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import { webApplication } from "../../frameworks/web/web-application.ts";
import { collectCode } from "../../stack/code/collect.ts";
import type { CodeFacts } from "../../stack/code/facts.ts";
import type { StackFile } from "../../stack/files.ts";
import type { FindingFact, StackInput } from "../../stack/stack.ts";
import { isReadable, maxBytesOf, readTextFile, type TextFacts } from "../../stack/text-facts.ts";
import type { Engine, SourceFile } from "../analyze.ts";
import type { FileConfig } from "../config/types.ts";
import type { Project } from "../project/project.ts";

export interface FolderOptions {
  /** Absolute path with `/`, or the URI of a virtual folder. */
  readonly path: string;
  readonly host: Pick<Host, "readFile" | "listFiles" | "log" | "now">;
  readonly engine: Engine;
  /** Globs that are left out, relative to the folder. */
  readonly exclude: () => Promise<readonly string[]>;
  readonly configOf: (path: string) => Promise<FileConfig>;
  readonly sourceOf: (path: string, notebook: boolean) => Promise<Omit<SourceFile, "text">>;
  /** Lets other work have its turn. */
  readonly pause: () => Promise<void>;
}

export interface Progress {
  readonly cancelled: () => boolean;
  readonly report: (done: number, all: number) => void;
}

export interface FolderFacts {
  /** Reads the list of files, and those without code that changed: fast. */
  readTexts(): Promise<void>;
  /** Reads the code that changed; true where all of it has been read. */
  readCode(progress: Progress): Promise<boolean>;
  /** A file came, went or changed. */
  touch(path: string): void;
  /** Everything is read anew: configuration, or what is left out, changed. */
  touchAll(): void;
  readonly files: readonly StackFile[];
  readonly texts: readonly TextFacts[];
  readonly code: readonly CodeFacts[];
  readonly findings: readonly FindingFact[];
  readonly web: StackInput["web"];
  readonly orm: StackInput["orm"];
  readonly path: string;
  readonly unread: StackInput["unread"];
  readonly complete: boolean;
  readonly git: StackInput["git"];
  /** Counts every change of what is known. */
  readonly revision: number;
}

interface CodeFile {
  readonly code: CodeFacts | null;
  readonly findings: readonly FindingFact[];
  readonly problem: string | null;
}

/** Time between two pauses. */
const SLICE_MS = 12;
const READ_AT_ONCE = 16;

export function createFolderFacts(options: FolderOptions): FolderFacts {
  const { path: folder, host, engine } = options;
  const project = engine.createProject(folder);
  let files = new Map<string, StackFile>();
  const texts = new Map<string, { readonly content: string; readonly facts: TextFacts }>();
  const code = new Map<string, CodeFile>();
  const problems = new Map<string, string>();
  let listed = false;
  let git: StackInput["git"] = null;
  let revision = 0;
  const stale = new Set<string>();

  const list = async (): Promise<void> => {
    const found = new Map<string, StackFile>();
    for await (const entry of host.listFiles(folder, ["*", ".*"], {
      exclude: await options.exclude(),
    })) {
      const path = relativeTo(folder, entry.path);
      found.set(path, { path, size: entry.size });
      if (files.get(path)?.size !== entry.size) stale.add(path);
    }
    for (const path of files.keys()) if (!found.has(path)) stale.add(path);
    files = found;
    listed = true;
    git = await gitState(folder, host);
  };

  const forget = (path: string) => {
    texts.delete(path);
    code.delete(path);
    problems.delete(path);
    project.files.remove(absolute(folder, path));
  };

  const readText = async ({ path, size }: StackFile): Promise<void> => {
    if (size > maxBytesOf(path)) {
      problems.set(path, tooLarge(size, maxBytesOf(path)));
      return;
    }
    const bytes = await host.readFile(absolute(folder, path));
    if (bytes === null) {
      problems.set(path, "The file cannot be read.");
      return;
    }
    const content = new TextDecoder().decode(bytes);
    if (texts.get(path)?.content === content) return;
    const facts = readTextFile(path, content);
    texts.set(path, { content, facts });
    if (facts.problem === null) problems.delete(path);
    else problems.set(path, facts.problem.message);
    revision++;
  };

  return {
    async readTexts() {
      if (!listed) await list();
      const wanted = [...stale].filter((path) => !isCode(path));
      for (const path of wanted) {
        stale.delete(path);
        if (!files.has(path)) {
          forget(path);
          revision++;
        }
      }
      const present = wanted.flatMap((path) => files.get(path) ?? []).filter(({ path }) => isReadable(path));
      for (let at = 0; at < present.length; at += READ_AT_ONCE) {
        await Promise.all(present.slice(at, at + READ_AT_ONCE).map(readText));
      }
    },
    async readCode(progress) {
      const wanted = [...stale].filter(isCode);
      if (wanted.length === 0) return true;
      const sources = await loadSources(wanted, {
        options,
        files,
        forget,
        problems,
        project,
        progress,
      });
      let slice = host.now();
      for (const [index, source] of sources.entries()) {
        if (progress.cancelled()) return false;
        stale.delete(source.path);
        code.set(source.path, examine(source, options, project));
        revision++;
        if (host.now() - slice < SLICE_MS) continue;
        progress.report(index + 1, sources.length);
        await options.pause();
        slice = host.now();
      }
      for (const path of wanted) if (!code.has(path)) stale.delete(path);
      project.files.setComplete(true);
      revision++;
      return true;
    },
    touch(path) {
      const own = relativeTo(folder, path);
      if (own === path) return;
      stale.add(own);
      if (!files.has(own) || isIgnoreFile(own)) listed = false;
    },
    touchAll() {
      listed = false;
      for (const path of files.keys()) if (isCode(path)) stale.add(path);
    },
    get files() {
      return [...files.values()];
    },
    get texts() {
      return [...texts.values()].map(({ facts }) => facts);
    },
    get code() {
      return [...code.values()].flatMap((file) => file.code ?? []);
    },
    get findings() {
      return [...code.values()].flatMap((file) => file.findings);
    },
    path: folder,
    get web() {
      return project.files.complete ? project.facts.value(webApplication) : null;
    },
    get orm() {
      return project.files.complete ? project.facts.value(ORM_SCHEMA) : null;
    },
    get unread() {
      return [...problems].map(([path, reason]) => ({
        path,
        reason,
        line: texts.get(path)?.facts.problem?.line ?? 1,
      }));
    },
    get complete() {
      return listed && ![...stale].some(isCode);
    },
    get git() {
      return git;
    },
    get revision() {
      return revision;
    },
  };
}

interface Source {
  readonly path: string;
  readonly source: SourceFile;
  readonly config: FileConfig;
}

interface Loading {
  readonly options: FolderOptions;
  readonly files: ReadonlyMap<string, StackFile>;
  readonly forget: (path: string) => void;
  readonly problems: Map<string, string>;
  readonly project: Project;
  readonly progress: Progress;
}

/** Reads the code first, so that each file is judged with all others at hand. */
async function loadSources(wanted: readonly string[], loading: Loading): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (let at = 0; at < wanted.length && !loading.progress.cancelled(); at += READ_AT_ONCE) {
    const loaded = await Promise.all(
      wanted.slice(at, at + READ_AT_ONCE).map((path) => loadSource(path, loading)),
    );
    sources.push(...loaded.flat());
  }
  return sources;
}

async function loadSource(
  path: string,
  { options, files, forget, problems, project }: Loading,
): Promise<readonly Source[]> {
  const file = files.get(path);
  if (file === undefined) {
    forget(path);
    return [];
  }
  const full = absolute(options.path, path);
  const config = await options.configOf(full);
  if (config.excluded !== null || !config.settings.enable) {
    forget(path);
    return [];
  }
  const text = await readSource(full, file.size, config.settings.maxFileSizeKB * 1024, options.host);
  if ("problem" in text) {
    forget(path);
    problems.set(path, text.problem);
    return [];
  }
  problems.delete(path);
  const identity = await options.sourceOf(full, path.endsWith(".ipynb"));
  const { relativePath = path, moduleName = "", isPackage = false, notebook = false } = identity;
  project.files.put({ path: full, relativePath, moduleName, isPackage, notebook }, text.text);
  return [{ path, source: { ...identity, text: text.text }, config }];
}

async function readSource(
  path: string,
  size: number,
  limit: number,
  host: FolderOptions["host"],
): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (size > limit) return { problem: tooLarge(size, limit) };
  const bytes = await host.readFile(path);
  if (bytes === null) return { problem: "The file cannot be read." };
  const decoded = decodePython(bytes);
  if ("problem" in decoded || !path.endsWith(".ipynb")) return decoded;
  const notebook = readNotebook(decoded.text);
  return "problem" in notebook ? notebook : { text: notebookModule(notebook.sources).text };
}

function examine(
  { path, source, config }: Source,
  { engine, host }: FolderOptions,
  project: Project,
): CodeFile {
  try {
    const file = project.files.get(source.path);
    if (file === undefined) return { code: null, findings: [], problem: null };
    const place = {
      path,
      isPackage: source.isPackage === true,
      classes: file.classes(),
    };
    const facts = collectCode(file.model(), place);
    const lineOf = lineCounter(source.text);
    const findings = engine.analyze(source, config, project).map(
      ({ ruleId, severity, confidence, message, span }): FindingFact => ({
        ...{ ruleId, severity, confidence, message, path },
        line: lineOf(span.start),
      }),
    );
    return { code: facts, findings, problem: null };
  } catch (fault) {
    const reason = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    host.log("error", `${path} is left out of the checklist: ${reason}`);
    return { code: null, findings: [], problem: reason };
  }
}

/** Lines for offsets that come in ascending order, or begin again. */
function lineCounter(text: string): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
    }
    for (let next = text.indexOf("\n", at); next !== -1 && next < offset; next = text.indexOf("\n", at)) {
      line++;
      at = next + 1;
    }
    return line;
  };
}

/** Read off the folder `.git`, in this folder or in one above it; null where that cannot be seen. */
async function gitState(folder: string, host: FolderOptions["host"]): Promise<StackInput["git"]> {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(folder)) return null;
  for (let at = folder; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("/"), 0))) {
    const head = await host.readFile(`${at}/.git/HEAD`);
    if (head !== null) return { repository: true, commits: await hasCommits(at, head, host) };
    // A work tree or a submodule: `.git` is a file that says where the rest lies.
    if ((await host.readFile(`${at}/.git`)) !== null) return { repository: true, commits: true };
  }
  return { repository: false, commits: false };
}

async function hasCommits(folder: string, head: Uint8Array, host: FolderOptions["host"]): Promise<boolean> {
  const text = new TextDecoder().decode(head).trim();
  const ref = /^ref:\s*(\S+)/.exec(text)?.[1];
  if (ref === undefined) return text !== "";
  const files = [`${folder}/.git/${ref}`, `${folder}/.git/packed-refs`, `${folder}/.git/logs/HEAD`];
  for (const file of files) if ((await host.readFile(file)) !== null) return true;
  return false;
}

function isCode(path: string): boolean {
  return path.endsWith(".py") || path.endsWith(".ipynb");
}

function isIgnoreFile(path: string): boolean {
  return path.endsWith(".gitignore");
}

function tooLarge(bytes: number, limit: number): string {
  return `The file has ${Math.ceil(bytes / 1024)} KB, more than the ${limit / 1024} KB that are read.`;
}

function absolute(folder: string, path: string): string {
  return folder.endsWith("/") ? folder + path : `${folder}/${path}`;
}

/** The path itself where it does not lie in the folder. */
function relativeTo(folder: string, path: string): string {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
