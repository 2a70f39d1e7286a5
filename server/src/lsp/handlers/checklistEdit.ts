/** stackCoach/checklistEdit and stackCoach/checklistShare: edits that the client previews and applies. */

import { editOf, shareMarks, toEdit } from "../../engine/checklist/edits.ts";
import { offeredActions } from "../../engine/checklist/report.ts";
import type { ChecklistEdit, ChecklistEditParams, ChecklistShareParams } from "../../protocol/checklist.ts";
import { uriOf } from "../paths.ts";
import type { Session } from "../session.ts";

export const NO_EDIT: ChecklistEdit = { title: "", files: [], problem: "The edit could not be made." };

export async function checklistEdit(session: Session, params: ChecklistEditParams): Promise<ChecklistEdit> {
  const project = await session.checklists.stackOf(params.root);
  const check = session.checks.find(({ id }) => id === params.itemId);
  if (project === null || check === undefined)
    return { ...NO_EDIT, problem: "There is no such project or item." };
  const { stack, folder, root } = project;
  const read = (path: string) => readText(session, `${folder.path}/${path}`);
  const context = { stack, read, inRoot: (name: string) => (root === "" ? name : `${root}/${name}`) };
  return editOf(offeredActions(check, stack)[params.action], context, (path) =>
    uriOf(`${folder.path}/${path}`),
  );
}

export async function checklistShare(session: Session, params: ChecklistShareParams): Promise<ChecklistEdit> {
  const project = await session.checklists.stackOf(params.root);
  if (project === null) return { ...NO_EDIT, problem: "There is no such project." };
  const { folder, root } = project;
  const path = `${root === "" ? "" : `${root}/`}.vscode/stack-coach.json`;
  const before = await readText(session, `${folder.path}/${path}`);
  const plan = shareMarks(before, params.marks, path);
  return toEdit("Share the checklist with the team", plan, (one) => uriOf(`${folder.path}/${one}`));
}

async function readText({ host }: Session, path: string): Promise<string | null> {
  const bytes = await host.readFile(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
