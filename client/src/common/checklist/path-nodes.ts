/** The checklist as a learning path: twelve steps with their conditions, then the seven practical questions. */

import type {
  ChecklistItem,
  ChecklistReport,
  PathStep,
  QuestionAnswer,
} from "../../../../server/src/protocol/checklist.ts";
import { type ChecklistNode, itemNode, type NodeContext } from "./item-nodes.ts";
import { answerIcon, answerWord, stepIcon, stepWord } from "./words.ts";

export interface PathContext extends NodeContext {
  /** Steps that the user marked as done, with their notes, by number. */
  readonly marked: (root: string, step: number) => { readonly note: string; readonly date: string } | null;
}

export function pathNodes(report: ChecklistReport, context: PathContext): readonly ChecklistNode[] {
  const items = new Map(report.items.map((item) => [item.id, item]));
  return [
    ...report.path.map((step) => stepNode(report, step, items, context)),
    questionsNode(report, items, context),
  ];
}

type Items = ReadonlyMap<string, ChecklistItem>;

function stepNode(
  report: ChecklistReport,
  step: PathStep,
  items: Items,
  context: PathContext,
): ChecklistNode {
  const { l10n } = context;
  const id = `${report.root}/step/${step.n}`;
  const mark = context.marked(report.root, step.n);
  const state = mark === null ? step.state : "done";
  const label = l10n.t("{0}. {1}", step.n, step.title);
  const met = step.conditions.filter((condition) => condition.met).length;
  const count = l10n.t("{0} of {1}", met, step.conditions.length);
  const word = stepWord(state, l10n);
  const note = mark === null ? "" : l10n.t("marked by you on {0}: {1}", mark.date, mark.note);
  return {
    id,
    label,
    description: [word, count, note].filter(Boolean).join(" · "),
    icon: stepIcon(state),
    spoken: [label, word, l10n.t("{0} of {1} conditions met", met, step.conditions.length), note]
      .filter(Boolean)
      .join(", "),
    kind: "step",
    subject: { kind: "step", root: report.root, step: step.n },
    expanded: report.nextStep?.step === step.n,
    children: [
      ...step.conditions.flatMap(({ itemIds }) =>
        known(itemIds, items).map((item) => child(id, report, item, context)),
      ),
      ...alsoNode(id, report, step, items, context),
    ],
  };
}

function alsoNode(
  parent: string,
  report: ChecklistReport,
  { alsoShown }: PathStep,
  items: Items,
  context: PathContext,
): readonly ChecklistNode[] {
  const also = known(alsoShown, items).filter(({ state }) => state !== "not-applicable");
  if (also.length === 0) return [];
  const id = `${parent}/also`;
  return [
    {
      id,
      label: context.l10n.t("Also worth having"),
      icon: { id: "add" },
      children: also.map((item) => child(id, report, item, context)),
    },
  ];
}

function questionsNode(report: ChecklistReport, items: Items, context: PathContext): ChecklistNode {
  const { l10n } = context;
  const id = `${report.root}/questions`;
  const yes = report.questions.filter(({ answer }) => answer === "yes").length;
  return {
    id,
    label: l10n.t("Seven questions"),
    description: l10n.t("yes to {0} of {1}", yes, report.questions.length),
    icon: { id: "comment-discussion" },
    kind: "questions",
    children: report.questions.map((question) => questionNode(id, report, question, items, context)),
  };
}

function questionNode(
  parent: string,
  report: ChecklistReport,
  question: QuestionAnswer,
  items: Items,
  context: PathContext,
): ChecklistNode {
  const { l10n } = context;
  const id = `${parent}/${question.id}`;
  const answer = answerWord(question.answer, l10n);
  const decided = items.get(question.decidedBy ?? "");
  const because = decided === undefined ? "" : l10n.t("because of: {0}", decided.title);
  return {
    id,
    label: question.question,
    description: [answer, because].filter(Boolean).join(" · "),
    icon: answerIcon(question.answer),
    spoken: [question.question, answer, because].filter(Boolean).join(", "),
    kind: "question",
    children: known([...question.core, ...question.supporting], items).map((item) =>
      child(id, report, item, context),
    ),
  };
}

function child(
  parent: string,
  { root }: ChecklistReport,
  item: ChecklistItem,
  context: PathContext,
): ChecklistNode {
  return itemNode(parent, root, item, context);
}

function known(ids: readonly string[], items: Items): readonly ChecklistItem[] {
  return ids.flatMap((id) => items.get(id) ?? []);
}
