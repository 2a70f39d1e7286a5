/** The checklist by sections of the guide: the role, then a group a section with its items and findings. */

import {
  CHECKLIST_SECTIONS,
  type ChecklistItem,
  type ChecklistReport,
  type FindingCounts,
  type RoleReason,
} from "../../../../server/src/protocol/checklist.ts";
import type { Localizer } from "../tree/node.ts";
import { type ChecklistNode, itemNode, type NodeContext } from "./item-nodes.ts";
import { type Lens, shownItems } from "./lens.ts";
import { roleWord } from "./words.ts";

export interface SectionContext extends NodeContext {
  readonly lens: Lens;
  /** The title of a section: that of its page in the guide. */
  readonly sectionTitle: (section: string) => string;
}

export function sectionNodes(report: ChecklistReport, context: SectionContext): readonly ChecklistNode[] {
  const items = shownItems(report, context.lens);
  const groups = CHECKLIST_SECTIONS.map((section) => ({
    section,
    items: items.filter((item) => item.section === section),
  })).filter(({ items }) => items.length > 0);
  return [roleNode(report, context), ...groups.map((group) => groupNode(report, group, context))];
}

interface Group {
  readonly section: string;
  readonly items: readonly ChecklistItem[];
}

function groupNode(
  report: ChecklistReport,
  { section, items }: Group,
  context: SectionContext,
): ChecklistNode {
  const { l10n } = context;
  const id = `${report.root}/section/${section}`;
  const label = context.sectionTitle(section);
  const proven = items.filter(({ state }) => state === "proven" || state === "not-applicable").length;
  const description = l10n.t("{0} of {1}", proven, items.length);
  const findings = findingsNode(id, report, section, context);
  return {
    id,
    label,
    description,
    spoken: l10n.t("{0}, {1} of {2} items proven", label, proven, items.length),
    kind: "section",
    subject: { kind: "section", root: report.root, section },
    children: [...findings, ...items.map((item) => itemNode(id, report.root, item, context))],
  };
}

/** How many findings the section's rules have in this project, and the way to them. */
function findingsNode(
  parent: string,
  report: ChecklistReport,
  section: string,
  { l10n, showFindings }: SectionContext,
): readonly ChecklistNode[] {
  const counts = report.findings[section];
  const text = counts === undefined ? "" : countsText(counts, l10n);
  if (text === "") return [];
  const label = l10n.t("Findings");
  return [
    {
      id: `${parent}/findings`,
      label,
      description: text,
      icon: { id: "search-view-icon" },
      spoken: `${label}: ${text}`,
      kind: "findings",
      action: { command: showFindings, args: [section] },
    },
  ];
}

function countsText({ error, warning, information, hint }: FindingCounts, l10n: Localizer): string {
  return [
    ...(error > 0 ? [l10n.t("errors: {0}", error)] : []),
    ...(warning > 0 ? [l10n.t("warnings: {0}", warning)] : []),
    ...(information + hint > 0 ? [l10n.t("hints: {0}", information + hint)] : []),
  ].join(", ");
}

function roleNode(report: ChecklistReport, context: SectionContext): ChecklistNode {
  const { l10n } = context;
  const { chosen, primary, secondary, reasons } = report.role;
  const main = chosen ?? primary;
  const label = main === null ? l10n.t("Role: not sure yet") : l10n.t("Role: {0}", roleWord(main, l10n));
  const description =
    chosen !== null
      ? l10n.t("chosen")
      : secondary !== null
        ? l10n.t("and {0}, as the files show", roleWord(secondary, l10n))
        : main === null
          ? l10n.t("all items are shown")
          : l10n.t("as the files show");
  const id = `${report.root}/role`;
  return {
    id,
    label,
    description,
    icon: { id: "account" },
    spoken: `${label}, ${description}`,
    kind: chosen === null ? "role" : "role chosen",
    subject: { kind: "role", root: report.root },
    children: reasons.map((reason, at) => reasonNode(`${id}/${at}`, reason, context)),
  };
}

function reasonNode(id: string, reason: RoleReason, context: SectionContext): ChecklistNode {
  const { text, role, weight, uri, range } = reason;
  const { l10n } = context;
  const counts = l10n.t("{0} +{1}", roleWord(role, l10n), weight);
  const place = uri === null ? "" : context.placeText(uri);
  return {
    id,
    label: text,
    description: [counts, place].filter(Boolean).join(" · "),
    spoken: [text, counts, place].filter(Boolean).join(", "),
    icon: { id: "arrow-small-right" },
    ...(uri === null ? {} : { action: { command: context.openLocation, args: [uri, range] } }),
  };
}
