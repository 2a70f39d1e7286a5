/** Finds the step of the learning path that a command is about. */

import { l10n, ThemeIcon, window } from "vscode";
import type { PathStep } from "../../../../server/src/protocol/checklist.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { stepIcon, stepWord } from "../checklist/words.ts";
import { subjectOf } from "./checklist-pick.ts";

export interface PickedStep {
  /** URI of the root. */
  readonly root: string;
  readonly step: PathStep;
}

/** @param given a step's number, a node of the tree, or anything else: then the user is asked */
export async function chosenStep(
  store: ChecklistStore,
  given: unknown,
  placeHolder: string,
): Promise<PickedStep | undefined> {
  const reports = store.reports() ?? [];
  const subject = subjectOf(given);
  const wanted = typeof given === "number" ? given : subject?.kind === "step" ? subject.step : null;
  const steps = reports.flatMap(({ root, name, path }) => path.map((step) => ({ root, name, step })));
  if (wanted !== null) {
    const root = subject?.kind === "step" ? subject.root : null;
    return steps.find((each) => each.step.n === wanted && (root === null || each.root === root));
  }
  const choices = steps.map((each) => ({
    label: l10n.t("{0}. {1}", each.step.n, each.step.title),
    description: [stepWord(each.step.state, l10n), reports.length > 1 ? each.name : ""]
      .filter(Boolean)
      .join(" · "),
    iconPath: new ThemeIcon(stepIcon(each.step.state).id),
    each,
  }));
  return (await window.showQuickPick(choices, { placeHolder, matchOnDescription: true }))?.each;
}
