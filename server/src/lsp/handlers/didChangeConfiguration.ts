/** workspace/didChangeConfiguration: settings of the editor have changed. */

import type { DidChangeConfigurationParams } from "vscode-languageserver";
import type { Session } from "../session.ts";

export function didChangeConfiguration(session: Session, params: DidChangeConfigurationParams | null): void {
  session.settings.changed(params?.settings);
  session.configurationChanged();
}
