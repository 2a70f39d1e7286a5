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

/** Breaks paragraphs at words; fenced code and lists stay as they are. */
function wrapText(text: string): string {
  let fenced = false;
  return text
    .trim()
    .split("\n")
    .flatMap((line) => {
      if (line.trimStart().startsWith("```")) fenced = !fenced;
      return fenced || line.startsWith("    ") ? [line] : wrapLine(line);
    })
    .join("\n");
}

function wrapLine(line: string): readonly string[] {
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
  return [...lines, current];
}

function indent(code: string): string {
  return code
    .trim()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}
