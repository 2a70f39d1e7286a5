/** The words and icons of the checklist: a state is never told by its colour alone. */

import type {
  Answer,
  ChecklistItem,
  ItemLevel,
  ItemState,
  PathStep,
  ProjectRole,
} from "../../../../server/src/protocol/checklist.ts";
import type { Localizer, TreeNode } from "../tree/node.ts";

type Icon = NonNullable<TreeNode["icon"]>;

const STATE_ICONS: Readonly<Record<ItemState, Icon>> = {
  proven: { id: "pass-filled", color: "testing.iconPassed" },
  partly: { id: "color-mode", color: "list.warningForeground" },
  missing: { id: "circle-large-outline", color: "list.errorForeground" },
  "cannot-tell": { id: "question" },
  "not-applicable": { id: "circle-slash", color: "disabledForeground" },
  manual: { id: "person" },
};

export function stateIcon(state: ItemState): Icon {
  return STATE_ICONS[state];
}

export function stateWord(state: ItemState, l10n: Localizer): string {
  switch (state) {
    case "proven":
      return l10n.t("proven");
    case "partly":
      return l10n.t("partly");
    case "missing":
      return l10n.t("missing");
    case "cannot-tell":
      return l10n.t("cannot tell");
    case "not-applicable":
      return l10n.t("does not apply");
    case "manual":
      return l10n.t("tick by hand");
  }
}

export function levelWord(level: ItemLevel, l10n: Localizer): string {
  switch (level) {
    case "must-have":
      return l10n.t("must-have");
    case "differentiator":
      return l10n.t("differentiator");
    case "senior":
      return l10n.t("senior");
  }
}

export function roleWord(role: ProjectRole, l10n: Localizer): string {
  switch (role) {
    case "backend":
      return l10n.t("Backend");
    case "automation":
      return l10n.t("Automation");
    case "data":
      return l10n.t("Data");
    case "full-stack":
      return l10n.t("Full-stack");
  }
}

export function stepIcon(state: PathStep["state"]): Icon {
  if (state === "done") return STATE_ICONS.proven;
  return state === "started" ? STATE_ICONS.partly : { id: "circle-large-outline" };
}

export function stepWord(state: PathStep["state"], l10n: Localizer): string {
  switch (state) {
    case "done":
      return l10n.t("done");
    case "started":
      return l10n.t("started");
    case "open":
      return l10n.t("open");
  }
}

export function answerIcon(answer: Answer): Icon {
  if (answer === "yes") return STATE_ICONS.proven;
  if (answer === "partly") return STATE_ICONS.partly;
  return answer === "no" ? STATE_ICONS.missing : STATE_ICONS["cannot-tell"];
}

export function answerWord(answer: Answer, l10n: Localizer): string {
  switch (answer) {
    case "yes":
      return l10n.t("yes");
    case "partly":
      return l10n.t("partly");
    case "no":
      return l10n.t("no");
    case "cannot-tell":
      return l10n.t("cannot tell");
  }
}

/** True where something is left to do for an item. */
export function isShort({ state }: ChecklistItem): boolean {
  return state === "missing" || state === "partly";
}
