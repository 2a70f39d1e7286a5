/** A checklist in one sentence: what its must-have items say. */

import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import type { Localizer } from "../tree/node.ts";
import { type Lens, rolesOf, shownItems } from "./lens.ts";
import { roleWord } from "./words.ts";

const MUST: Lens = { levels: ["must"], hideNotApplicable: true };

/** How many must-have items are missing, of those that the project's role is asked for. */
export function missingMustHaves(report: ChecklistReport): number {
  return shownItems(report, MUST).filter(({ state }) => state === "missing").length;
}

/** `Must-have: 12 proven, 4 partly, 6 missing`; while code is still read, that. */
export function summaryText(report: ChecklistReport, l10n: Localizer): string {
  if (!report.complete) return l10n.t("Still reading the code: some items cannot be told yet.");
  const items = shownItems(report, MUST);
  const count = (wanted: string): number => items.filter(({ state }) => state === wanted).length;
  return l10n.t(
    "Must-have: {0} proven, {1} partly, {2} missing",
    count("proven"),
    count("partly"),
    count("missing"),
  );
}

/** `Stack: Backend`, `Stack: Backend, Data`; null where no role is known. */
export function stackText(reports: readonly ChecklistReport[], l10n: Localizer): string | null {
  const roles = [...new Set(reports.flatMap((report) => rolesOf(report).slice(0, 1)))];
  return roles.length === 0
    ? null
    : l10n.t("Stack: {0}", roles.map((role) => roleWord(role, l10n)).join(", "));
}
