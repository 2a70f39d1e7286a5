/** Files that are not open: read, decoded, analysed once, and told in the terms of the file on disk. */

import { TextDocument } from "vscode-languageserver-textdocument";
import { decodePython } from "../base/decode.ts";
import type { Host } from "../base/host.ts";
import { notebookModule, placeInCells, readNotebook } from "../base/notebook.ts";
import type { Engine } from "../engine/analyze.ts";
import { onChangedLines } from "../engine/changed.ts";
import type { Project } from "../engine/project/project.ts";
import { NO_READS, type Reads } from "../semantic/reads.ts";
import type { Span } from "../syntax/tree.ts";
import type { Committed } from "./committed.ts";
import type { Configuration } from "./configuration.ts";
import { type DiagnosticContext, type PlacedDiagnostic, toDiagnostics } from "./diagnostics.ts";
import type { DocumentPlace } from "./documents.ts";
import { uriOf } from "./paths.ts";

/** A file that was read, or the reason why not, or null where the configuration leaves it out. */
export type ClosedFile =
  | { readonly problem: string }
  | {
      readonly text: string;
      /** Analyses the file; takes a while and does not pause. */
      analyse(): readonly PlacedDiagnostic[];
      /** A question for later: whether other files still say what the last analysis rested on. */
      standing(): () => boolean;
    };

export type ReadClosed = (path: string, size?: number) => Promise<ClosedFile | null>;

export interface ClosedFilesOptions {
  readonly engine: Promise<Engine>;
  readonly configuration: Configuration;
  readonly host: Host;
  /** The project that a file belongs to. */
  readonly projectOf: (path: string) => Promise<Project | undefined>;
  readonly context: DiagnosticContext;
  readonly committed: Committed;
}

/** @returns a function that reads the file at a path, whose size in bytes may be known already. */
export function createClosedFiles(options: ClosedFilesOptions): ReadClosed {
  const { engine, configuration, host, projectOf, context, committed } = options;
  return async (path, size) => {
    const config = await configuration.of(path);
    if (config.excluded !== null || !config.settings.enable) return null;
    const limit = config.settings.maxFileSizeKB * 1024;
    if (size !== undefined && size > limit) return { problem: tooLarge(size, limit) };
    const bytes = await host.readFile(path);
    if (bytes === null) return { problem: "The file cannot be read." };
    if (bytes.length > limit) return { problem: tooLarge(bytes.length, limit) };
    const module = toModule(path, bytes);
    if ("problem" in module) return module;
    const source = await configuration.sourceOf({ path, notebook: module.notebook });
    const narrow = config.settings.changedLinesOnly && !module.notebook;
    const committedText = narrow ? await committed.of(path) : null;
    const [loaded, project] = await Promise.all([engine, projectOf(path)]);
    let reads: Reads = NO_READS;
    return {
      text: module.text,
      standing() {
        const before = reads;
        return () => project?.stands(before) ?? true;
      },
      analyse() {
        const { findings, ...inspection } = loaded.inspect({ ...source, text: module.text }, config, project);
        reads = inspection.reads;
        const shown = onChangedLines(findings, module.text, committedText);
        return toDiagnostics(shown, module.place, context).map((placed) => module.label(placed));
      },
    };
  };
}

function tooLarge(bytes: number, limit: number): string {
  return `The file has ${Math.ceil(bytes / 1024)} KB, more than stackCoach.maxFileSizeKB (${limit / 1024}).`;
}

interface Module {
  readonly text: string;
  readonly notebook: boolean;
  place(span: Span): DocumentPlace;
  /** Says in the message what the place cannot. */
  label(placed: PlacedDiagnostic): PlacedDiagnostic;
}

function toModule(path: string, bytes: Uint8Array): Module | { readonly problem: string } {
  const decoded = decodePython(bytes);
  if ("problem" in decoded) return decoded;
  const uri = uriOf(path);
  if (path.endsWith(".ipynb")) return notebookFile(uri, decoded.text);
  const document = TextDocument.create(uri, "python", 0, decoded.text);
  return {
    text: decoded.text,
    notebook: false,
    place: ({ start, end }) => ({
      uri,
      range: { start: document.positionAt(start), end: document.positionAt(end) },
    }),
    label: (placed) => placed,
  };
}

/** A closed notebook has no cells that a client could point into: the message says which one is meant. */
function notebookFile(uri: string, json: string): Module | { readonly problem: string } {
  const notebook = readNotebook(json);
  if ("problem" in notebook) return notebook;
  const { text, cells } = notebookModule(notebook.sources);
  const start = { line: 0, character: 0 };
  return {
    text,
    notebook: true,
    place: () => ({ uri, range: { start, end: start } }),
    label(placed) {
      const at = placeInCells(cells, placed.finding.span.start);
      if (at === null) return placed;
      const before = (notebook.sources[at.cell] ?? "").slice(0, at.offset);
      const line = before.split(/\r\n|\r|\n/).length;
      const cell = (notebook.indices[at.cell] ?? 0) + 1;
      const message = `Cell ${cell}, line ${line}: ${placed.diagnostic.message}`;
      return { ...placed, diagnostic: { ...placed.diagnostic, message } };
    },
  };
}
