/** Keeps what is known of a folder's files, and reads again only what changed. */

import { decodePython } from "../../base/decode.ts";
import type { Host } from "../../base/host.ts";
import { notebookModule, readNotebook } from "../../base/notebook.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import { webApplication } from "../../frameworks/web/web-application.ts";
import type { Reads } from "../../semantic/reads.ts";
import { collectCode } from "../../stack/code/collect.ts";
import type { CodeFacts } from "../../stack/code/facts.ts";
import type { StackFile } from "../../stack/files.ts";
import type { FindingFact, StackInput } from "../../stack/stack.ts";
import { isReadable, maxBytesOf, readTextFile, type TextFacts } from "../../stack/text-facts.ts";
import { lineStarts, pointAt } from "../../syntax/lines.ts";
import type { Engine, SourceFile } from "../analyze.ts";
import type { FileConfig } from "../config/types.ts";
import type { ProjectFile } from "../project/file.ts";
import type { Project } from "../project/project.ts";

export interface FolderOptions {
  /** Absolute path with `/`, or the URI of a virtual folder. */
  readonly path: string;
  readonly host: Pick<Host, "readFile" | "listFiles" | "log" | "now">;
  readonly engine: Pick<Engine, "inspect">;
  /** The folder's project, with all of its code. */
  readonly project: () => Promise<Project>;
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

/** What is known of one version of a code file. */
interface CodeFile {
  /** The version that was looked at; null for a notebook, which belongs to no project. */
  readonly version: ProjectFile | null;
  readonly code: CodeFacts | null;
  readonly findings: readonly FindingFact[];
  /** What the findings rest on in other files. */
  readonly reads: Reads;
}

/** Time between two pauses. */
const SLICE_MS = 12;
const READ_AT_ONCE = 16;

export function createFolderFacts(options: FolderOptions): FolderFacts {
  const { path: folder, host } = options;
  let files = new Map<string, StackFile>();
  const texts = new Map<string, { readonly content: string; readonly facts: TextFacts }>();
  const code = new Map<string, CodeFile>();
  const problems = new Map<string, string>();
  const stale = new Set<string>();
  let project: Project | null = null;
  let listed = false;
  let complete = false;
  let git: StackInput["git"] = null;
  let revision = 0;

  const list = async (): Promise<void> => {
    const found = new Map<string, StackFile>();
    for await (const entry of host.listFiles(folder, ["*", ".*"], { exclude: await options.exclude() })) {
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
    for (const known of [texts, code, problems]) if (known.delete(path)) revision++;
  };

  const readText = async ({ path, size }: StackFile): Promise<void> => {
    const content = await textOf(absolute(folder, path), size, maxBytesOf(path), host);
    if (typeof content !== "string") {
      problems.set(path, content.problem);
      return;
    }
    if (texts.get(path)?.content === content) return;
    const facts = readTextFile(path, content);
    texts.set(path, { content, facts });
    if (facts.problem === null) problems.delete(path);
    else problems.set(path, facts.problem.message);
    revision++;
  };

  /** Looks at a code file again where it is in another version than the one that is known. */
  const readCodeFile = async (file: StackFile, within: Project): Promise<void> => {
    const { path } = file;
    const full = absolute(folder, path);
    const version = within.files.get(full) ?? null;
    const known = code.get(path);
    if (!stale.delete(path) && known?.version === version && within.stands(known.reads)) return;
    const config = await options.configOf(full);
    if (config.excluded !== null || !config.settings.enable) {
      forget(path);
      return;
    }
    const text =
      version?.text ?? (await sourceText(full, file.size, config.settings.maxFileSizeKB * 1024, host));
    if (typeof text !== "string") {
      forget(path);
      problems.set(path, text.problem);
      return;
    }
    problems.delete(path);
    const source = { ...(await options.sourceOf(full, path.endsWith(".ipynb"))), text };
    code.set(path, { version, ...examine({ path, source, config, version }, options, within) });
    revision++;
  };

  return {
    path: folder,
    async readTexts() {
      if (!listed) await list();
      const wanted = [...stale].filter((path) => !isCode(path));
      for (const path of wanted) {
        stale.delete(path);
        if (!files.has(path)) forget(path);
      }
      const present = wanted.flatMap((path) => files.get(path) ?? []).filter(({ path }) => isReadable(path));
      for (let at = 0; at < present.length; at += READ_AT_ONCE) {
        await Promise.all(present.slice(at, at + READ_AT_ONCE).map(readText));
      }
    },
    async readCode(progress) {
      project = await options.project();
      for (const path of [...code.keys()]) if (!files.has(path)) forget(path);
      const wanted = [...files.values()].filter(({ path }) => isCode(path));
      let slice = host.now();
      for (const [index, file] of wanted.entries()) {
        if (progress.cancelled()) return false;
        await readCodeFile(file, project);
        if (host.now() - slice < SLICE_MS) continue;
        progress.report(index + 1, wanted.length);
        await options.pause();
        slice = host.now();
      }
      if (!complete) revision++;
      complete = true;
      return true;
    },
    touch(path) {
      const own = relativeTo(folder, path);
      if (own === path) return;
      stale.add(own);
      if (!files.has(own) || own.endsWith(".gitignore")) listed = false;
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
    get web() {
      return complete && project !== null ? project.factValue(webApplication) : null;
    },
    get orm() {
      return complete && project !== null ? project.factValue(ORM_SCHEMA) : null;
    },
    get unread() {
      return [...problems].map(([path, reason]) => ({
        ...{ path, reason },
        line: texts.get(path)?.facts.problem?.line ?? 1,
      }));
    },
    get complete() {
      return complete;
    },
    get git() {
      return git;
    },
    get revision() {
      return revision;
    },
  };
}

interface Examined {
  readonly path: string;
  readonly source: SourceFile;
  readonly config: FileConfig;
  readonly version: ProjectFile | null;
}

/** A fault in one file takes no other with it. */
function examine(
  { path, source, config, version }: Examined,
  { engine, host }: FolderOptions,
  project: Project,
): Omit<CodeFile, "version"> {
  try {
    const place = {
      path,
      isPackage: source.isPackage === true,
      classes: version?.classes() ?? new Set<string>(),
    };
    const code = version === null ? null : collectCode(version.model(), place);
    const starts = lineStarts(source.text);
    const inspection = engine.inspect(source, config, project);
    const findings = inspection.findings.map(
      ({ ruleId, severity, confidence, message, span }): FindingFact => ({
        ...{ ruleId, severity, confidence, message, path },
        line: pointAt(starts, span.start).row + 1,
      }),
    );
    return { code, findings, reads: inspection.reads };
  } catch (fault) {
    const reason = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    host.log("error", `${path} is left out of the checklist: ${reason}`);
    return { code: null, findings: [], reads: NO_READS };
  }
}

const NO_READS: Reads = new Map();

type Text = string | { readonly problem: string };

async function textOf(path: string, size: number, limit: number, host: FolderOptions["host"]): Promise<Text> {
  if (size > limit) return { problem: tooLarge(size, limit) };
  const bytes = await host.readFile(path);
  return bytes === null ? { problem: "The file cannot be read." } : new TextDecoder().decode(bytes);
}

async function sourceText(
  path: string,
  size: number,
  limit: number,
  host: FolderOptions["host"],
): Promise<Text> {
  if (size > limit) return { problem: tooLarge(size, limit) };
  const bytes = await host.readFile(path);
  if (bytes === null) return { problem: "The file cannot be read." };
  const decoded = decodePython(bytes);
  if ("problem" in decoded) return decoded;
  if (!path.endsWith(".ipynb")) return decoded.text;
  const notebook = readNotebook(decoded.text);
  return "problem" in notebook ? notebook : notebookModule(notebook.sources).text;
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
