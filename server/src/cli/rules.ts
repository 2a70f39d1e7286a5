/** The list of rules, as `stack-coach rules` prints it. */

import type { AnyRule } from "../engine/rule.ts";
import type { RulesFormat } from "./arguments.ts";

/** Rules in the order of their ids. */
export function formatRules(rules: readonly AnyRule[], format: RulesFormat): string {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  switch (format) {
    case "json":
      return `${JSON.stringify(sorted.map(entry), null, 2)}\n`;
    case "markdown":
      return markdownTable(sorted);
    case "text":
      return textTable(sorted);
  }
}

/** What scripts may read of a rule. */
function entry(rule: AnyRule): Record<string, unknown> {
  return {
    id: rule.id,
    title: rule.title,
    section: rule.section,
    level: rule.level,
    severity: rule.severity,
    confidence: rule.confidence,
    cwe: rule.cwe,
    equivalents: rule.equivalents,
    fix: rule.fix,
    guide: rule.guide,
    offIn: rule.contexts?.offIn ?? [],
  };
}

const COLUMNS = ["Rule", "Severity", "Level", "Section", "Fix", "What it finds"] as const;

function cells(rule: AnyRule): readonly string[] {
  return [rule.id, rule.severity, rule.level, rule.section, rule.fix === "none" ? "" : rule.fix, rule.title];
}

function markdownTable(rules: readonly AnyRule[]): string {
  const row = (values: readonly string[]): string =>
    `| ${values.map((value) => value.replaceAll("|", "\\|")).join(" | ")} |`;
  const body = rules.map((rule) => row([`\`${rule.id}\``, ...cells(rule).slice(1)]));
  return `${[row(COLUMNS), row(COLUMNS.map(() => "---")), ...body].join("\n")}\n`;
}

function textTable(rules: readonly AnyRule[]): string {
  const rows = rules.map(cells);
  const widths = COLUMNS.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n${rules.length} rules\n`;
}
