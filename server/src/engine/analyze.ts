/**
 * The engine: keeps files parsed, runs the rules over what changed, and turns what they report into findings
 * under a configuration.
 */

import type { ContextClass } from "../base/context-classes.ts";
import type { Host, LogLevel } from "../base/host.ts";
import type { Reads } from "../semantic/reads.ts";
import type { Node } from "../syntax/ast.ts";
import type { PythonParser } from "../syntax/parser.ts";
import type { Span, SyntaxTree, TextEdit } from "../syntax/tree.ts";
import type { FileConfig } from "./config/types.ts";
import { createDocument, type Document } from "./document.ts";
import type { Finding, Fix } from "./finding.ts";
import { applySafeFixes, buildFix } from "./fixes.ts";
import { type Breakage, breakageAt, type SafeSink, safeSinksAt } from "./flow-advice.ts";
import { createProject, type Project } from "./project/project.ts";
import { createReporter } from "./report.ts";
import type { AnyRule } from "./rule.ts";
import type { Monitor } from "./run.ts";
import type { Sifted } from "./suppression/suppressions.ts";

/** A Python file as the engine receives it. */
export interface SourceFile {
  /** Absolute path with `/`, or the URI's path where there is no file. */
  readonly path: string;
  readonly text: string;
  /** Path relative to the workspace or project root, with `/`; the base name where it is left out. */
  readonly relativePath?: string;
  /** Dotted name (`shop.views`), or left out where it is not known. */
  readonly moduleName?: string;
  /** True for an `__init__.py`. */
  readonly isPackage?: boolean;
  /** True for the code of a notebook. */
  readonly notebook?: boolean;
}

/** A file that the engine keeps in memory. */
export interface OpenFile {
  readonly path: string;
  readonly text: string;
  readonly tree: SyntaxTree;
}

export interface EngineOptions {
  readonly parser: PythonParser;
  readonly rules: readonly AnyRule[];
  readonly log: Host["log"];
  /** Milliseconds, monotonic: how long rules take is measured with it. */
  readonly now: Host["now"];
  /** `YYYY-MM-DD` of today, for suppressions with a date; without it these hold for ever. */
  readonly today?: () => string;
}

export interface Engine {
  readonly rules: readonly AnyRule[];
  /**
   * A project without files.
   *
   * @param root the folder that relative paths start from
   * @param fixed true where all files are put before the first is analysed, and none changes
   */
  createProject(root: string, fixed?: boolean): Project;
  /** @param project what the file belongs to; left out, nothing is known of other files */
  open(file: SourceFile, project?: Project): OpenFile;
  /** Applies edits that were made one after the other; `newText` is the text after all of them. */
  update(file: OpenFile, edits: readonly TextEdit[], newText: string): void;
  /**
   * Reads what edits put off (see `draft.ts`); true where there was something, so that findings may say more than
   * they did.
   */
  settle(file: OpenFile): boolean;
  /** True where reading the text was put off. */
  isDraft(file: OpenFile): boolean;
  /** Frees the tree. Every file that was opened must be closed. */
  close(file: OpenFile): void;
  /** What the rules say about the current text, in document order. Units that did not change are not run again. */
  findings(file: OpenFile, config: FileConfig): readonly Finding[];
  /** The same, with what comments of the file mute. */
  report(file: OpenFile, config: FileConfig): Sifted;
  /** What the last findings of a file rest on in other files; `project.stands` says whether that is still so. */
  reads(file: OpenFile): Reads;
  /** Why nothing happens at the sinks around an offset, where untrusted data comes near; the innermost first. */
  safeSinks(file: OpenFile, offset: number): readonly SafeSink[];
  /** The user's own text with a hostile value in it, for a finding that is the end of a flow; null for others. */
  breakage(file: OpenFile, finding: Finding): Breakage | null;
  /** What kind of file it is: the contexts in which rules are quiet. */
  classes(file: OpenFile): ReadonlySet<ContextClass>;
  /** The fixes of a finding of the last `findings` call. Built here, because building may cost. */
  fixes(file: OpenFile, finding: Finding): readonly Fix[];
  /** The text after all safe fixes, or null where there is none to apply. */
  fixAll(file: OpenFile, config: FileConfig): string | null;
  /** Opens, analyses and closes: for callers that see each file once. What the project has parsed is used. */
  analyze(file: SourceFile, config: FileConfig, project?: Project): readonly Finding[];
  /** The same, with more to tell. */
  inspect(file: SourceFile, config: FileConfig, project?: Project): Inspection;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  /** Where the file does not parse. */
  readonly errors: readonly Span[];
  readonly parseMs: number;
  /** What the findings rest on in other files. */
  readonly reads: Reads;
}

/** Creates an engine. It holds no state beside its open files. */
export function createEngine(options: EngineOptions): Engine {
  const reporter = createReporter(options.rules, options.today ?? null);
  const documents = new WeakMap<OpenFile, Document>();

  const documentOf = (file: OpenFile): Document => {
    const document = documents.get(file);
    if (document === undefined) throw new Error(`${file.path} is not open in this engine`);
    return document;
  };

  const engine: Engine = {
    rules: options.rules,
    createProject: (root, fixed = false) => projectAt(options, root, fixed),
    open(source, project = projectAt(options, folderOf(source.path))) {
      const { parser } = options;
      const monitor = createMonitor(options, source.path);
      const document = createDocument(source, { parser, monitor, project });
      const file = openFile(source.path, document);
      documents.set(file, document);
      return file;
    },
    update: (file, edits, newText) => documentOf(file).update(edits, newText),
    settle: (file) => documentOf(file).settle(),
    isDraft: (file) => documentOf(file).read.draft !== null,
    close(file) {
      documentOf(file).dispose();
      documents.delete(file);
    },
    findings: (file, config) => engine.report(file, config).findings,
    report: (file, config) => reporter.report(documentOf(file), config),
    reads: (file) => documentOf(file).reads(),
    safeSinks: (file, offset) => safeSinksAt(documentOf(file).flows(), offset),
    breakage: (file, finding) => (finding.flow ? breakageAt(documentOf(file).flows(), finding.span) : null),
    classes: (file) => documentOf(file).classes(),
    fixes(file, finding) {
      const raw = reporter.rawOf(finding);
      const { tree, monitor } = documentOf(file);
      const fix = raw === undefined ? null : buildFix(raw, tree, monitor.onFault);
      return fix === null ? [] : [fix];
    },
    fixAll(file, config) {
      documentOf(file).settle();
      const fixes = engine.findings(file, config).flatMap((finding) => engine.fixes(file, finding));
      return applySafeFixes(file.text, fixes);
    },
    analyze: (source, config, project) => engine.inspect(source, config, project).findings,
    inspect(source, config, project = projectAt(options, folderOf(source.path))) {
      const { parser, now } = options;
      const monitor = createMonitor(options, source.path);
      const begun = now();
      const document = createDocument({ ...source, once: true }, { parser, monitor, project });
      const parseMs = now() - begun;
      try {
        const { findings } = reporter.report(document, config);
        return { findings, errors: document.tree.errors, parseMs, reads: document.reads() };
      } finally {
        document.dispose();
        project.files.release(source.path);
      }
    },
  };
  return engine;
}

function projectAt({ parser, log }: EngineOptions, root: string, fixed = false): Project {
  return createProject({
    root,
    parser,
    fixed,
    onFault: ({ id }, path, error) => log("error", `fact ${id} failed on ${path}: ${describe(error)}`),
  });
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function openFile(path: string, document: Document): OpenFile {
  return {
    path,
    get text() {
      return document.text;
    },
    get tree() {
      return document.tree;
    },
  };
}

/** A unit whose rules take longer than this is worth a line in the log. */
const SLOW_UNIT_MS = 50;

function nameOf(node: Node): string {
  return "name" in node && typeof node.name === "string" ? node.name : node.kind;
}

/** Logs each fault and each slow unit of a file once: at every keystroke it would be the same again. */
function createMonitor({ log, now }: EngineOptions, path: string): Monitor {
  const seen = new Set<string>();
  const once = (level: LogLevel, key: string, line: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    log(level, line);
  };
  return {
    now,
    onFault(rule, error) {
      const line = `rule ${rule.id} failed on ${path}: ${describe(error)}`;
      once("error", line, line);
    },
    onTime(unit, milliseconds) {
      if (milliseconds <= SLOW_UNIT_MS) return;
      const name = nameOf(unit.root);
      once("info", `slow ${name}`, `rules took ${Math.round(milliseconds)} ms over ${name} in ${path}`);
    },
    onDegraded(root) {
      const name = nameOf(root);
      const line = `data was not followed to the end through ${name} in ${path}: that would take too long`;
      once("info", `degraded ${name}`, line);
    },
  };
}
