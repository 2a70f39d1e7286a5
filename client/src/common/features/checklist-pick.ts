/** Finds the item that a command is about: the node that was clicked, else the one that the user picks from a list. */

import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { ChecklistItem } from "../../../../server/src/protocol/checklist.ts";
import type { Subject } from "../checklist/item-nodes.ts";
import { shownItems } from "../checklist/lens.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { levelWord, stateIcon, stateWord } from "../checklist/words.ts";
import { readLens } from "./checklist-tree.ts";

export interface PickedItem {
  /** URI of the root. */
  readonly root: string;
  readonly item: ChecklistItem;
}

interface Choice extends QuickPickItem {
  readonly target?: PickedItem;
}

/**
 * @param node what the menu of a tree handed over, or an item's id; anything else means that the user is asked
 * @param fits which items the command can do something for
 */
export async function chosenItem(
  store: ChecklistStore,
  node: unknown,
  fits: (item: ChecklistItem) => boolean,
  placeHolder: string,
): Promise<PickedItem | undefined> {
  const subject = subjectOf(node);
  if (subject?.kind === "item") {
    const item = store.item(subject.root, subject.itemId);
    return item && { root: subject.root, item };
  }
  const named = typeof node === "string" ? itemNamed(store, node) : undefined;
  if (named !== undefined && fits(named.item)) return named;
  const choices = choicesOf(store, fits);
  if (choices.length === 0) {
    window.setStatusBarMessage(l10n.t("The checklist has no item for this"), 5_000);
    return undefined;
  }
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(choices, options))?.target;
}

/** The walkthrough names items by their id: the first project that has it is meant. */
function itemNamed(store: ChecklistStore, itemId: string): PickedItem | undefined {
  for (const { root, items } of store.reports() ?? []) {
    const item = items.find(({ id }) => id === itemId);
    if (item !== undefined) return { root, item };
  }
  return undefined;
}

/** What a node is about: `TreeNode.subject`, as menus hand it over. */
export function subjectOf(node: unknown): Subject | undefined {
  const { subject } = (node ?? {}) as { readonly subject?: Subject };
  return subject;
}

function choicesOf(store: ChecklistStore, fits: (item: ChecklistItem) => boolean): readonly Choice[] {
  const reports = store.reports() ?? [];
  const lens = { ...readLens(), hideNotApplicable: true };
  return reports.flatMap((report) => {
    const items = shownItems(report, lens).filter(fits);
    if (items.length === 0) return [];
    const heading: Choice[] =
      reports.length > 1 ? [{ label: report.name, kind: QuickPickItemKind.Separator }] : [];
    return [...heading, ...items.map((item) => choiceOf(report.root, item))];
  });
}

function choiceOf(root: string, item: ChecklistItem): Choice {
  return {
    label: item.title,
    description: `${stateWord(item.state, l10n)} · ${levelWord(item.level, l10n)}`,
    detail: item.why,
    iconPath: new ThemeIcon(stateIcon(item.state).id),
    target: { root, item },
  };
}
