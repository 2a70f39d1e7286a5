/** A rule's documentation as Markdown: why, the bad and the good way, when it is fine. */

import type { AnyRule } from "../engine/rule.ts";

/** Why, how to fix and when it is fine; the title is left to whoever shows it. */
export function explanationMarkdown({ docs }: AnyRule): string {
  const parts = [docs.why.trim(), labelled("Instead of", docs.bad), labelled("write", docs.good)];
  if (docs.whenFine.trim() !== "") parts.push(`**When it is fine:** ${docs.whenFine.trim()}`);
  return parts.join("\n\n");
}

/** What a hover shows of a rule. @param footer a last line of links, or null. */
export function hoverMarkdown(rule: AnyRule, footer: string | null): string {
  const text = `**${rule.title}** \`${rule.id}\`\n\n${explanationMarkdown(rule)}`;
  return footer === null ? text : `${text}\n\n${footer}`;
}

/** The same for clients that show no Markdown: marks and fences taken away. */
export function hoverText(rule: AnyRule): string {
  return hoverMarkdown(rule, null)
    .replace(/^`{3,}.*\n?/gm, "")
    .replace(/\*\*/g, "");
}

function labelled(label: string, code: string): string {
  return `${label}\n\n${fenced(code)}`;
}

/** A fence longer than any run of backticks in the code. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}python\n${code.replace(/\s+$/, "")}\n${fence}`;
}
