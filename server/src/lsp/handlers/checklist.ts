/** stackCoach/checklist: the checklists of the workspace's projects. */

import type { CancellationToken } from "vscode-languageserver";
import type { ChecklistParams, ChecklistResult } from "../../protocol/checklist.ts";
import type { Session } from "../session.ts";

export const NO_REPORTS: ChecklistResult = { reports: [] };

export async function checklist(
  { checklists }: Session,
  params: ChecklistParams | null,
  token: CancellationToken,
): Promise<ChecklistResult> {
  return { reports: await checklists.reports(params ?? {}, token) };
}
