/** codeAction/resolve: makes the edit of an action that was chosen. */

import type { CodeAction } from "vscode-languageserver";
import type { ActionData } from "../actions/common.ts";
import { turnOffEdit } from "../actions/configure.ts";
import { fixAllEdit } from "../actions/fix.ts";
import type { Session } from "../session.ts";

export async function codeActionResolve(session: Session, action: CodeAction): Promise<CodeAction> {
  const data = actionData(action.data);
  const file = data === null ? undefined : session.files.get(data.uri);
  if (data === null || file === undefined) return action;
  const edit =
    data.kind === "fixAll"
      ? await fixAllEdit(session, file)
      : await turnOffEdit(session, file.path, data.ruleId);
  return edit === null ? action : { ...action, edit };
}

/** Clients send back what they got, but nothing makes sure of it. */
function actionData(data: unknown): ActionData | null {
  if (typeof data !== "object" || data === null || !("kind" in data) || !("uri" in data)) return null;
  const { kind, uri } = data;
  if (typeof uri !== "string") return null;
  if (kind === "fixAll") return { kind, uri };
  if (kind !== "turnOff" || !("ruleId" in data) || typeof data.ruleId !== "string") return null;
  return { kind, uri, ruleId: data.ruleId };
}
