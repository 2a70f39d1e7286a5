/** Checks the whole workspace on request, with progress where the editor shows it and a way to cancel. */

import {
  CancellationTokenSource,
  commands,
  Disposable,
  type LogOutputChannel,
  l10n,
  ProgressLocation,
  window,
} from "vscode";
import { type BaseLanguageClient, WorkDoneProgress } from "vscode-languageclient";
import { SCAN_REQUEST, type ScanParams, type ScanResult } from "../../../../server/src/protocol/messages.ts";
import { COMMANDS, CONTEXT_KEYS } from "../commands.ts";

/** How long the result stands in the status bar. */
const RESULT_MS = 15_000;

export function registerScan(client: BaseLanguageClient, log: LogOutputChannel): Disposable {
  let running: CancellationTokenSource | undefined;
  const scan = async (): Promise<ScanResult | null> => {
    if (running) return null;
    running = new CancellationTokenSource();
    await commands.executeCommand("setContext", CONTEXT_KEYS.scanning, true);
    try {
      const result = await scanWithProgress(client, running);
      report(result, log);
      return result;
    } catch (error) {
      if (!running.token.isCancellationRequested) throw error;
      report(null, log);
      return null;
    } finally {
      running.dispose();
      running = undefined;
      await commands.executeCommand("setContext", CONTEXT_KEYS.scanning, false);
    }
  };
  return Disposable.from(
    commands.registerCommand(COMMANDS.scanWorkspace, scan),
    commands.registerCommand(COMMANDS.cancelScan, () => running?.cancel()),
    { dispose: () => running?.cancel() },
  );
}

function scanWithProgress(client: BaseLanguageClient, cancel: CancellationTokenSource): Thenable<ScanResult> {
  const where = { location: ProgressLocation.Window, title: l10n.t("Checking the workspace") };
  return window.withProgress(where, (progress) => {
    const workDoneToken = `stack-coach-scan-${Date.now()}`;
    const watching = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== "end" && value.message) progress.report({ message: value.message });
    });
    const params: ScanParams = { workDoneToken };
    return client
      .sendRequest<ScanResult>(SCAN_REQUEST, params, cancel.token)
      .finally(() => watching.dispose());
  });
}

/** Says in the status bar what came of it (null: it was cancelled), and in the log which files were left out. */
function report(result: ScanResult | null, log: LogOutputChannel): void {
  const text = summary(result);
  log.info(text);
  if (result?.limitReached)
    log.info("The check stopped at the number of files that stackCoach.maxFiles allows.");
  for (const { uri, reason } of result?.skipped ?? []) log.info(`Left out: ${uri} (${reason})`);
  window.setStatusBarMessage(text, RESULT_MS);
}

function summary(result: ScanResult | null): string {
  if (result === null) return l10n.t("Check cancelled");
  if (result.cancelled) return l10n.t("Check cancelled after {0} files", result.files);
  const seconds = (result.elapsedMs / 1000).toFixed(1);
  return l10n.t("Checked {0} files in {1} s: {2} findings", result.files, seconds, result.findings);
}
