/** What can be done about an item: preview its scaffold, insert its snippet, type its command, read its guide. */

import { commands, Disposable, env, l10n, UIKind, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CHECKLIST_EDIT_REQUEST,
  type ChecklistEdit,
  type ChecklistEditParams,
  type ChecklistItem,
  type ItemAction,
} from "../../../../server/src/protocol/checklist.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { COMMANDS } from "../commands.ts";
import { applyPreviewed } from "../edits.ts";
import { chosenItem, type PickedItem } from "./checklist-pick.ts";
import type { Guide } from "./guide.ts";

export function registerChecklistActions(
  client: BaseLanguageClient,
  store: ChecklistStore,
  guide: Guide,
): Disposable {
  const withAction = (kind: ActionKind) => (item: ChecklistItem) =>
    item.state !== "proven" && actionsOf(item, kind).length > 0;
  return Disposable.from(
    commands.registerCommand(COMMANDS.scaffold, async (node: unknown) => {
      const picked = await chosenItem(
        store,
        node,
        withAction("files"),
        l10n.t("Item to preview a scaffold for"),
      );
      if (picked) await scaffold(client, picked);
    }),
    commands.registerCommand(COMMANDS.showCommand, async (node: unknown) => {
      const picked = await chosenItem(
        store,
        node,
        withAction("terminal"),
        l10n.t("Item whose command to type"),
      );
      if (picked) await typeCommand(picked);
    }),
    commands.registerCommand(COMMANDS.insertItemSnippet, async (node: unknown) => {
      const picked = await chosenItem(
        store,
        node,
        withAction("snippet"),
        l10n.t("Item whose snippet to insert"),
      );
      const action = picked && (await pickAction(actionsOf(picked.item, "snippet"), titleOf));
      if (action?.action.kind === "snippet")
        await commands.executeCommand(COMMANDS.insertSnippet, action.action.prefix);
    }),
    commands.registerCommand(COMMANDS.openItemGuide, async (node: unknown) => {
      const picked = await chosenItem(store, node, () => true, l10n.t("Item to read about"));
      if (picked) await guide.open(picked.item.guide);
    }),
  );
}

/** `files`: those that change or create files. */
type ActionKind = "files" | "terminal" | "snippet";

interface Numbered {
  readonly action: ItemAction;
  /** Index in the item's `actions`. */
  readonly at: number;
}

export function actionsOf({ actions }: ChecklistItem, wanted: ActionKind): readonly Numbered[] {
  return actions
    .map((action, at) => ({ action, at }))
    .filter(({ action: { kind } }) =>
      wanted === "files" ? kind === "scaffold" || kind === "edit" : kind === wanted,
    );
}

async function scaffold(client: BaseLanguageClient, { root, item }: PickedItem): Promise<void> {
  const chosen = await pickAction(actionsOf(item, "files"), titleOf);
  if (chosen === undefined) return;
  const params: ChecklistEditParams = { root, itemId: item.id, action: chosen.at };
  const edit = await client.sendRequest<ChecklistEdit | null>(CHECKLIST_EDIT_REQUEST, params);
  await applyPreviewed(edit);
}

/** Types the command into a terminal and stops there: whether it runs is the user's decision. */
async function typeCommand({ root, item }: PickedItem): Promise<void> {
  const chosen = await pickAction(actionsOf(item, "terminal"), titleOf);
  if (chosen?.action.kind !== "terminal") return;
  const { command } = chosen.action;
  // Without a place to run it, on the web or in a folder that nobody trusts, the command can still be copied.
  if (env.uiKind === UIKind.Web && env.remoteName === undefined) return copy(command);
  if (!workspace.isTrusted) return copy(command);
  const folder = workspace.workspaceFolders?.find(({ uri }) => root.startsWith(uri.toString()));
  const terminal = window.activeTerminal ?? window.createTerminal({ ...(folder ? { cwd: folder.uri } : {}) });
  terminal.show();
  terminal.sendText(command, false);
}

async function copy(command: string): Promise<void> {
  await env.clipboard.writeText(command);
  window.setStatusBarMessage(l10n.t("Copied: {0}", command), 5_000);
}

/** Asks only where there is a choice. */
async function pickAction(
  actions: readonly Numbered[],
  title: (action: ItemAction) => string,
): Promise<Numbered | undefined> {
  if (actions.length < 2) return actions[0];
  const choices = actions.map((numbered) => ({ label: title(numbered.action), numbered }));
  return (await window.showQuickPick(choices, { placeHolder: l10n.t("What to do") }))?.numbered;
}

export function titleOf(action: ItemAction): string {
  switch (action.kind) {
    case "scaffold":
    case "edit":
      return action.title;
    case "snippet":
      return action.prefix;
    case "terminal":
      return action.command;
  }
}
