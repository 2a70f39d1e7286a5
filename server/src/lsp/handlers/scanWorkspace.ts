/** stackCoach/scanWorkspace: analyses all Python files of the workspace, with progress and a way to cancel. */

import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver";
import { CancellationTokenSource } from "vscode-languageserver";
import type { ScanParams, ScanResult } from "../../protocol/messages.ts";
import type { Session } from "../session.ts";

export const NOTHING_SCANNED: ScanResult = {
  files: 0,
  findings: 0,
  cancelled: true,
  elapsedMs: 0,
  skipped: [],
};

/** Being cancelled is a result here, not an error: what was found until then is shown. */
export async function scanWorkspace(
  session: Session,
  params: ScanParams | null,
  token: CancellationToken,
): Promise<ScanResult> {
  const cancel = new CancellationTokenSource();
  token.onCancellationRequested(() => cancel.cancel());
  const progress = await openProgress(session, params?.workDoneToken, cancel);
  const { status } = session;
  status.setState("scanning");
  progress.begin("Checking the workspace", 0, undefined, true);
  try {
    return await session.scans.run(cancel.token, progress);
  } finally {
    progress.done();
    status.setState("ready");
    cancel.dispose();
  }
}

/** The client's own progress, else one of ours where the client can show it. */
async function openProgress(
  { connection, traits, host }: Session,
  given: ScanParams["workDoneToken"],
  cancel: CancellationTokenSource,
): Promise<WorkDoneProgressReporter> {
  const { window } = connection;
  if (given !== undefined || !traits.workDoneProgress) return window.attachWorkDoneProgress(given);
  try {
    const own = await window.createWorkDoneProgress();
    own.token.onCancellationRequested(() => cancel.cancel());
    return own;
  } catch (fault) {
    host.log("warning", `The client shows no progress: ${String(fault)}`);
    return window.attachWorkDoneProgress(undefined);
  }
}
