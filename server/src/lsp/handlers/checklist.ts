/** stackCoach/checklist and stackCoach/checklistText: the checklists of the workspace's projects. */

import type { CancellationToken } from "vscode-languageserver";
import { formatChecklist } from "../../engine/checklist/format.ts";
import type {
  ChecklistParams,
  ChecklistResult,
  ChecklistTextParams,
  ChecklistTextResult,
} from "../../protocol/checklist.ts";
import type { Session } from "../session.ts";

export const NO_REPORTS: ChecklistResult = { reports: [] };

export async function checklist(
  { checklists }: Session,
  params: ChecklistParams | null,
  token: CancellationToken,
): Promise<ChecklistResult> {
  return { reports: await checklists.reports(params ?? {}, token) };
}

export const NO_TEXT: ChecklistTextResult = { text: "" };

export async function checklistText(
  { checklists }: Session,
  { format, ...params }: ChecklistTextParams,
  token: CancellationToken,
): Promise<ChecklistTextResult> {
  return { text: formatChecklist(await checklists.reports(params, token), format) };
}
