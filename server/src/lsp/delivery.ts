/** The diagnostics of one open file as they were last told, brought up to date when somebody asks. */

import type { Diagnostic } from "vscode-languageserver";
import type { Analyses } from "./analyses.ts";
import { type DiagnosticContext, toDiagnostics } from "./diagnostics.ts";
import type { OpenFile } from "./documents.ts";

/** The diagnostics of one document: the file itself, or a cell. */
export interface Delivered {
  /** Names this version of the document with these diagnostics. */
  readonly id: string;
  readonly version: number;
  readonly items: Diagnostic[];
}

export interface Delivery {
  /** By URI; nothing for documents that are no more. */
  readonly documents: ReadonlyMap<string, Delivered>;
  /** Brings `documents` up to date, as far as the setting `run` wants that now. */
  update(): Promise<void>;
  /** The file was saved; true where it had changed since the last time. */
  saved(): boolean;
}

export interface DeliveryOptions {
  readonly analyses: Analyses;
  readonly context: DiagnosticContext;
  /** Yields an id that was never used. */
  readonly nextId: () => string;
}

export function createDelivery(file: OpenFile, { analyses, context, nextId }: DeliveryOptions): Delivery {
  const delivered = new Map<string, Delivered>();
  // A file counts as saved when it is opened.
  let savedVersion = file.version();

  const deliver = (uri: string, version: number, items: Diagnostic[]) => {
    const last = delivered.get(uri);
    // After an edit equal diagnostics are told again all the same: the client's own have moved with the text.
    const same = last?.version === version && JSON.stringify(last.items) === JSON.stringify(items);
    if (!same) delivered.set(uri, { id: nextId(), version, items });
  };

  return {
    documents: delivered,
    async update() {
      const { config, findings } = await analyses.of(file);
      const { run } = config.settings;
      if (run === "onSave" && savedVersion !== file.version() && delivered.size > 0) return;
      const placed = run === "off" ? [] : toDiagnostics(findings, (span) => file.place(span), context);
      const documents = file.documents();
      for (const uri of [...delivered.keys()]) {
        if (!documents.some((document) => document.uri === uri)) delivered.delete(uri);
      }
      for (const { uri, version } of documents) {
        const own = placed.filter((one) => one.uri === uri);
        deliver(
          uri,
          version,
          own.map(({ diagnostic }) => diagnostic),
        );
      }
    },
    saved() {
      const stale = savedVersion !== file.version();
      savedVersion = file.version();
      return stale;
    },
  };
}
