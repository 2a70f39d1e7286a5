/** Chooses the role that filters the checklist, and goes back to the one that the files show. */

import { commands, Disposable, l10n, window, workspace } from "vscode";
import { ROLES, type Role } from "../../../../server/src/protocol/settings.ts";
import { type Marks, today } from "../checklist/marks.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { roleWord } from "../checklist/words.ts";
import { COMMANDS } from "../commands.ts";

export function registerChooseRole(store: ChecklistStore, marks: Marks): Disposable {
  return Disposable.from(
    commands.registerCommand(COMMANDS.chooseRole, async (given: unknown) => {
      const role = ROLES.find((each) => each === given) ?? (await ask(store));
      if (role === undefined) return;
      await (role === "auto" ? reset(marks) : marks.chooseRole({ value: role, date: today() }));
    }),
    commands.registerCommand(COMMANDS.resetRole, () => reset(marks)),
  );
}

async function ask(store: ChecklistStore): Promise<Role | undefined> {
  const [report] = store.reports() ?? [];
  const found = report?.role.primary ?? null;
  const automatic =
    found === null
      ? l10n.t("the files do not show one yet")
      : l10n.t("the files show: {0}", roleWord(found, l10n));
  const choices = ROLES.map((role) => ({
    label: role === "auto" ? l10n.t("Automatic") : roleWord(role, l10n),
    description: role === "auto" ? automatic : role === report?.role.chosen ? l10n.t("chosen now") : "",
    role,
  }));
  const placeHolder = l10n.t("Role used to filter the checklist");
  return (await window.showQuickPick(choices, { placeHolder }))?.role;
}

/** A role that the settings choose is the settings' to change: they are opened at it. */
async function reset(marks: Marks): Promise<void> {
  await marks.chooseRole(null);
  const set = workspace.getConfiguration("stackCoach", workspace.workspaceFolders?.[0]?.uri).get("role");
  if (set !== "auto") await commands.executeCommand("workbench.action.openSettings", "stackCoach.role");
}
