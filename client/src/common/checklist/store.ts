/** The checklists of the workspace as the server last told them, asked for anew when it says that they changed. */

import { Disposable, type Event, EventEmitter, type LogOutputChannel, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_REQUEST,
  type ChecklistItem,
  type ChecklistParams,
  type ChecklistReport,
  type ChecklistResult,
} from "../../../../server/src/protocol/checklist.ts";
import { soon } from "../soon.ts";
import type { Marks } from "./marks.ts";

/** The server tells of changes file by file. */
const REFRESH_MS = 300;

export interface ChecklistStore extends Disposable {
  readonly onDidChange: Event<void>;
  /** Null until the server answered for the first time. */
  reports(): readonly ChecklistReport[] | null;
  report(root: string): ChecklistReport | undefined;
  item(root: string, itemId: string): ChecklistItem | undefined;
  /** Asks the server; resolves when its answer is there. */
  refresh(): Promise<void>;
  /** What every request about checklists carries. */
  params(): ChecklistParams;
}

export function createChecklistStore(
  client: BaseLanguageClient,
  marks: Marks,
  log: LogOutputChannel,
): ChecklistStore {
  const changed = new EventEmitter<void>();
  let reports: readonly ChecklistReport[] | null = null;
  let asked = 0;
  const params = (): ChecklistParams => {
    const role = marks.role();
    return { marks: marks.all(), ...(role === null ? {} : { role: role.value }) };
  };
  const refresh = async (): Promise<void> => {
    if (!client.isRunning()) return;
    const question = ++asked;
    try {
      const result = await client.sendRequest<ChecklistResult | null>(CHECKLIST_REQUEST, params());
      // An answer that a later question has overtaken would take the view back in time.
      if (question !== asked) return;
      reports = result?.reports ?? [];
      changed.fire();
    } catch (error) {
      log.warn(`The checklist could not be asked for: ${String(error)}`);
    }
  };
  const later = soon(REFRESH_MS, () => void refresh());
  const listeners = Disposable.from(
    changed,
    later,
    client.onNotification(CHECKLIST_CHANGED_NOTIFICATION, () => later.run()),
    client.onDidChangeState(({ newState }) => newState === State.Running && later.run()),
    workspace.onDidChangeWorkspaceFolders(() => later.run()),
    marks.onDidChange(() => void refresh()),
  );
  const report = (root: string): ChecklistReport | undefined => reports?.find((each) => each.root === root);
  return {
    onDidChange: changed.event,
    reports: () => reports,
    report,
    item: (root, itemId) => report(root)?.items.find(({ id }) => id === itemId),
    refresh,
    params,
    dispose: () => listeners.dispose(),
  };
}
