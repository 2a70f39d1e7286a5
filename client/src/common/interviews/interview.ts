/** A short interview that ends in a recommendation: questions and options are data, the weighing is here. */

import type { Localizer } from "../tree/node.ts";

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly strength: string;
  /** What choosing it costs: there is always something. */
  readonly cost: string;
  /** `page#anchor`. */
  readonly guide: string;
}

export interface Answer {
  readonly label: string;
  readonly detail?: string;
  /** Why the answer speaks for or against options; shown in the recommendation. */
  readonly because: string;
  /** By option: 1 to 3 speak for it, below zero against it. What is not named is not touched. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface Question {
  readonly text: string;
  readonly answers: readonly Answer[];
}

export interface Interview {
  readonly title: string;
  readonly questions: readonly Question[];
  readonly options: readonly Option[];
  /** `page#anchor`: the table that compares all of them. */
  readonly guide: string;
}

export interface Recommendation {
  readonly option: Option;
  readonly reasons: readonly string[];
  readonly against: readonly string[];
  /** The next best, with the answers that speak for it. */
  readonly second: { readonly option: Option; readonly reasons: readonly string[]; readonly tied: boolean };
}

/** The option with the highest sum; of equals, the one that stands first in the list. */
export function recommend({ options }: Interview, answers: readonly Answer[]): Recommendation {
  const score = ({ id }: Option): number => answers.reduce((sum, { weights }) => sum + (weights[id] ?? 0), 0);
  const [first, second] = [...options].sort((a, b) => score(b) - score(a));
  if (first === undefined || second === undefined) throw new Error("an interview needs two options");
  return {
    option: first,
    reasons: speaking(answers, first, 1),
    against: speaking(answers, first, -1),
    second: { option: second, reasons: speaking(answers, second, 1), tied: score(first) === score(second) },
  };
}

/** The reasons of the answers that weigh for (1) or against (-1) an option, the weightiest first. */
function speaking(answers: readonly Answer[], { id }: Option, sign: 1 | -1): readonly string[] {
  return answers
    .map(({ because, weights }) => ({ because, weight: (weights[id] ?? 0) * sign }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ because }) => because);
}

/** The recommendation as a page: reasons, what it costs, when the other one is the better choice. */
export function recommendationPage(
  interview: Interview,
  { option, reasons, against, second }: Recommendation,
  l10n: Localizer,
): string {
  const list = (items: readonly string[]): string => items.map((each) => `- ${each}`).join("\n");
  const parts = [
    `# ${l10n.t("{0}: {1}", interview.title, option.name)}`,
    option.strength,
    ...(reasons.length > 0 ? [`## ${l10n.t("Why")}`, list(reasons)] : []),
    `## ${l10n.t("What it costs")}`,
    list([option.cost, ...against]),
    `## ${l10n.t("When {0} is the better choice", second.option.name)}`,
    ...(second.tied
      ? [l10n.t("Your answers speak for both alike. What your team knows should decide.")]
      : []),
    second.option.strength,
    ...(second.reasons.length > 0 ? [l10n.t("From your answers:"), list(second.reasons)] : []),
    `## ${l10n.t("All options")}`,
    table(interview, l10n),
    `[${l10n.t("Compare them in the guide")}](${pageLink(interview.guide)})`,
    l10n.t("Write the decision down, with its reasons: the next person will ask."),
  ];
  return `${parts.join("\n\n")}\n`;
}

function table({ options }: Interview, l10n: Localizer): string {
  const rows = options.map(
    ({ name, strength, cost, guide }) => `| [${name}](${pageLink(guide)}) | ${strength} | ${cost} |`,
  );
  return [
    `| ${l10n.t("Option")} | ${l10n.t("Good at")} | ${l10n.t("Costs")} |`,
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

/** From the root of the guide: the page itself stands in a folder of its own. */
function pageLink(guide: string): string {
  const [page = "", anchor = ""] = guide.split("#");
  return `/${page}.md${anchor === "" ? "" : `#${anchor}`}`;
}
