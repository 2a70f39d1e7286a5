/** A rule explained on the terminal: why it exists, how to fix what it finds, and when that is fine. */

import type { AnyRule } from "../engine/rule.ts";
import type { Style } from "./style.ts";

const WIDTH = 88;

export function formatExplanation(rule: AnyRule, style: Style): string {
  const { docs } = rule;
  const section = (title: string, body: string): string => `${style("bold", title)}\n\n${body}`;
  const parts = [
    `${style("bold", rule.title)}\n${style("dim", facts(rule))}`,
    section("Why", wrapText(docs.why)),
    section("Avoid", indent(docs.bad)),
    section("Write", indent(docs.good)),
    ...Object.entries(docs.frameworks ?? {}).map(([name, fix]) => section(`In ${name}`, wrapText(fix))),
    section("When it is fine", wrapText(docs.whenFine)),
    ...(docs.references.length === 0 ? [] : [section("Read more", docs.references.join("\n"))]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** One line of metadata. */
function facts(rule: AnyRule): string {
  const others = Object.entries(rule.equivalents).flatMap(([tool, codes]) =>
    codes === undefined || codes.length === 0 ? [] : [`${tool} ${codes.join(", ")}`],
  );
  return [
    rule.id,
    `${rule.severity}, ${rule.confidence} confidence`,
    rule.level,
    rule.section,
    ...rule.cwe.map((id) => `CWE-${id}`),
    ...(rule.fix === "none" ? [] : [`${rule.fix} fix`]),
    ...(others.length === 0 ? [] : [`also ${others.join("; ")}`]),
  ].join(" | ");
}

/** Fits prose to the terminal: lines of a paragraph are joined and broken anew; code and list items stand alone. */
function wrapText(text: string): string {
  const blocks: { text: string; readonly fixed: boolean }[] = [];
  let fenced = false;
  for (const line of text.trim().split("\n")) {
    const fence = line.trimStart().startsWith("```");
    if (fence) fenced = !fenced;
    const last = blocks.at(-1);
    const fixed = fence || fenced || line.trim() === "" || line.startsWith("    ");
    const joins = last !== undefined && !last.fixed && !fixed && !/^\s*(?:[-*]|\d+[.)])\s/.test(line);
    if (joins) last.text += ` ${line.trim()}`;
    else blocks.push({ text: line, fixed });
  }
  return blocks.map((block) => (block.fixed ? block.text : wrapLine(block.text))).join("\n");
}

function wrapLine(line: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current].join("\n");
}

function indent(code: string): string {
  return code
    .trim()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}
