/** The guide in the side bar: its pages and topics, with the findings and checklist items of this workspace. */

import { commands, Disposable, type ExtensionContext, l10n, languages } from "vscode";
import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import { type CatalogRule, readCatalog } from "../catalog.ts";
import { rolesOf, shownItems } from "../checklist/lens.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { isShort, stateIcon, stateWord } from "../checklist/words.ts";
import { COMMANDS, VIEWS } from "../commands.ts";
import { findingFacts } from "../guide/findings.ts";
import { guideNodes, type PageFact } from "../guide/nodes.ts";
import { isForRoles } from "../guide/roles.ts";
import { soon } from "../soon.ts";
import { createNodeView } from "../tree/view.ts";
import { readLens } from "./checklist-tree.ts";
import type { Guide } from "./guide.ts";

/** Findings change with every keystroke; a tree that follows them that fast cannot be read. */
const REFRESH_MS = 500;

export function registerGuideTree(
  context: ExtensionContext,
  guide: Guide,
  store: ChecklistStore,
): Disposable {
  let catalog: Promise<readonly CatalogRule[]> | undefined;
  const node = createNodeView(VIEWS.guide, async () => {
    catalog ??= readCatalog(context);
    const reports = store.reports() ?? [];
    const items = itemFacts(reports);
    const roles = reports.flatMap(rolesOf);
    const findings = findingFacts(languages.getDiagnostics(), await catalog, COMMANDS.openLocation);
    return guideNodes({
      pages: await guide.pages(),
      topics: guide.topics,
      facts: (page) => [...(findings.get(page) ?? []), ...(items.get(page) ?? [])],
      isForRole: (page) => isForRoles(page, roles),
      openGuide: COMMANDS.openGuide,
      l10n,
    });
  });
  const refresh = soon(REFRESH_MS, () => {
    if (node.view.visible) node.refresh();
  });
  return Disposable.from(
    node,
    refresh,
    languages.onDidChangeDiagnostics(() => refresh.run()),
    store.onDidChange(() => refresh.run()),
    node.view.onDidChangeVisibility(({ visible }) => visible && node.refresh()),
    commands.registerCommand(COMMANDS.openGuidePage, (page: { readonly subject?: unknown } | undefined) => {
      if (typeof page?.subject === "string") return guide.open(page.subject);
    }),
  );
}

/** The items that are short, by the page that explains them; a click shows the item in the checklist. */
function itemFacts(reports: readonly ChecklistReport[]): ReadonlyMap<string, readonly PageFact[]> {
  const found = new Map<string, PageFact[]>();
  for (const report of reports) {
    for (const item of shownItems(report, readLens()).filter(isShort)) {
      const page = item.guide.split("#", 1)[0] ?? "";
      const state = stateWord(item.state, l10n);
      const fact: PageFact = {
        kind: "item",
        id: `${report.root}/${item.id}`,
        label: item.title,
        description: state,
        icon: stateIcon(item.state),
        spoken: `${item.title}, ${state}`,
        action: { command: COMMANDS.showItem, args: [report.root, item.id] },
      };
      found.set(page, [...(found.get(page) ?? []), fact]);
    }
  }
  return found;
}
