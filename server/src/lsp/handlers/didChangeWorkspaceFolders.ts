/** workspace/didChangeWorkspaceFolders: roots came or went, and with them configuration. */

import type { WorkspaceFoldersChangeEvent } from "vscode-languageserver";
import type { Session } from "../session.ts";

export function didChangeWorkspaceFolders(
  session: Session,
  { added, removed }: WorkspaceFoldersChangeEvent,
): void {
  session.folders.change(added, removed);
  session.configurationChanged();
}
