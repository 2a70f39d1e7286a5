/** Diagnostics on their way to the client: pulled, or pushed where the client does not pull. */

import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import type { Analyses } from "./analyses.ts";
import { coalesce } from "./coalesce.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import type { DiagnosticContext } from "./diagnostics.ts";
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
  /** The findings of some files have changed although their text did not. */
  refreshFiles(files: readonly OpenFile[]): void;
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

export const NO_DIAGNOSTICS: DocumentDiagnosticReport = {
  kind: DocumentDiagnosticReportKind.Full,
  items: [],
};

export function createReports({ connection, host, analyses, context }: ReportsOptions): Reports {
  const { pullDiagnostics, refreshDiagnostics } = context.traits;
  const nextId = createIds();
  const files = new Map<OpenFile, { readonly delivery: Delivery; readonly push: Push }>();
  const refreshPulled = coalesce(REFRESH_DELAY_MS, () => {
    void runQuietly(host.log, "Asking the client to pull", () => connection.languages.diagnostics.refresh());
  });
  return {
    async pull(file, uri, previousResultId) {
      const delivery = files.get(file)?.delivery;
      await delivery?.update();
      const delivered = delivery?.documents.get(uri);
      if (delivered === undefined) return NO_DIAGNOSTICS;
      const { id: resultId, items } = delivered;
      return resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    },
    opened(file) {
      const delivery = createDelivery(file, { analyses, context, nextId });
      const push = createPush(file, delivery, connection, host);
      files.set(file, { delivery, push });
      if (!pullDiagnostics) push.soon();
    },
    changed(file) {
      if (!pullDiagnostics) files.get(file)?.push.soon();
    },
    saved(file) {
      const known = files.get(file);
      const stale = known?.delivery.saved() === true;
      if (!pullDiagnostics) known?.push.soon();
      else if (stale && refreshDiagnostics)
        void runQuietly(host.log, `Saving ${file.uri}`, () => refreshIfOnSave(file));
    },
    closed(file) {
      files.get(file)?.push.stop();
      files.delete(file);
    },
    refresh() {
      if (!pullDiagnostics) for (const { push } of files.values()) push.soon();
      else if (refreshDiagnostics) refreshPulled();
    },
    refreshFiles(changed) {
      if (!pullDiagnostics) for (const file of changed) files.get(file)?.push.soon();
      else if (refreshDiagnostics) refreshPulled();
    },
  };

  /** A client that pulls on typing has pulled before the save; with `onSave` it got the old findings then. */
  async function refreshIfOnSave(file: OpenFile): Promise<void> {
    const { config } = await analyses.of(file);
    if (config.settings.run === "onSave") refreshPulled();
  }
}

/** Ids of another run of the server must never look like ours. */
function createIds(): () => string {
  const run = Math.random().toString(36).slice(2);
  let count = 0;
  return () => `${run}.${++count}`;
}

/** Sends the diagnostics of one file without being asked. */
interface Push {
  soon(): void;
  /** Takes back what was sent, and sends no more. */
  stop(): void;
}

function createPush(file: OpenFile, delivery: Delivery, connection: Connection, host: Host): Push {
  const pushed = new Set<string>();
  let stopped = false;
  const clear = (uri: string) => {
    pushed.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
  const publish = async (): Promise<void> => {
    if (!stopped) await delivery.update();
    if (stopped) return;
    for (const [uri, { version, items }] of delivery.documents) {
      pushed.add(uri);
      void connection.sendDiagnostics({ uri, version, diagnostics: items });
    }
    for (const uri of [...pushed]) if (!delivery.documents.has(uri)) clear(uri);
  };
  return {
    soon: coalesce(PUSH_DELAY_MS, () => void runQuietly(host.log, `Publishing ${file.uri}`, publish)),
    stop() {
      stopped = true;
      for (const uri of [...pushed]) clear(uri);
    },
  };
}
