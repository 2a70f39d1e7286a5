/** Leaves of a file's findings those that stand on lines which differ from the last commit. */

import { changedLines, touches } from "../base/changed-lines.ts";
import type { Finding } from "./finding.ts";

/**
 * A flow stays where any of its steps in the file is on a changed line: it may be the change that made it.
 *
 * @param committed the text as it was committed, "" for a file that was not; null: nobody can tell, and all stay
 */
export function onChangedLines(
  findings: readonly Finding[],
  text: string,
  committed: string | null,
): readonly Finding[] {
  if (committed === null || findings.length === 0) return findings;
  const spans = changedLines(committed, text);
  const lineOf = lineFinder(text);
  return findings.filter(({ span, flow, related }) => {
    const steps = flow ? related.filter(({ path }) => path === undefined).map((step) => step.span) : [];
    return [span, ...steps].some(({ start, end }) => touches(spans, lineOf(start), lineOf(end)));
  });
}

/** Line numbers of offsets; lines end as `changedLines` ends them. */
function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
