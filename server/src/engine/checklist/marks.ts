/** Marks that people set: their own, and those of the team in `.vscode/stack-coach.json`. */

import { isTable } from "../../base/toml.ts";
import type {
  ChecklistMarks,
  ItemOverride,
  ItemState,
  ManualTick,
  StateOverride,
} from "../../protocol/checklist.ts";
import type { Verdict } from "../check.ts";

export const NO_MARKS: ChecklistMarks = { manual: {}, overrides: {} };

/** The marks in the parsed team file; what has another shape is passed over. */
export function readMarks(data: unknown): ChecklistMarks {
  if (!isTable(data)) return NO_MARKS;
  const manual = Object.entries(isTable(data.manual) ? data.manual : {}).flatMap(
    ([id, value]): [string, ManualTick][] =>
      isTable(value) && typeof value.checked === "boolean"
        ? [[id, { checked: value.checked, note: text(value.note), date: text(value.date) }]]
        : [],
  );
  const overrides = Object.entries(isTable(data.overrides) ? data.overrides : {}).flatMap(
    ([id, value]): [string, StateOverride][] =>
      isTable(value) && isSettable(value.state)
        ? [[id, { state: value.state, note: text(value.note), date: text(value.date) }]]
        : [],
  );
  return { manual: Object.fromEntries(manual), overrides: Object.fromEntries(overrides) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isSettable(value: unknown): value is StateOverride["state"] {
  return value === "proven" || value === "partly" || value === "missing" || value === "n/a";
}

/** What a person says about an item, or null; a person's own mark counts before the team's. */
export function overrideOf(
  id: string,
  verdict: Verdict,
  manual: boolean,
  own: ChecklistMarks,
  team: ChecklistMarks,
): ItemOverride | null {
  for (const [from, marks] of [
    ["own", own],
    ["team", team],
  ] as const) {
    const tick = marks.manual[id];
    if (manual && tick?.checked === true) {
      return {
        state: "proven",
        note: tick.note,
        date: tick.date,
        from,
        found: verdict.state,
        conflicts: false,
      };
    }
    const override = marks.overrides[id];
    if (override === undefined) continue;
    const state: ItemState = override.state === "n/a" ? "not-applicable" : override.state;
    return {
      ...{ state, note: override.note, date: override.date ?? "", from, found: verdict.state },
      conflicts: contradicts(state, verdict.state),
    };
  }
  return null;
}

/** What the files show speaks against the mark: they prove the opposite, not merely less. */
function contradicts(state: ItemState, found: ItemState): boolean {
  if (state === found || found === "cannot-tell" || found === "manual") return false;
  if (state === "proven") return found === "missing" || found === "partly";
  if (state === "partly") return found === "missing";
  return found === "proven" || found === "partly" || (state === "missing" && found === "not-applicable");
}
