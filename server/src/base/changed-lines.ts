/** Which lines of a text are new or changed since an older version of it. */

/** Lines from 0, both ends included. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Differences beyond this are not looked for line by line: the whole stretch between the first and the last
 * difference counts as changed.
 */
const MAX_DIFFERENCES = 1_000;

/** In document order. Line ends and the end of the last line do not count. */
export function changedLines(before: string, after: string): readonly LineSpan[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let oldEnd = old.length;
  let nowEnd = now.length;
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  if (nowEnd === start) return [];
  const kept = commonLines(old.slice(start, oldEnd), now.slice(start, nowEnd));
  if (kept === null) return [{ first: start, last: nowEnd - 1 }];
  return spansWithout(kept, start, nowEnd);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function spansWithout(kept: ReadonlySet<number>, start: number, end: number): readonly LineSpan[] {
  const spans: LineSpan[] = [];
  for (let line = start; line < end; line++) {
    if (kept.has(line - start)) continue;
    const last = spans.at(-1);
    if (last !== undefined && last.last === line - 1) spans[spans.length - 1] = { ...last, last: line };
    else spans.push({ first: line, last: line });
  }
  return spans;
}

/** The lines of `b` that a longest common subsequence keeps (Myers); null where the two are too far apart. */
function commonLines(a: readonly string[], b: readonly string[]): ReadonlySet<number> | null {
  const limit = Math.min(a.length + b.length, MAX_DIFFERENCES);
  // For each number of differences the furthest line of `a` reached on each diagonal.
  const trace: Int32Array[] = [];
  let reached = new Int32Array(2 * limit + 3);
  const centre = limit + 1;
  for (let d = 0; d <= limit; d++) {
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(reached, centre + k - 1) < at(reached, centre + k + 1));
      let x = down ? at(reached, centre + k + 1) : at(reached, centre + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached[centre + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(trace, centre, { d, k, x });
    }
    trace.push(reached);
    reached = reached.slice();
  }
  return null;
}

interface End {
  readonly d: number;
  readonly k: number;
  readonly x: number;
}

/** Collects the lines that were kept, from the end of the way to its start. */
function walkBack(trace: readonly Int32Array[], centre: number, end: End): ReadonlySet<number> {
  const kept = new Set<number>();
  let { k, x } = end;
  for (let d = end.d; d > 0; d--) {
    const previous = trace[d - 1] as Int32Array;
    const down = k === -d || (k !== d && at(previous, centre + k - 1) < at(previous, centre + k + 1));
    const before = down ? k + 1 : k - 1;
    const from = at(previous, centre + before);
    const entered = down ? from : from + 1;
    for (; x > entered; x--) kept.add(x - 1 - k);
    k = before;
    x = from;
  }
  for (; x > 0; x--) kept.add(x - 1 - k);
  return kept;
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** True where a stretch of lines touches one of the spans. */
export function touches(spans: readonly LineSpan[], first: number, last: number): boolean {
  return spans.some((span) => span.first <= last && first <= span.last);
}
