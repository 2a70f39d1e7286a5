/** Steps through the way of untrusted data in the editor, and shows what a hostile value would make of the text. */

import {
  commands,
  Disposable,
  l10n,
  type QuickPickItem,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FLOW_PATH_REQUEST,
  type FlowPath,
  type FlowPathParams,
  type FlowStep,
} from "../../../../server/src/protocol/flowPath.ts";
import { COMMANDS } from "../commands.ts";
import type { Guide } from "./guide.ts";
import { rangeOf } from "./locations.ts";

export function registerShowPath(client: BaseLanguageClient, guide: Guide): Disposable {
  return Disposable.from(
    commands.registerCommand(COMMANDS.showPath, async () => {
      const found = await pathAtCursor(client);
      if (found !== null) await stepThrough(found.path, found.editor);
    }),
    commands.registerCommand(COMMANDS.seeItBreak, async () => {
      const path = (await pathAtCursor(client))?.path;
      if (path === undefined) return;
      if (path.breakage === null) {
        window.setStatusBarMessage(l10n.t("There is no text of yours to put a sample into"), 5_000);
        return;
      }
      await guide.show(
        `${path.ruleId}-sample`,
        `# ${l10n.t("See it break")}\n\n${path.message}\n\n${path.breakage}\n`,
      );
    }),
  );
}

interface Found {
  readonly path: FlowPath;
  readonly editor: TextEditor;
}

/** Null, after a word about it, where no way ends at the cursor. */
async function pathAtCursor(client: BaseLanguageClient): Promise<Found | null> {
  const editor = window.activeTextEditor;
  if (!editor) return null;
  const params: FlowPathParams = {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: client.code2ProtocolConverter.asPosition(editor.selection.active),
  };
  const path = await client.sendRequest<FlowPath | null>(FLOW_PATH_REQUEST, params);
  if (path !== null && path.steps.length > 0) return { path, editor };
  window.setStatusBarMessage(l10n.t("No path of untrusted data ends at the cursor"), 5_000);
  return null;
}

interface StepItem extends QuickPickItem {
  readonly step: FlowStep;
}

/** A list of the steps: the editor follows the arrow keys; Enter stays there, Escape goes back. */
async function stepThrough({ message, steps }: FlowPath, origin: TextEditor): Promise<void> {
  const { document, selection } = origin;
  const pick = window.createQuickPick<StepItem>();
  pick.title = message;
  pick.placeholder = l10n.t("Arrow keys step along the path, Enter stays there, Escape goes back");
  pick.items = steps.map((step, i) => itemOf(step, i, steps.length));
  pick.matchOnDescription = true;
  const accepted = await new Promise<boolean>((resolve) => {
    pick.onDidChangeActive(([item]) => void (item && show(item.step, true)));
    pick.onDidAccept(() => resolve(true));
    pick.onDidHide(() => resolve(false));
    pick.show();
  });
  const [chosen] = pick.activeItems;
  pick.dispose();
  if (accepted && chosen) await show(chosen.step, false);
  else await window.showTextDocument(document, { selection, viewColumn: origin.viewColumn ?? -1 });
}

function itemOf(step: FlowStep, index: number, count: number): StepItem {
  const role = index === 0 ? l10n.t("source") : index === count - 1 ? l10n.t("sink") : "";
  const file = workspace.asRelativePath(Uri.parse(step.uri));
  return {
    step,
    label: `${index + 1}. ${step.text}`,
    description: role,
    detail: `${file}:${step.range.start.line + 1}`,
  };
}

async function show(step: FlowStep, preserveFocus: boolean): Promise<void> {
  const range = rangeOf(step.range);
  const editor = await window.showTextDocument(Uri.parse(step.uri), { preserveFocus, preview: true });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
