/**
 * The engine: keeps files parsed, runs the rules over what changed, and turns what they report into findings
 * under a configuration.
 */

import type { Host } from "../base/host.ts";
import type { PythonParser } from "../syntax/parser.ts";
import type { SyntaxTree, TextEdit } from "../syntax/tree.ts";
import type { FileConfig } from "./config/types.ts";
import type { ContextClass } from "./contexts.ts";
import { dropDuplicates } from "./dedupe.ts";
import { createDocument, type Document } from "./document.ts";
import type { Finding, Fix } from "./finding.ts";
import { applySafeFixes, buildFix } from "./fixes.ts";
import { isActive, judge, lowerSeverity } from "./judge.ts";
import { createPlanner } from "./plan.ts";
import { type RawFinding, spanOfPlace } from "./raw.ts";
import type { AnyRule } from "./rule.ts";
import type { FaultListener } from "./run.ts";
import { type Sifted, sift } from "./suppression/suppressions.ts";

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
  open(file: SourceFile): OpenFile;
  /** Applies edits that were made one after the other; `newText` is the text after all of them. */
  update(file: OpenFile, edits: readonly TextEdit[], newText: string): void;
  /** Frees the tree. Every file that was opened must be closed. */
  close(file: OpenFile): void;
  /** What the rules say about the current text, in document order. Units that did not change are not run again. */
  findings(file: OpenFile, config: FileConfig): readonly Finding[];
  /** The same, with what comments of the file mute. */
  report(file: OpenFile, config: FileConfig): Sifted;
  /** What kind of file it is: the contexts in which rules are quiet. */
  classes(file: OpenFile): ReadonlySet<ContextClass>;
  /** The fixes of a finding of the last `findings` call. Built here, because building may cost. */
  fixes(file: OpenFile, finding: Finding): readonly Fix[];
  /** The text after all safe fixes, or null where there is none to apply. */
  fixAll(file: OpenFile, config: FileConfig): string | null;
  /** Opens, analyses and closes: for callers that see each file once. */
  analyze(file: SourceFile, config: FileConfig): readonly Finding[];
}

/** Creates an engine. It holds no state beside its open files. */
export function createEngine(options: EngineOptions): Engine {
  const planOf = createPlanner(options.rules);
  const ruleById = new Map(options.rules.map((rule) => [rule.id, rule]));
  const documents = new WeakMap<OpenFile, Document>();
  const raws = new WeakMap<Finding, RawFinding>();

  const documentOf = (file: OpenFile): Document => {
    const document = documents.get(file);
    if (document === undefined) throw new Error(`${file.path} is not open in this engine`);
    return document;
  };

  const engine: Engine = {
    rules: options.rules,
    open(source) {
      const document = createDocument(source, options.parser, faultLogger(options.log, source.path));
      const file: OpenFile = {
        path: source.path,
        get text() {
          return document.tree.text;
        },
        get tree() {
          return document.tree;
        },
      };
      documents.set(file, document);
      return file;
    },
    update: (file, edits, newText) => documentOf(file).update(edits, newText),
    close(file) {
      documentOf(file).dispose();
      documents.delete(file);
    },
    findings: (file, config) => engine.report(file, config).findings,
    report(file, config) {
      const document = documentOf(file);
      const wanted = config.settings.enable && config.excluded === null && !document.generated();
      if (!wanted) return { findings: [], muted: [] };
      const classes = document.classes();
      const plan = planOf((rule) => isActive(rule, classes, config));
      const found = document.analyze(plan, config.pythonVersion).flatMap((raw) => {
        const finding = toFinding(raw, config);
        if (finding !== null) raws.set(finding, raw);
        return finding ?? [];
      });
      const findings = dropDuplicates(found, options.rules);
      if (findings.length === 0) return { findings, muted: [] };
      return sift(findings, document.suppressions(), {
        ruleOf: (id) => ruleById.get(id),
        today: options.today?.() ?? null,
        lower(finding) {
          const lowered: Finding = { ...finding, severity: lowerSeverity(finding.severity, "hint") };
          const raw = raws.get(finding);
          if (raw !== undefined) raws.set(lowered, raw);
          return lowered;
        },
      });
    },
    classes: (file) => documentOf(file).classes(),
    fixes(file, finding) {
      const raw = raws.get(finding);
      const fix =
        raw === undefined ? null : buildFix(raw, documentOf(file).tree, faultLogger(options.log, file.path));
      return fix === null ? [] : [fix];
    },
    fixAll(file, config) {
      const fixes = engine.findings(file, config).flatMap((finding) => engine.fixes(file, finding));
      return applySafeFixes(file.text, fixes);
    },
    analyze(source, config) {
      const file = engine.open(source);
      try {
        return engine.findings(file, config);
      } finally {
        engine.close(file);
      }
    },
  };
  return engine;
}

function toFinding(raw: RawFinding, config: FileConfig): Finding | null {
  const severity = judge(raw, config);
  if (severity === null) return null;
  return {
    ruleId: raw.rule.id,
    messageId: raw.messageId,
    message: raw.message,
    severity,
    confidence: raw.confidence,
    span: spanOfPlace(raw.place),
    related: raw.related.map(({ path, place, message }) =>
      path === undefined
        ? { span: spanOfPlace(place), message }
        : { path, span: spanOfPlace(place), message },
    ),
    flow: raw.flow,
    fixSafety: raw.fix === null ? null : raw.fixSafety,
  };
}

/** Logs each fault of a rule once for a file: a rule that throws does so at every keystroke. */
function faultLogger(log: Host["log"], path: string): FaultListener {
  const seen = new Set<string>();
  return (rule, error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const line = `rule ${rule.id} failed on ${path}: ${reason}`;
    if (seen.has(line)) return;
    seen.add(line);
    log("error", line);
  };
}
