/** The checklist in the side bar: by sections or as a learning path, with lenses, live as files change. */

import { commands, Disposable, l10n, Uri, window, workspace } from "vscode";
import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import { CHECKLIST_LEVELS } from "../../../../server/src/protocol/settings.ts";
import type { ChecklistNode, NodeContext, Subject } from "../checklist/item-nodes.ts";
import { type Lens, rolesOf } from "../checklist/lens.ts";
import type { Marks } from "../checklist/marks.ts";
import { pathNodes } from "../checklist/path-nodes.ts";
import { sectionNodes } from "../checklist/section-nodes.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { summaryText } from "../checklist/summary.ts";
import { levelWord, roleWord } from "../checklist/words.ts";
import { COMMANDS, CONTEXT_KEYS, VIEWS } from "../commands.ts";
import { createNodeView } from "../tree/view.ts";
import type { Guide } from "./guide.ts";

export type Arrangement = "sections" | "path";

export interface ChecklistTree extends Disposable {
  /** Shows a node, in the arrangement that has it. */
  reveal(arrangement: Arrangement, id: string): Promise<void>;
}

export function registerChecklistTree(store: ChecklistStore, marks: Marks, guide: Guide): ChecklistTree {
  let arrangement: Arrangement = "sections";
  const node = createNodeView<Subject>(VIEWS.checklist, async () => {
    const titles = new Map((await guide.pages()).map(({ page, title }) => [page, title]));
    return rootNodes(store.reports() ?? [], arrangement, marks, (page) => titles.get(page) ?? page);
  });
  const show = (): void => {
    const [only, ...more] = store.reports() ?? [];
    node.view.message = only !== undefined && more.length === 0 ? summaryText(only, l10n) : "";
    node.view.description = describe(store.reports() ?? [], readLens());
    node.refresh();
  };
  const arrange = async (wanted: Arrangement): Promise<void> => {
    if (arrangement === wanted) return;
    arrangement = wanted;
    await commands.executeCommand("setContext", CONTEXT_KEYS.arrangement, wanted);
    show();
  };
  const reveal = async (wanted: Arrangement, id: string): Promise<void> => {
    await commands.executeCommand(`${VIEWS.checklist}.focus`);
    await arrange(wanted);
    await node.reveal(id);
  };
  const registrations = Disposable.from(
    node,
    store.onDidChange(show),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("stackCoach.checklist")) show();
    }),
    commands.registerCommand(COMMANDS.openChecklist, () =>
      commands.executeCommand(`${VIEWS.checklist}.focus`),
    ),
    commands.registerCommand(COMMANDS.refreshChecklist, () => refreshWithProgress(store)),
    commands.registerCommand(COMMANDS.viewAsPath, () => arrange("path")),
    commands.registerCommand(COMMANDS.viewAsSections, () => arrange("sections")),
    commands.registerCommand(COMMANDS.filterChecklist, filterChecklist),
    commands.registerCommand(COMMANDS.showItem, async (root: string, itemId: string) => {
      const item = store.item(root, itemId);
      if (item) await reveal("sections", `${root}/section/${item.section}/${itemId}`);
    }),
    node.view.onDidChangeCheckboxState(async ({ items }) => {
      for (const [changed] of items) await commands.executeCommand(COMMANDS.markManual, changed);
      // A tick without a note is none: the box goes back.
      show();
    }),
  );
  return {
    reveal,
    dispose: () => registrations.dispose(),
  };
}

function rootNodes(
  reports: readonly ChecklistReport[],
  arrangement: Arrangement,
  marks: Marks,
  sectionTitle: (section: string) => string,
): readonly ChecklistNode[] {
  const context: NodeContext = {
    l10n,
    openLocation: COMMANDS.openLocation,
    showFindings: COMMANDS.showFindings,
    placeText: (uri) => workspace.asRelativePath(Uri.parse(uri, true)),
  };
  const lens = readLens();
  const nodesOf = (report: ChecklistReport): readonly ChecklistNode[] =>
    arrangement === "path"
      ? pathNodes(report, { ...context, marked: marks.step })
      : sectionNodes(report, { ...context, lens, sectionTitle });
  const [only, ...more] = reports;
  if (only === undefined) return [];
  if (more.length === 0) return nodesOf(only);
  return reports.map((report) => ({
    id: report.root,
    label: report.name,
    description: summaryText(report, l10n),
    spoken: `${report.name}, ${summaryText(report, l10n)}`,
    icon: { id: "root-folder" },
    kind: "root",
    subject: { kind: "root", root: report.root },
    expanded: true,
    children: nodesOf(report),
  }));
}

/** Says in the view's title what the lenses leave: "Backend · must-have". */
function describe(reports: readonly ChecklistReport[], { levels }: Lens): string {
  const roles = new Set(reports.flatMap(rolesOf));
  const names = { must: "must-have", diff: "differentiator", senior: "senior" } as const;
  const all = levels.length === CHECKLIST_LEVELS.length;
  return [
    ...(roles.size > 0 ? [[...roles].map((role) => roleWord(role, l10n)).join(", ")] : []),
    ...(all ? [] : [levels.map((level) => levelWord(names[level], l10n)).join(", ")]),
  ].join(" · ");
}

export function readLens(): Lens {
  const settings = workspace.getConfiguration("stackCoach.checklist");
  return {
    levels: settings.get("levels", CHECKLIST_LEVELS),
    hideNotApplicable: settings.get("hideNotApplicable", true),
  };
}

function refreshWithProgress(store: ChecklistStore): Thenable<void> {
  return window.withProgress({ location: { viewId: VIEWS.checklist } }, () => store.refresh());
}

/** One question for all lenses; the answer goes into the settings, where it can be found again. */
async function filterChecklist(): Promise<void> {
  const lens = readLens();
  const choices = [
    ...CHECKLIST_LEVELS.map((level) => ({
      label: levelWord(
        ({ must: "must-have", diff: "differentiator", senior: "senior" } as const)[level],
        l10n,
      ),
      value: level,
      picked: lens.levels.includes(level),
    })),
    {
      label: l10n.t("items that do not apply"),
      value: "not-applicable" as const,
      picked: !lens.hideNotApplicable,
    },
  ];
  const picked = await window.showQuickPick(choices, {
    canPickMany: true,
    title: l10n.t("Filter Checklist"),
    placeHolder: l10n.t("What the checklist shows"),
  });
  if (!picked) return;
  const values = new Set<string>(picked.map(({ value }) => value));
  const settings = workspace.getConfiguration("stackCoach.checklist");
  const levels = CHECKLIST_LEVELS.filter((level) => values.has(level));
  await settings.update("levels", levels, targetOf("levels"));
  await settings.update("hideNotApplicable", !values.has("not-applicable"), targetOf("hideNotApplicable"));
}

/** Where the value comes from now: a workspace's own value would hide one that the user writes. True: user settings. */
function targetOf(key: string): boolean {
  return workspace.getConfiguration("stackCoach.checklist").inspect(key)?.workspaceValue === undefined;
}
