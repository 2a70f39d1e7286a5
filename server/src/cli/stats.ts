/** Where the time of a check went, for `--stats`. */

export interface Stats {
  /** Milliseconds by phase, in the order in which the phases ran. */
  readonly phases: readonly (readonly [string, number])[];
  /** Milliseconds by rule id. */
  readonly rules: ReadonlyMap<string, number>;
  readonly files: number;
  readonly lines: number;
}

const SHOWN_RULES = 10;

export function formatStats({ phases, rules, files, lines }: Stats): string {
  const total = phases.reduce((sum, [, ms]) => sum + ms, 0);
  const row = (name: string, ms: number): string => `  ${name.padEnd(44)}${ms.toFixed(1).padStart(10)} ms`;
  const slowest = [...rules].sort((a, b) => b[1] - a[1]).slice(0, SHOWN_RULES);
  return `${[
    `${files} ${files === 1 ? "file" : "files"}, ${lines} lines`,
    ...phases.map(([name, ms]) => row(name, ms)),
    row("total", total),
    ...(slowest.length === 0 ? [] : ["slowest rules", ...slowest.map(([id, ms]) => row(id, ms))]),
  ].join("\n")}\n`;
}
