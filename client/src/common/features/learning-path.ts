/** The learning path's commands, and the context keys that complete the walkthrough's steps. */

import { commands, Disposable, l10n, ThemeIcon, window } from "vscode";
import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import { rolesOf } from "../checklist/lens.ts";
import type { Marks } from "../checklist/marks.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { COMMANDS, CONTEXT_KEYS, WALKTHROUGH } from "../commands.ts";
import { actionsOf, titleOf } from "./checklist-actions.ts";
import type { ChecklistTree } from "./checklist-tree.ts";
import { chosenStep } from "./step-pick.ts";

export function registerLearningPath(store: ChecklistStore, marks: Marks, tree: ChecklistTree): Disposable {
  const setKeys = keySetter(store, marks);
  setKeys();
  return Disposable.from(
    store.onDidChange(setKeys),
    marks.onDidChange(setKeys),
    commands.registerCommand(COMMANDS.nextStep, () => showNextStep(store, tree)),
    commands.registerCommand(COMMANDS.showStep, async (given: unknown) => {
      const step = await chosenStep(store, given, l10n.t("Step of the learning path"));
      if (step) await tree.reveal("path", `${step.root}/step/${step.step.n}`);
      else if (typeof given === "number") await commands.executeCommand(COMMANDS.openChecklist);
    }),
    commands.registerCommand(COMMANDS.answerQuestions, async () => {
      const [report] = store.reports() ?? [];
      if (report) await tree.reveal("path", `${report.root}/questions`);
    }),
    commands.registerCommand(COMMANDS.openWalkthrough, () =>
      commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false),
    ),
  );
}

/** Sets only what changed: each key wakes every `when` clause of the window. */
function keySetter(store: ChecklistStore, marks: Marks): () => void {
  const known = new Map<string, unknown>();
  return () => {
    for (const [key, value] of keysOf(store.reports(), marks)) {
      if (known.get(key) === value) continue;
      known.set(key, value);
      void commands.executeCommand("setContext", key, value);
    }
  };
}

function keysOf(
  reports: readonly ChecklistReport[] | null,
  marks: Marks,
): readonly (readonly [string, unknown])[] {
  const roles = new Set((reports ?? []).flatMap(rolesOf));
  const isDone = (n: number): boolean =>
    reports !== null &&
    reports.length > 0 &&
    reports.every(
      ({ root, path }) =>
        marks.step(root, n) !== null || path.some((step) => step.n === n && step.state === "done"),
    );
  return [
    [CONTEXT_KEYS.projects, reports === null ? "reading" : reports.length === 0 ? "none" : "found"],
    [CONTEXT_KEYS.roleOverridden, (reports ?? []).some(({ role }) => role.chosen !== null)],
    ...(["backend", "automation", "data", "full-stack"] as const).map(
      (role) => [`${CONTEXT_KEYS.role}.${role}`, roles.has(role)] as const,
    ),
    ...Array.from(
      { length: 12 },
      (_, at) => [`${CONTEXT_KEYS.step}.${at + 1}.done`, isDone(at + 1)] as const,
    ),
  ];
}

/** One suggestion, with what can be done about it. */
async function showNextStep(store: ChecklistStore, tree: ChecklistTree): Promise<void> {
  const report = (store.reports() ?? []).find(({ nextStep }) => nextStep !== null);
  const next = report?.nextStep;
  const item = report && next && store.item(report.root, next.itemId);
  if (!report || !next || !item) {
    const done = store.reports()?.every(({ complete }) => complete) === true;
    void window.showInformationMessage(
      done
        ? l10n.t("Nothing that the checklist can see is left to do on the learning path.")
        : l10n.t("The project is still being read; ask again in a moment."),
    );
    return;
  }
  const step = report.path.find(({ n }) => n === next.step);
  const node = { subject: { kind: "item", root: report.root, itemId: item.id } };
  const run = (command: string) => () => commands.executeCommand(command, node);
  const choices = [
    ...actionsOf(item, "files")
      .slice(0, 1)
      .map(({ action }) => ({ label: titleOf(action), icon: "diff", do: run(COMMANDS.scaffold) })),
    ...actionsOf(item, "snippet")
      .slice(0, 1)
      .map(({ action }) => ({
        label: l10n.t("Insert the snippet {0}", titleOf(action)),
        icon: "symbol-snippet",
        do: run(COMMANDS.insertItemSnippet),
      })),
    ...actionsOf(item, "terminal")
      .slice(0, 1)
      .map(({ action }) => ({
        label: l10n.t("Type into the terminal: {0}", titleOf(action)),
        icon: "terminal",
        do: run(COMMANDS.showCommand),
      })),
    { label: l10n.t("Read about it in the guide"), icon: "book", do: run(COMMANDS.openItemGuide) },
    {
      label: l10n.t("Show it in the learning path"),
      icon: "checklist",
      do: () => tree.reveal("path", `${report.root}/step/${next.step}/${item.id}`),
    },
  ].map(({ icon, ...choice }) => ({ ...choice, iconPath: new ThemeIcon(icon) }));
  const picked = await window.showQuickPick(choices, {
    title: l10n.t("Next best step: {0} (step {1}, {2})", item.title, next.step, step?.title ?? ""),
    placeHolder: next.reason,
  });
  await picked?.do();
}
