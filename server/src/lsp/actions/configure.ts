/** Code actions that configure a rule: its severity in the editor, or off for the whole project. */

import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CONFIGURE_RULE_COMMAND } from "../../protocol/messages.ts";
import { workspaceEdit } from "../edits.ts";
import { parentOf, uriOf } from "../paths.ts";
import { configureRule } from "../pyproject.ts";
import type { Session } from "../session.ts";
import { type ActionData, quickFix, type Target } from "./common.ts";

/** The command asks for the severity and where it is to hold; only our client has it. */
export function severityActions(target: Target): readonly CodeAction[] {
  if (!target.session.links.command) return [];
  const title = `Configure the severity of ${target.rule.id}`;
  const command = { title, command: CONFIGURE_RULE_COMMAND, arguments: [target.rule.id] };
  return [{ ...quickFix(title, target), command }];
}

export async function turnOffActions(target: Target): Promise<readonly CodeAction[]> {
  const { session, file, rule } = target;
  const action = quickFix(`Turn off ${rule.id} for this project`, target);
  if (session.folders.of(file.path) === null) return [];
  if (session.traits.resolvesEdits) {
    const data: ActionData = { kind: "turnOff", uri: file.uri, ruleId: rule.id };
    return [{ ...action, data }];
  }
  const edit = await turnOffEdit(session, file.path, rule.id);
  return edit === null ? [] : [{ ...action, edit }];
}

/** The edit of the nearest `pyproject.toml`, or of a new one at the top of the workspace folder. */
export async function turnOffEdit(
  session: Session,
  path: string,
  ruleId: string,
): Promise<WorkspaceEdit | null> {
  const folder = session.folders.of(path);
  if (folder === null) return null;
  const { path: target, text } = await nearestManifest(session, path, folder.path);
  const change = configureRule(text ?? "", ruleId, "off");
  if (change === null) return null;
  const document = TextDocument.create("", "toml", 0, text ?? "");
  const range = { start: document.positionAt(change.start), end: document.positionAt(change.end) };
  const edits = [{ range, newText: change.text }];
  const documents = [{ uri: uriOf(target), version: null, edits, create: text === null }];
  return workspaceEdit(session.traits, documents, {
    label: `Turn off ${ruleId}`,
    description: "For everybody who works on this project: in pyproject.toml.",
  });
}

async function nearestManifest(
  { host }: Session,
  path: string,
  root: string,
): Promise<{ readonly path: string; readonly text: string | null }> {
  for (let folder = parentOf(path); folder.length >= root.length; folder = parentOf(folder)) {
    const bytes = await host.readFile(`${folder}/pyproject.toml`);
    if (bytes !== null) return { path: `${folder}/pyproject.toml`, text: new TextDecoder().decode(bytes) };
  }
  return { path: `${root}/pyproject.toml`, text: null };
}
