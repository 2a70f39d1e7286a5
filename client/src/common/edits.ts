/** Applies edits that the server made, after the editor has shown what they change and the user has said yes. */

import { l10n, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, window, workspace } from "vscode";
import type { ChecklistEdit } from "../../../server/src/protocol/checklist.ts";
import { rangeOf } from "./features/locations.ts";

/**
 * The editor's own preview shows each change as a diff, with a box to untick it.
 * @returns true where it was applied
 */
export async function applyPreviewed(edit: ChecklistEdit | null): Promise<boolean> {
  if (edit === null || edit.problem !== null || edit.files.length === 0) {
    const why = edit?.problem ?? l10n.t("There is nothing to change.");
    // The user asked for an edit and gets none: that has to be said.
    void window.showInformationMessage(why);
    return false;
  }
  return workspace.applyEdit(toWorkspaceEdit(edit), { isRefactoring: true });
}

function toWorkspaceEdit({ title, files }: ChecklistEdit): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const metadata: WorkspaceEditEntryMetadata = { needsConfirmation: true, label: title };
  for (const { uri, create, edits } of files) {
    const target = Uri.parse(uri, true);
    // An empty file and an insertion: of contents that a file is created with, the preview shows nothing.
    if (create) edit.createFile(target, { ignoreIfExists: true }, metadata);
    for (const { range, text } of edits) edit.replace(target, rangeOf(range), text, metadata);
  }
  return edit;
}
