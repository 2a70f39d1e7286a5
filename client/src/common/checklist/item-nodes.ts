/** One item of the checklist as a node: its state as icon and word, its evidence as places to go to. */

import type { ChecklistItem, Evidence, ItemOverride } from "../../../../server/src/protocol/checklist.ts";
import type { Localizer, TreeNode } from "../tree/node.ts";
import { levelWord, stateIcon, stateWord } from "./words.ts";

/** What a node of the checklist is about. */
export type Subject =
  | { readonly kind: "root"; readonly root: string }
  | { readonly kind: "role"; readonly root: string }
  | { readonly kind: "section"; readonly root: string; readonly section: string }
  | { readonly kind: "item"; readonly root: string; readonly itemId: string }
  | { readonly kind: "step"; readonly root: string; readonly step: number };

export type ChecklistNode = TreeNode<Subject>;

export interface NodeContext {
  readonly l10n: Localizer;
  /** The command that shows a place; its arguments are a URI as text and a range or null. */
  readonly openLocation: string;
  readonly showFindings: string;
  /** How a URI is shown: relative to its folder. */
  readonly placeText: (uri: string) => string;
}

/** @param parent the id of the node above: an item stands in more than one place */
export function itemNode(
  parent: string,
  root: string,
  item: ChecklistItem,
  context: NodeContext,
): ChecklistNode {
  const { l10n } = context;
  const id = `${parent}/${item.id}`;
  const state = stateWord(item.state, l10n);
  const level = levelWord(item.level, l10n);
  const byHand = item.override === null ? "" : l10n.t("set by hand");
  return {
    id,
    label: item.title,
    description: [state, byHand, item.level === "must-have" ? level : "", item.reason]
      .filter(Boolean)
      .join(" · "),
    tooltip: tooltip(item, context),
    icon: stateIcon(item.state),
    spoken: [item.title, state, byHand, level, item.reason].filter(Boolean).join(", "),
    kind: kindOf(item),
    subject: { kind: "item", root, itemId: item.id },
    ...(item.manual ? { checkbox: checkbox(item, l10n) } : {}),
    children: [
      ...(item.override === null ? [] : [overrideNode(id, item.override, l10n)]),
      ...item.evidence.map((evidence, at) => evidenceNode(`${id}/${at}`, evidence, context)),
    ],
  };
}

/** `item` and what can be done with it, so that menus offer nothing that does nothing. */
function kindOf({ actions, manual, override, state }: ChecklistItem): string {
  const open = state === "proven" ? [] : actions;
  const kinds = new Set(open.map(({ kind }) => (kind === "edit" ? "scaffold" : kind)));
  return ["item", ...kinds, manual ? "manual" : "overridable", ...(override ? ["overridden"] : [])].join(" ");
}

function checkbox({ state }: ChecklistItem, l10n: Localizer): NonNullable<ChecklistNode["checkbox"]> {
  const checked = state === "proven";
  return { checked, tooltip: checked ? l10n.t("Take the tick back") : l10n.t("Tick, with a note") };
}

function overrideNode(parent: string, override: ItemOverride, l10n: Localizer): ChecklistNode {
  const who = override.from === "team" ? l10n.t("set by the team") : l10n.t("set by you");
  const when = override.date === "" ? who : l10n.t("{0} on {1}", who, override.date);
  const label = override.note === "" ? when : l10n.t("{0}: {1}", when, override.note);
  const conflict = override.conflicts ? l10n.t("the files say: {0}", stateWord(override.found, l10n)) : "";
  return {
    id: `${parent}/override`,
    label,
    description: conflict,
    icon: override.conflicts ? { id: "warning", color: "list.warningForeground" } : { id: "note" },
    spoken: [label, conflict].filter(Boolean).join(", "),
  };
}

function evidenceNode(id: string, evidence: Evidence, context: NodeContext): ChecklistNode {
  const { text, uri, range, ok } = evidence;
  const { l10n } = context;
  const verdict = ok ? l10n.t("found") : l10n.t("short");
  const line = range === null ? "" : `:${range.start.line + 1}`;
  const place = uri === null ? "" : `${context.placeText(uri)}${line}`;
  return {
    id,
    label: text,
    description: place,
    icon: ok ? { id: "check" } : { id: "close" },
    spoken: [`${verdict}: ${text}`, place].filter(Boolean).join(", "),
    ...(uri === null ? {} : { action: { command: context.openLocation, args: [uri, range] } }),
  };
}

function tooltip(item: ChecklistItem, { l10n }: NodeContext): string {
  const state = stateWord(item.state, l10n);
  const lines = [
    `**${item.title}** (${levelWord(item.level, l10n)})`,
    l10n.t("Why: {0}", item.why),
    item.reason === "" ? state : l10n.t("{0}: {1}", state, item.reason),
  ];
  return lines.join("\n\n");
}
