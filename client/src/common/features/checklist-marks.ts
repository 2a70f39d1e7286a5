/** What people say about items themselves: ticks, overrides, notes, and steps that they finished elsewhere. */

import { commands, Disposable, l10n, window } from "vscode";
import type { ChecklistItem, StateOverride } from "../../../../server/src/protocol/checklist.ts";
import { type Marks, today } from "../checklist/marks.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { stateWord } from "../checklist/words.ts";
import { COMMANDS } from "../commands.ts";
import { chosenItem, type PickedItem } from "./checklist-pick.ts";
import { chosenStep } from "./step-pick.ts";

export function registerChecklistMarks(store: ChecklistStore, marks: Marks): Disposable {
  return Disposable.from(
    commands.registerCommand(COMMANDS.markManual, async (node: unknown) => {
      const picked = await chosenItem(store, node, ({ manual }) => manual, l10n.t("Item to tick by hand"));
      if (picked) await tick(marks, picked, picked.item.state !== "proven");
    }),
    commands.registerCommand(COMMANDS.overrideItem, async (node: unknown) => {
      const picked = await chosenItem(
        store,
        node,
        ({ manual }) => !manual,
        l10n.t("Item whose state to set"),
      );
      if (picked) await override(marks, picked);
    }),
    commands.registerCommand(COMMANDS.editNote, async (node: unknown) => {
      const has = ({ override: given }: ChecklistItem) => given?.from === "own";
      const picked = await chosenItem(store, node, has, l10n.t("Item whose note to edit"));
      if (picked) await editNote(marks, picked);
    }),
    commands.registerCommand(COMMANDS.clearMark, async (node: unknown) => {
      const has = ({ override: given }: ChecklistItem) => given?.from === "own";
      const picked = await chosenItem(store, node, has, l10n.t("Item to give back to the files"));
      if (picked) await marks.clear(picked.root, picked.item.id);
    }),
    commands.registerCommand(COMMANDS.markStepDone, async (given: unknown) => {
      const step = await chosenStep(store, given, l10n.t("Step to mark as done"));
      if (!step) return;
      const note = await askNote(l10n.t("What did you do, and where can it be seen?"), "");
      if (note !== undefined) await marks.markStep(step.root, step.step.n, { note, date: today() });
    }),
  );
}

/** @param checked true asks for a note first; no note, no tick */
export async function tick(marks: Marks, { root, item }: PickedItem, checked: boolean): Promise<void> {
  if (!checked) return marks.clear(root, item.id);
  const note = await askNote(l10n.t("What shows it? A link, a date, a name"), item.override?.note ?? "");
  if (note === undefined) return;
  await marks.tick(root, item.id, { checked: true, note, date: today() });
}

const SETTABLE = ["proven", "partly", "missing", "not-applicable"] as const;

async function override(marks: Marks, { root, item }: PickedItem): Promise<void> {
  const choices = SETTABLE.map((state) => ({
    label: stateWord(state, l10n),
    description: state === item.state ? l10n.t("as it is now") : "",
    state,
  }));
  const placeHolder = l10n.t("State of “{0}”", item.title);
  const chosen = await window.showQuickPick(choices, { placeHolder });
  if (!chosen) return;
  const note = await askNote(l10n.t("Why? The note is shown beside the item"), item.override?.note ?? "");
  if (note === undefined) return;
  const state: StateOverride["state"] = chosen.state === "not-applicable" ? "n/a" : chosen.state;
  await marks.override(root, item.id, { state, note, date: today() });
}

async function editNote(marks: Marks, { root, item }: PickedItem): Promise<void> {
  const { manual, overrides } = marks.of(root);
  const note = await askNote(l10n.t("Note on “{0}”", item.title), item.override?.note ?? "");
  if (note === undefined) return;
  const given = overrides[item.id];
  const ticked = manual[item.id];
  if (given !== undefined) await marks.override(root, item.id, { ...given, note });
  if (ticked !== undefined) await marks.tick(root, item.id, { ...ticked, note });
}

/** Undefined where the user thought better of it. A note that says nothing is none. */
function askNote(prompt: string, value: string): Thenable<string | undefined> {
  return window.showInputBox({
    prompt,
    value,
    validateInput: (text) =>
      text.trim() === "" ? l10n.t("A few words, so that others understand it later") : null,
  });
}
