/** The language-status item: warming up, then the time of the last analysis; what is wrong, and what to do about it. */

import {
  type Command,
  commands,
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import { STATUS_NOTIFICATION, type StatusParams } from "../../../../server/src/protocol/messages.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { missingMustHaves, stackText } from "../checklist/summary.ts";
import { PYTHON } from "../client.ts";
import { COMMANDS, CONTEXT_KEYS } from "../commands.ts";

/**
 * Milliseconds above which an analysis is worth a warning: people notice a delay of their own making from a
 * tenth of a second on, and a first look at a very large file takes a multiple of a keystroke's.
 */
const BUDGET_MS = 500;

export function registerStatus(client: BaseLanguageClient, store: ChecklistStore): Disposable {
  const item = languages.createLanguageStatusItem("stackCoach.status", PYTHON);
  let last: StatusParams | null = null;
  item.name = l10n.t("Stack Coach");
  showServer(item, State.Starting);
  const show = (): void => {
    if (last !== null && client.isRunning()) showStatus(item, last, store.reports() ?? []);
  };
  return Disposable.from(
    item,
    store.onDidChange(show),
    client.onDidChangeState(({ newState }) => {
      showServer(item, newState);
      void commands.executeCommand("setContext", CONTEXT_KEYS.ready, newState === State.Running);
    }),
    client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      last = status;
      show();
    }),
  );
}

/** What is known before the server says anything: that it starts, or that it is gone. */
function showServer(item: LanguageStatusItem, state: State): void {
  if (state === State.Running) return;
  const stopped = state === State.Stopped;
  item.busy = !stopped;
  item.severity = stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.text = stopped ? l10n.t("Stack Coach has stopped") : l10n.t("Stack Coach is warming up");
  item.detail = stopped ? l10n.t("the log says why") : "";
  item.command = stopped ? restartCommand() : logCommand();
}

/** Warns of time and configuration only: what a project lacks is told, and is no fault. */
function showStatus(
  item: LanguageStatusItem,
  status: StatusParams,
  reports: readonly ChecklistReport[],
): void {
  const slow = status.lastAnalysisMs !== undefined && status.lastAnalysisMs > BUDGET_MS;
  item.busy = status.state !== "ready";
  item.severity =
    status.problem || slow ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.text = stateText(status, reports);
  item.detail =
    status.problem ??
    [missingText(reports), timeText(status.lastAnalysisMs, slow)].filter(Boolean).join(" · ");
  item.command = nextStep(status, reports);
}

function missingText(reports: readonly ChecklistReport[]): string {
  const missing = reports.reduce((sum, report) => sum + missingMustHaves(report), 0);
  return missing === 0 ? "" : l10n.t("must-have items missing: {0}", missing);
}

function stateText(status: StatusParams, reports: readonly ChecklistReport[]): string {
  if (status.state === "warming-up") return l10n.t("Stack Coach is warming up");
  if (status.state === "scanning") return l10n.t("Stack Coach is checking the workspace");
  if (status.problem) return l10n.t("Stack Coach needs attention");
  return stackText(reports, l10n) ?? l10n.t("Stack Coach");
}

function timeText(milliseconds: number | undefined, slow: boolean): string {
  if (milliseconds === undefined) return "";
  const time = milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
  return slow
    ? l10n.t("last analysis {0} ms, over its budget of {1} ms", time, BUDGET_MS)
    : l10n.t("last analysis {0} ms", time);
}

function nextStep(status: StatusParams, reports: readonly ChecklistReport[]): Command {
  if (status.state === "scanning") return { command: COMMANDS.cancelScan, title: l10n.t("Cancel") };
  if (status.problem) return { command: COMMANDS.showEffectiveConfig, title: l10n.t("Show Configuration") };
  return reports.length > 0 ? checklistCommand() : logCommand();
}

const checklistCommand = (): Command => ({
  command: COMMANDS.openChecklist,
  title: l10n.t("Open Checklist"),
});
const logCommand = (): Command => ({ command: COMMANDS.showLog, title: l10n.t("Show Log") });
const restartCommand = (): Command => ({ command: COMMANDS.restartServer, title: l10n.t("Restart Server") });
