/** A checklist as text: for terminals, as Markdown, as JSON. The editor's report and the command line print the same. */

import type {
  ChecklistFormat,
  ChecklistItem,
  ChecklistReport,
  Evidence,
  ItemState,
} from "../../protocol/checklist.ts";

/** How each state is written. */
export const STATE_WORDS: Readonly<Record<ItemState, string>> = {
  proven: "proven",
  partly: "partly",
  missing: "missing",
  "cannot-tell": "cannot tell",
  "not-applicable": "not applicable",
  manual: "by hand",
};
const SIGNS: Readonly<Record<ItemState, string>> = {
  proven: "✓",
  partly: "◐",
  missing: "✗",
  "cannot-tell": "?",
  "not-applicable": "–",
  manual: "☐",
};

/** Paints a piece of text; plain where there is no terminal. */
export type Paint = (kind: "bold" | "dim" | "red" | "yellow" | "cyan", text: string) => string;
const PLAIN: Paint = (_kind, text) => text;

export function formatChecklist(
  reports: readonly ChecklistReport[],
  format: ChecklistFormat,
  paint: Paint = PLAIN,
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ version: 1, reports }, null, 2)}\n`;
    case "markdown":
      return reports.map(toMarkdown).join("\n");
    case "text":
      return reports.map((report) => toText(report, paint)).join("\n");
  }
}

/** The items that the report's role asks for; all of them where no role is known. */
export function shownItems({ items, role }: ChecklistReport): readonly ChecklistItem[] {
  const own = role.chosen ?? role.primary;
  const second = role.chosen === null ? role.secondary : null;
  return items.filter(
    ({ roles, section, level }) =>
      own === null ||
      roles.includes(own) ||
      (second !== null && roles.includes(second)) ||
      // No role hides what protects people.
      (level === "must-have" && (section === "security" || section === "secrets")),
  );
}

/** The items of each section, in the tree's order; what does not apply left out. */
function bySection(report: ChecklistReport): readonly (readonly [string, readonly ChecklistItem[]])[] {
  const applying = shownItems(report).filter(({ state }) => state !== "not-applicable");
  const sections = [...new Set(applying.map(({ section }) => section))];
  return sections.map((section) => [section, applying.filter((item) => item.section === section)] as const);
}

/** `app/main.py:12`, relative to the root. */
function placeOf({ uri, range }: Evidence, root: string): string | null {
  if (uri === null || range === null) return null;
  const path = uri.startsWith(`${root}/`) ? uri.slice(root.length + 1) : (uri.split("/").at(-1) ?? uri);
  return `${decodeURIComponent(path)}:${range.start.line + 1}`;
}

function summary(report: ChecklistReport): string {
  const counts = new Map<ItemState, number>();
  for (const { state } of shownItems(report)) counts.set(state, (counts.get(state) ?? 0) + 1);
  const said = (["proven", "partly", "missing", "cannot-tell", "manual"] as const).flatMap((state) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[state]}`];
  });
  return said.join(", ");
}

function roleLine({ role }: ChecklistReport): string {
  if (role.chosen !== null) return `Role: ${role.chosen} (chosen)`;
  if (role.primary === null) return "Role: not sure yet";
  return `Role: ${role.primary}${role.secondary === null ? "" : `, then ${role.secondary}`}`;
}

function toText(report: ChecklistReport, paint: Paint): string {
  const lines = [paint("bold", report.name), `${roleLine(report)}. ${summary(report)}.`];
  for (const [section, items] of bySection(report)) {
    lines.push("", paint("bold", section));
    for (const item of items) lines.push(...itemText(item, report, paint));
  }
  lines.push("", paint("bold", "Learning path"));
  for (const { n, title, state } of report.path)
    lines.push(`  ${String(n).padStart(2)} ${state.padEnd(8)}${title}`);
  lines.push("", paint("bold", "Questions"));
  for (const { question, answer, decidedBy } of report.questions) {
    lines.push(`  ${question} ${answer.replace("-", " ")}${decidedBy === null ? "" : ` (${decidedBy})`}`);
  }
  if (report.nextStep !== null) lines.push("", `Next: ${report.nextStep.itemId}. ${report.nextStep.reason}`);
  if (report.unread.length > 0) {
    lines.push("", paint("bold", "Not read"));
    for (const { uri, reason } of report.unread)
      lines.push(`  ${uri.slice(report.root.length + 1)}: ${reason}`);
  }
  return `${lines.join("\n")}\n`;
}

function itemText(item: ChecklistItem, { root }: ChecklistReport, paint: Paint): readonly string[] {
  const colour = item.state === "missing" ? "red" : item.state === "partly" ? "yellow" : "cyan";
  const head = `  ${paint(colour, `${SIGNS[item.state]} ${STATE_WORDS[item.state].padEnd(12)}`)}${item.title} ${paint("dim", item.id)}`;
  if (item.state === "proven") return [head];
  const short = item.evidence.filter(({ ok }) => !ok);
  const shown =
    short.length === 0 ? [`      ${item.reason}`] : short.map((one) => evidenceText(one, root, paint));
  return [head, ...shown];
}

function evidenceText(evidence: Evidence, root: string, paint: Paint): string {
  const place = placeOf(evidence, root);
  return `      ${evidence.text}${place === null ? "" : ` ${paint("dim", place)}`}`;
}

function toMarkdown(report: ChecklistReport): string {
  const parts = [`# Stack checklist: ${escaped(report.name)}`, `${roleLine(report)}. ${summary(report)}.`];
  for (const [section, items] of bySection(report)) {
    const rows = items.map((item) => {
      const place = item.evidence.map((one) => placeOf(one, report.root)).find((one) => one !== null);
      const where = place === undefined ? "" : ` \`${place.replaceAll("|", "\\|")}\``;
      const note =
        item.override === null ? "" : ` (set by ${item.override.from === "own" ? "you" : "the team"})`;
      return `| ${SIGNS[item.state]} ${STATE_WORDS[item.state]}${note} | ${escaped(item.title)} | ${escaped(item.reason)}${where} |`;
    });
    parts.push(`## ${section}`, ["| State | Item | Why |", "|---|---|---|", ...rows].join("\n"));
  }
  parts.push(
    "## Learning path",
    report.path.map(({ n, title, state }) => `${n}. ${escaped(title)}: ${state}`).join("\n"),
    "## Questions",
    report.questions
      .map(
        ({ question, answer, decidedBy }) =>
          `- ${question} **${answer.replace("-", " ")}**${decidedBy === null ? "" : ` (\`${decidedBy}\`)`}`,
      )
      .join("\n"),
  );
  if (report.nextStep !== null)
    parts.push(`Next: \`${report.nextStep.itemId}\`. ${escaped(report.nextStep.reason)}`);
  return `${parts.join("\n\n")}\n`;
}

/** Text that Markdown shows as it is, also in a table. */
function escaped(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, (sign) => (sign === "`" ? sign : `\\${sign}`)).replace(/\s+/g, " ");
}
