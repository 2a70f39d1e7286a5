/** Statistics, and the table that a benchmark ends in. */

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The nearest-rank percentile. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** One line of the result. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** What the product promises; left out where it promises nothing. */
  readonly goal?: { readonly text: string; readonly met: boolean };
}

/** A row with a limit: `value` must not be above it. */
export function limited(what: string, value: number, limit: number, format: (value: number) => string): Row {
  return { what, value: format(value), goal: { text: `at most ${format(limit)}`, met: value <= limit } };
}

export const ms = (value: number): string => `${value.toFixed(1)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} x`;
export const megabytes = (value: number): string => `${value.toFixed(0)} MB`;

/** Every goal beside what was measured, under the title of the part that measured it. */
export function formatGoals(parts: readonly (readonly [title: string, rows: readonly Row[]])[]): string {
  const goals = parts.flatMap(([title, rows]) =>
    rows.flatMap(({ what, value, goal }) =>
      goal === undefined
        ? []
        : [[`${title}: ${what}`, value, goal.text, goal.met ? "ok" : "MISSED"] as const],
    ),
  );
  if (goals.length === 0) return "";
  const head = ["Goal", "measured", "promised", ""] as const;
  const widths = head.map((_, column) =>
    Math.max(...[head, ...goals].map((row) => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(head), rule, ...goals.map(line), ""].join("\n");
}

export function formatTable(title: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ what, value, goal }) => {
    const verdict = goal === undefined ? "" : `   ${goal.met ? "ok" : "MISSED"} (${goal.text})`;
    return `  ${what.padEnd(width)}  ${value.padStart(12)}${verdict}`;
  });
  return `${title}\n${lines.join("\n")}\n`;
}
