/** The ledger of suppressions in words: what each comment does, why, since when. */

import type { SuppressionEntry } from "../../../../server/src/protocol/suppressions.ts";
import type { Localizer } from "../tree/node.ts";

export interface LedgerLine {
  readonly entry: SuppressionEntry;
  /** Relative path and line. */
  readonly place: string;
  /** `YYYY-MM-DD` of the commit that the line is from; null where nobody can tell. */
  readonly since: string | null;
}

/** Stale ones first, then those without a reason, then the oldest. */
export function sortLedger(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const rank = ({ entry }: LedgerLine): number => (entry.state === "stale" ? 0 : entry.reason === "" ? 1 : 2);
  return [...lines].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.since ?? "9999").localeCompare(b.since ?? "9999") ||
      a.place.localeCompare(b.place),
  );
}

/** What a comment does now. */
export function effectText({ state, silences, until }: SuppressionEntry, l10n: Localizer): string {
  const end = until === null ? "" : l10n.t("until {0}", until);
  const effect =
    state === "used"
      ? l10n.t("silences {0}", silences.join(", "))
      : state === "stale"
        ? l10n.t("stale: it silences nothing")
        : l10n.t("for another tool");
  return [effect, end].filter(Boolean).join(", ");
}

export function reasonText({ reason, codes }: SuppressionEntry, l10n: Localizer): string {
  if (reason !== "") return reason;
  return codes === null ? l10n.t("blanket, no reason given") : l10n.t("no reason given");
}

/** The ledger as a table, for a review or an issue. */
export function ledgerMarkdown(lines: readonly LedgerLine[], l10n: Localizer): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const rows = lines.map(({ entry, place, since }) =>
    [
      place,
      `\`${entry.text.replaceAll("`", "'")}\``,
      effectText(entry, l10n),
      reasonText(entry, l10n),
      since ?? "",
    ].map(cell),
  );
  const head = [l10n.t("Place"), l10n.t("Comment"), l10n.t("Effect"), l10n.t("Reason"), l10n.t("Since")];
  const stale = lines.filter(({ entry }) => entry.state === "stale").length;
  return [
    `# ${l10n.t("Suppressions")}`,
    "",
    l10n.t("{0} comments silence advice; {1} of them silence nothing any more.", lines.length, stale),
    "",
    `| ${head.join(" | ")} |`,
    "|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}

/** The date of each line (from 1) in the output of `git blame`; lines that are not committed have none. */
export function blameDates(output: string): ReadonlyMap<number, string> {
  const dates = new Map<number, string>();
  for (const line of output.split("\n")) {
    const match = /^\^?([0-9a-f]+) .*?\(.*?(\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2} [+-]\d{4} +(\d+)\)/.exec(
      line,
    );
    if (match === null || /^0+$/.test(match[1] ?? "")) continue;
    dates.set(Number(match[3]), match[2] ?? "");
  }
  return dates;
}
