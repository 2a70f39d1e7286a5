/** A source line with a stretch of it underlined, as terminals show it. */

import { eastAsianWidth } from "get-east-asian-width";

/** Longer lines are cut around the stretch. */
const MAX_WIDTH = 120;
/** What stays visible before the stretch where a line is cut. */
const LEAD = 30;

export interface Underlined {
  readonly source: string;
  readonly marks: string;
}

/**
 * @param line the text of the line, without its end
 * @param start offset of the stretch in the line, UTF-16 units
 * @param end where it ends; past the line's end for a stretch that goes on below
 */
export function underline(line: string, start: number, end: number): Underlined {
  const last = Math.max(start, Math.min(end, line.trimEnd().length));
  const from = line.length > MAX_WIDTH && start > LEAD * 2 ? start - LEAD : 0;
  const to = line.length - from > MAX_WIDTH ? from + MAX_WIDTH : line.length;
  const lead = from > 0 ? "…" : "";
  const source = `${lead}${printable(line.slice(from, to))}${to < line.length ? "…" : ""}`;
  const before = `${lead}${printable(line.slice(from, Math.min(start, to)))}`;
  const marked = printable(line.slice(start, Math.min(last, to)));
  return { source, marks: " ".repeat(width(before)) + "^".repeat(Math.max(1, width(marked))) };
}

/** Tabs become spaces, so that marks stand where they should; other control characters must not reach a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced here
  return text.replaceAll("\t", "    ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}

/** Columns of a terminal that a text takes: wide characters two, combining ones none. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (!/^\p{Mark}$/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return columns;
}
