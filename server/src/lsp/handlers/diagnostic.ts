/** textDocument/diagnostic: the findings of a document, or that they are those of last time. */

import {
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { pathOf } from "../paths.ts";
import { NO_DIAGNOSTICS } from "../reports.ts";
import type { Session } from "../session.ts";

export async function diagnostic(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
): Promise<DocumentDiagnosticReport> {
  const file = session.files.get(textDocument.uri);
  if (file !== undefined) return session.reports.pull(file, textDocument.uri, previousResultId);
  return session.accepts(textDocument.uri) ? ofTab(session, textDocument.uri) : NO_DIAGNOSTICS;
}

/** Clients also pull for tabs that they have restored but not loaded: the file on disk answers. */
async function ofTab(session: Session, uri: string): Promise<DocumentDiagnosticReport> {
  const path = pathOf(uri);
  if (!path.endsWith(".py") || session.scans.owns(path)) return NO_DIAGNOSTICS;
  const file = await session.readClosed(path);
  // Meanwhile it may have been opened, or told by a scan.
  if (
    file === null ||
    "problem" in file ||
    session.files.byPath(path) !== undefined ||
    session.scans.owns(path)
  ) {
    return NO_DIAGNOSTICS;
  }
  const items = file.analyse().map((placed) => placed.diagnostic);
  session.scans.pulled(path);
  return { kind: DocumentDiagnosticReportKind.Full, items };
}
