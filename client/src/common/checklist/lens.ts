/** Which items of a checklist are shown: those of the chosen levels, of the project's role, and that apply. */

import type {
  ChecklistItem,
  ChecklistReport,
  ProjectRole,
} from "../../../../server/src/protocol/checklist.ts";
import type { ChecklistLevel } from "../../../../server/src/protocol/settings.ts";

export interface Lens {
  readonly levels: readonly ChecklistLevel[];
  readonly hideNotApplicable: boolean;
}

const LEVEL_OF = { "must-have": "must", differentiator: "diff", senior: "senior" } as const;

/** The roles whose items count: the chosen one, else those that the project shows; none means all. */
export function rolesOf({ role }: ChecklistReport): readonly ProjectRole[] {
  if (role.chosen !== null) return [role.chosen];
  return [role.primary, role.secondary].filter((each) => each !== null);
}

export function shownItems(report: ChecklistReport, lens: Lens): readonly ChecklistItem[] {
  const roles = rolesOf(report);
  return report.items.filter((item) => isShown(item, roles, lens));
}

function isShown(item: ChecklistItem, roles: readonly ProjectRole[], lens: Lens): boolean {
  if (!lens.levels.includes(LEVEL_OF[item.level])) return false;
  // What a person set by hand is never hidden: it could not be found again.
  if (item.override !== null) return true;
  if (lens.hideNotApplicable && item.state === "not-applicable") return false;
  const isGuarded = item.level === "must-have" && (item.section === "security" || item.section === "secrets");
  return isGuarded || roles.length === 0 || roles.some((role) => item.roles.includes(role));
}
