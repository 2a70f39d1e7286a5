/** Diagnostics on their way to the client: pulled, or pushed where the client does not pull. */

import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import type { Analyses, Analysis } from "./analyses.ts";
import { coalesce } from "./coalesce.ts";
import { type DiagnosticContext, toDiagnostics } from "./diagnostics.ts";
import type { OpenFile } from "./documents.ts";
import { runQuietly } from "./runSafe.ts";

export interface Reports {
  /** The report for a document of an open file. */
  pull(file: OpenFile, uri: string, previousResultId: string | undefined): Promise<DocumentDiagnosticReport>;
  /** Clients that do not pull get the findings of a file that is opened or changed. */
  opened(file: OpenFile): void;
  changed(file: OpenFile): void;
  saved(file: OpenFile): void;
  closed(file: OpenFile): void;
  /** What the findings of all files rest on has changed: clients pull again, or get them anew. */
  refresh(): void;
}

export interface ReportsOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly analyses: Analyses;
  readonly context: DiagnosticContext;
}

/** Keystrokes that come in one burst are answered once. */
const PUSH_DELAY_MS = 10;
const REFRESH_DELAY_MS = 50;

/** The diagnostics of one document, as last told. */
interface Delivered {
  readonly id: string;
  readonly json: string;
  readonly items: Diagnostic[];
}

interface FileState {
  /** The version that `run: "onSave"` shows; a file counts as saved when it is opened. */
  savedVersion: number;
  readonly delivered: Map<string, Delivered>;
  /** The documents that diagnostics were pushed for. */
  readonly pushed: Set<string>;
  readonly push: () => void;
}

export function createReports({ connection, host, analyses, context }: ReportsOptions): Reports {
  // Ids of another run of the server must never look like ours.
  const run = Math.random().toString(36).slice(2);
  let count = 0;
  const states = new Map<OpenFile, FileState>();

  const createState = (file: OpenFile): FileState => {
    const push = coalesce(PUSH_DELAY_MS, () => {
      if (states.has(file)) void runQuietly(host.log, `Publishing ${file.uri}`, () => publish(file));
    });
    return { savedVersion: file.version(), delivered: new Map(), pushed: new Set(), push };
  };

  /** Brings what was delivered up to date, where the setting `run` wants that now. */
  const update = async (file: OpenFile): Promise<FileState> => {
    const analysis = await analyses.of(file);
    const state = states.get(file) ?? createState(file);
    const { run: mode } = analysis.config.settings;
    if (mode === "onSave" && state.savedVersion !== file.version() && state.delivered.size > 0) return state;
    const diagnostics = mode === "off" ? [] : diagnosticsOf(file, analysis);
    const documents = file.documents();
    // Cells that were deleted.
    for (const uri of [...state.delivered.keys()]) {
      if (!documents.some((document) => document.uri === uri)) state.delivered.delete(uri);
    }
    for (const { uri } of documents) {
      const items = diagnostics.filter((placed) => placed.uri === uri).map(({ diagnostic }) => diagnostic);
      const json = JSON.stringify(items);
      if (state.delivered.get(uri)?.json === json) continue;
      state.delivered.set(uri, { id: `${run}.${++count}`, json, items });
    }
    return state;
  };

  const diagnosticsOf = (file: OpenFile, { findings }: Analysis) =>
    toDiagnostics(findings, (span) => file.place(span), context);

  const publish = async (file: OpenFile): Promise<void> => {
    const { delivered, pushed } = await update(file);
    if (!states.has(file)) return;
    for (const { uri, version } of file.documents()) {
      pushed.add(uri);
      await connection.sendDiagnostics({ uri, version, diagnostics: delivered.get(uri)?.items ?? [] });
    }
    for (const uri of [...pushed].filter((one) => !delivered.has(one))) {
      pushed.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  };

  const { pullDiagnostics, refreshDiagnostics } = context.traits;
  const askToPull = coalesce(REFRESH_DELAY_MS, () => {
    void runQuietly(host.log, "Asking the client to pull", () => connection.languages.diagnostics.refresh());
  });

  return {
    async pull(file, uri, previousResultId) {
      const delivered = (await update(file)).delivered.get(uri);
      if (delivered === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      if (delivered.id === previousResultId) {
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: delivered.id };
      }
      return { kind: DocumentDiagnosticReportKind.Full, resultId: delivered.id, items: delivered.items };
    },
    opened(file) {
      const state = createState(file);
      states.set(file, state);
      if (!pullDiagnostics) state.push();
    },
    changed(file) {
      if (!pullDiagnostics) states.get(file)?.push();
    },
    saved(file) {
      const state = states.get(file);
      if (state === undefined) return;
      const stale = state.savedVersion !== file.version();
      state.savedVersion = file.version();
      if (!pullDiagnostics) state.push();
      else if (stale && refreshDiagnostics) void refreshIfOnSave(file);
    },
    closed(file) {
      const state = states.get(file);
      states.delete(file);
      if (pullDiagnostics) return;
      for (const uri of state?.pushed ?? []) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
    refresh() {
      if (!pullDiagnostics) for (const state of states.values()) state.push();
      else if (refreshDiagnostics) askToPull();
    },
  };

  /** A client that pulls on typing has pulled before the save; with `onSave` it got the old findings then. */
  async function refreshIfOnSave(file: OpenFile): Promise<void> {
    const { config } = await analyses.of(file);
    if (config.settings.run === "onSave") askToPull();
  }
}
