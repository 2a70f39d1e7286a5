/** The command `check`: finds the files, analyses them one after the other, and collects the report. */

import { isGenerated } from "../base/generated.ts";
import { type Report, type ReportedFinding, reportFinding } from "../cli/report.ts";
import type { Stats } from "../cli/stats.ts";
import { brokenLine } from "../cli/text.ts";
import type { Engine, SourceFile } from "../engine/analyze.ts";
import type { ConfigProblem, FileConfig } from "../engine/config/types.ts";
import { type ReadableSource, readSource, type Source } from "./source.ts";
import { shownPath, type Target } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/** What a check works with. */
export interface CheckTools {
  readonly version: string;
  readonly cwd: string;
  readonly engine: Engine;
  readonly terminal: Terminal;
  /** The configuration that governs a file, the command line's own wishes included. */
  readonly configOf: (target: Target) => Promise<FileConfig>;
  /** What the engine needs to know of a file besides its text. */
  readonly sourceOf: (target: Target, notebook: boolean) => Promise<Omit<SourceFile, "text">>;
  readonly now: () => number;
}

export interface CheckResult {
  readonly report: Report;
  readonly stats: Stats;
}

/** Files that are read ahead of the one that is analysed. */
const READ_AHEAD = 8;

interface Collected {
  readonly findings: ReportedFinding[];
  readonly skipped: { path: string; reason: string }[];
  readonly broken: Report["broken"][number][];
  readonly times: Map<string, number>;
  checked: number;
  lines: number;
}

/** Analyses the targets in order. What cannot be read is said on standard error, and the others go on. */
export async function check(targets: readonly Target[], tools: CheckTools): Promise<CheckResult> {
  const started = tools.now();
  const collected: Collected = {
    findings: [],
    skipped: [],
    broken: [],
    times: new Map(),
    checked: 0,
    lines: 0,
  };
  const tellOnce = createProblemTeller(tools);
  const loading = targets.slice(0, READ_AHEAD).map((target) => load(target, tools));
  for (const [index, target] of targets.entries()) {
    const next = targets[index + READ_AHEAD];
    const loaded = await (loading[index] as Promise<Loaded>);
    if (next !== undefined) loading.push(load(next, tools));
    delete loading[index];
    tools.terminal.progress(index, targets.length, shownPath(target.path, tools.cwd));
    tellOnce(loaded.config.problems);
    await checkOne(target, loaded, tools, collected);
  }
  tools.terminal.endProgress();
  const { findings, skipped, broken, checked } = collected;
  const elapsedMs = tools.now() - started;
  const report = {
    version: tools.version,
    rules: tools.engine.rules,
    filesChecked: checked,
    findings,
    skipped,
    broken,
    elapsedMs,
  };
  return { report, stats: statsOf(collected, elapsedMs) };
}

interface Loaded {
  readonly config: FileConfig;
  /** Null for a file that is left out without a word: excluded, or generated. */
  readonly source: Source | null;
  readonly readMs: number;
}

async function load(target: Target, tools: CheckTools): Promise<Loaded> {
  const config = await tools.configOf(target);
  const started = tools.now();
  if (config.excluded !== null || !config.settings.enable) return { config, source: null, readMs: 0 };
  const source = await readSource(target.path, target.explicit ? null : config.settings.maxFileSizeKB * 1024);
  const unwanted = !target.explicit && "text" in source && isGenerated(source.text);
  return { config, source: unwanted ? null : source, readMs: tools.now() - started };
}

async function checkOne(
  target: Target,
  loaded: Loaded,
  tools: CheckTools,
  collected: Collected,
): Promise<void> {
  const { source, config } = loaded;
  const path = shownPath(target.path, tools.cwd);
  if (source === null) return;
  if ("problem" in source) {
    collected.skipped.push({ path, reason: source.problem });
    tools.terminal.err(`${path}: ${source.problem}`);
    return;
  }
  collected.checked++;
  collected.lines += countLines(source.text);
  const file = { ...(await tools.sourceOf(target, source.notebook)), text: source.text };
  analyse(file, path, source, config, tools, collected);
}

/** Parses and runs the rules, each timed. */
function analyse(
  file: SourceFile,
  path: string,
  { places }: ReadableSource,
  config: FileConfig,
  { engine, now, terminal }: CheckTools,
  collected: Collected,
): void {
  const started = now();
  const open = engine.open(file);
  const parsed = now();
  addTime(collected.times, "parse", parsed - started);
  try {
    const findings = engine.findings(open, config);
    addTime(collected.times, "analyse", now() - parsed);
    const rules = new Map(engine.rules.map((rule) => [rule.id, rule]));
    for (const finding of findings) {
      const rule = rules.get(finding.ruleId);
      if (rule !== undefined) collected.findings.push(reportFinding(finding, rule, path, places, () => null));
    }
    const [error] = open.tree.errors;
    if (error === undefined) return;
    const place = { path, ...places.locate(error.start, error.end) };
    collected.broken.push(place);
    terminal.err(brokenLine(place));
  } finally {
    engine.close(open);
  }
}

/** Says each problem of a configuration file once. */
function createProblemTeller({ terminal, cwd }: CheckTools): (problems: readonly ConfigProblem[]) => void {
  const told = new Set<string>();
  return (problems) => {
    for (const { path, line, message } of problems) {
      const text = `${shownPath(path, cwd)}:${line}: ${message}`;
      if (told.has(text)) continue;
      told.add(text);
      terminal.err(text);
    }
  };
}

function addTime(times: Map<string, number>, phase: string, ms: number): void {
  times.set(phase, (times.get(phase) ?? 0) + ms);
}

function statsOf({ times, checked, lines }: Collected, elapsedMs: number): Stats {
  const phases = [...times];
  const other = elapsedMs - phases.reduce((sum, [, ms]) => sum + ms, 0);
  return {
    phases: [...phases, ["find, read and configure", other]],
    rules: new Map(),
    files: checked,
    lines,
  };
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
