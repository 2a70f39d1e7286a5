/** The guide as a tree: pages, below them what the workspace has to do with the page, and its topics. */

import type { Localizer, TreeNode } from "../tree/node.ts";
import type { GuidePage, GuideTopic } from "./contents.ts";

/** A finding, or an item of the checklist, that belongs to a page. */
export interface PageFact {
  readonly kind: "finding" | "item";
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: { readonly id: string; readonly color?: string };
  readonly spoken: string;
  readonly action: NonNullable<TreeNode["action"]>;
}

export interface GuideTree {
  readonly pages: readonly GuidePage[];
  readonly topics: (page: string) => Promise<readonly GuideTopic[]>;
  readonly facts: (page: string) => readonly PageFact[];
  /** False for pages about the work of other roles: those stand folded at the end. */
  readonly isForRole: (page: string) => boolean;
  readonly openGuide: string;
  readonly l10n: Localizer;
}

/** A page with much to do would push its topics off the screen: the rest is in Problems and the checklist. */
const MAX_FACTS = 12;

export function guideNodes(tree: GuideTree): readonly TreeNode[] {
  const isOwn = ({ page }: GuidePage): boolean => tree.isForRole(page) || tree.facts(page).length > 0;
  const own = tree.pages.filter(isOwn);
  const others = tree.pages.filter((page) => !isOwn(page));
  if (others.length === 0) return pageNodes(own, tree);
  const label = tree.l10n.t("For other roles");
  const folded = { id: "others", label, icon: { id: "library" }, children: pageNodes(others, tree) };
  return [...pageNodes(own, tree), folded];
}

function pageNodes(pages: readonly GuidePage[], tree: GuideTree): readonly TreeNode[] {
  return pages.map(({ title, page }) => {
    const facts = tree.facts(page);
    const count = countText(facts, tree.l10n);
    return {
      id: page,
      label: title,
      icon: { id: "book" },
      kind: "page",
      subject: page,
      ...(count === "" ? {} : { description: count }),
      spoken: count === "" ? title : `${title}, ${count}`,
      children: async () => [...workspaceNode(page, facts, tree.l10n), ...(await topicNodes(page, tree))],
    };
  });
}

function workspaceNode(page: string, facts: readonly PageFact[], l10n: Localizer): readonly TreeNode[] {
  if (facts.length === 0) return [];
  const shown = facts.slice(0, MAX_FACTS).map((fact) => factNode(page, fact));
  const rest = facts.length - shown.length;
  const more =
    rest > 0
      ? [{ id: `${page}/workspace/more`, label: l10n.t("and {0} more", rest), icon: { id: "ellipsis" } }]
      : [];
  const label = l10n.t("In this workspace");
  return [
    {
      id: `${page}/workspace`,
      label,
      description: countText(facts, l10n),
      spoken: `${label}, ${countText(facts, l10n)}`,
      icon: { id: "folder-opened" },
      children: [...shown, ...more],
      expanded: true,
    },
  ];
}

function factNode(page: string, { kind, id, label, description, icon, spoken, action }: PageFact): TreeNode {
  return { id: `${page}/workspace/${kind}/${id}`, label, description, icon, spoken, action, kind };
}

async function topicNodes(page: string, { topics, openGuide }: GuideTree): Promise<readonly TreeNode[]> {
  return (await topics(page)).map(({ title, anchor }) => ({
    id: `${page}#${anchor}`,
    label: title,
    icon: { id: "symbol-text" },
    kind: "topic",
    subject: `${page}#${anchor}`,
    action: { command: openGuide, args: [`${page}#${anchor}`] },
  }));
}

function countText(facts: readonly PageFact[], l10n: Localizer): string {
  const findings = facts.filter(({ kind }) => kind === "finding").length;
  const items = facts.length - findings;
  return [
    ...(findings > 0 ? [l10n.t("findings: {0}", findings)] : []),
    ...(items > 0 ? [l10n.t("to do: {0}", items)] : []),
  ].join(", ");
}
