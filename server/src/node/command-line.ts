/** The commands of `stack-coach`: reads the arguments, runs the command, prints, and gives the exit code. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Host } from "../base/host.ts";
import {
  type CheckOptions,
  COMMANDS,
  type Command,
  interpretCheck,
  interpretChecklist,
  interpretRules,
  OPTIONS,
  type RawArguments,
  usage,
} from "../cli/arguments.ts";
import { formatExplanation } from "../cli/explain.ts";
import { formatGithub } from "../cli/github.ts";
import { formatJson } from "../cli/json.ts";
import { exitCode, type Report, visible } from "../cli/report.ts";
import { formatRules } from "../cli/rules.ts";
import { formatSarif } from "../cli/sarif.ts";
import { selectRules, unknownRule } from "../cli/selection.ts";
import { formatStats } from "../cli/stats.ts";
import { createStyle } from "../cli/style.ts";
import { formatText } from "../cli/text.ts";
import { timeRules } from "../cli/timing.ts";
import { createEngine } from "../engine/analyze.ts";
import type { CheckDefinition } from "../engine/check.ts";
import type { AnyRule } from "../engine/rule.ts";
import { createPythonParser } from "../syntax/parser.ts";
import { check } from "./check.ts";
import { runChecklistOf } from "./checklist.ts";
import { runEndpoints } from "./endpoints.ts";
import { createCommittedTexts } from "./git.ts";
import { createNodeHost } from "./host.ts";
import { createProject } from "./project.ts";
import { createProjects } from "./projects.ts";
import { findTargets, workingFolder } from "./targets.ts";
import { type Terminal, writeReport } from "./terminal.ts";

/** What the program is made of. */
export interface Program {
  readonly rules: readonly AnyRule[];
  readonly checks: readonly CheckDefinition[];
  /** The folder of the running script: wasm files and the manifest are found from it. */
  readonly scriptFolder: string;
  readonly terminal: Terminal;
}

export const EXIT_USAGE = 2;

/** Runs a command line. Never rejects: what goes wrong inside is one line on standard error and exit code 2. */
export async function runCommandLine(args: readonly string[], program: Program): Promise<number> {
  try {
    return await dispatch(args, program);
  } catch (error) {
    program.terminal.err(
      `stack-coach: internal error: ${error instanceof Error ? error.message : String(error)}`,
    );
    return EXIT_USAGE;
  }
}

async function dispatch(args: readonly string[], program: Program): Promise<number> {
  const { terminal } = program;
  const [first = "", ...rest] = args;
  if (first === "" || first === "--help" || first === "-h" || first === "help") {
    terminal.out(usage());
    return first === "" ? EXIT_USAGE : 0;
  }
  if (first === "--version" || first === "-V") {
    terminal.out(`stack-coach ${versionAbove(program.scriptFolder)}\n`);
    return 0;
  }
  const command = COMMANDS.find((name) => name === first);
  if (command === undefined) return refuse(terminal, `There is no command ${first}: ${COMMANDS.join(", ")}.`);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.out(usage(command));
    return 0;
  }
  const raw = parse(command, rest);
  if ("problem" in raw) return refuse(terminal, raw.problem);
  return RUNNERS[command](raw, program);
}

const RUNNERS: Readonly<Record<Command, (raw: RawArguments, program: Program) => number | Promise<number>>> =
  {
    check: runCheck,
    checklist: runChecklist,
    rules: runRules,
    explain: runExplain,
    endpoints: runMap,
  };

function refuse(terminal: Terminal, problem: string): number {
  terminal.err(`stack-coach: ${problem}`);
  return EXIT_USAGE;
}

/** Node's own parser, told the command's options; its complaints are cut to their first sentence. */
function parse(command: Command, args: readonly string[]): RawArguments | { readonly problem: string } {
  const options = Object.fromEntries(
    OPTIONS[command].map(({ name, value }) => [
      name,
      { type: value === undefined ? "boolean" : "string" } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as RawArguments["values"], positionals };
  } catch (error) {
    const [sentence = ""] = (error as Error).message.split(/\. |\n/);
    return { problem: `${sentence.replace(/\.$/, "")}.` };
  }
}

async function runCheck(raw: RawArguments, program: Program): Promise<number> {
  const interpreted = interpretCheck(raw);
  if ("problem" in interpreted) return refuse(program.terminal, interpreted.problem);
  const options = interpreted.value;
  const selected = selectRules(program.rules, options.select, options.ignore);
  if ("problem" in selected) return refuse(program.terminal, selected.problem);
  if (options.baseline !== null) program.terminal.err("stack-coach: --baseline has no effect yet.");
  return runSelected(options, selected.value, program);
}

async function runSelected(
  options: CheckOptions,
  selected: readonly AnyRule[],
  { terminal, scriptFolder }: Program,
): Promise<number> {
  const tell: Host["log"] = (level, message) => {
    if (level === "error" || level === "warning") terminal.err(message);
  };
  const host = createNodeHost({ scriptFolder, log: tell });
  const cwd = await workingFolder();
  const { files, problems } = await findTargets(options.paths, cwd, host);
  for (const { path, reason } of problems) terminal.err(`stack-coach: ${path}: ${reason}`);
  const timed = options.stats ? timeRules(selected, host.now) : { rules: selected, times: new Map() };
  const { log, now } = host;
  const parser = await createPythonParser(host.loadWasm);
  const engine = createEngine({ parser, rules: timed.rules, log, now });
  const place = createProject({ host, rules: selected, cwd, level: options.level });
  const projectOf = createProjects({ engine, host, place, targets: files });
  const committed = createCommittedTexts();
  const { report, faults, stats } = await check(files, {
    ...{ cwd, engine, terminal, now, projectOf, committedText: committed.textOf },
    ...place,
  });
  committed.dispose();
  const refused = await print(report, options, terminal, () => versionAbove(scriptFolder));
  if (options.stats) terminal.err(formatStats({ ...stats, rules: timed.times }).trimEnd());
  if (refused !== null) return refuse(terminal, refused);
  return problems.length + faults > 0
    ? EXIT_USAGE
    : exitCode(report.findings, options.failLevel, options.exitZero);
}

/** Prints the report, or writes it to a file; a sentence where that fails. */
async function print(
  report: Report,
  options: CheckOptions,
  terminal: Terminal,
  version: () => string,
): Promise<string | null> {
  const shown = visible(report, options.minSeverity);
  const style = options.output === null ? terminal.style : createStyle(false);
  const text = {
    text: () => formatText(shown, report.findings.length - shown.findings.length, style),
    json: () => formatJson(shown, version()),
    sarif: () => formatSarif(shown, version(), digest),
    github: () => formatGithub(shown),
  }[options.format]();
  if (options.output !== null) return writeReport(options.output, text);
  terminal.out(text);
  return null;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

async function runChecklist(raw: RawArguments, program: Program): Promise<number> {
  const interpreted = interpretChecklist(raw);
  if ("problem" in interpreted) return refuse(program.terminal, interpreted.problem);
  const result = await runChecklistOf(interpreted.value, program);
  return typeof result === "number" ? result : refuse(program.terminal, result.problem);
}

function runRules(raw: RawArguments, { rules, terminal }: Program): number {
  const format = interpretRules(raw);
  if ("problem" in format) return refuse(terminal, format.problem);
  terminal.out(formatRules(rules, format.value));
  return 0;
}

function runExplain({ positionals }: RawArguments, { rules, terminal }: Program): number {
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) return refuse(terminal, "explain takes the id of one rule.");
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) return refuse(terminal, unknownRule(rules, id));
  terminal.out(formatExplanation(rule, terminal.style));
  return 0;
}

async function runMap(raw: RawArguments, program: Program): Promise<number> {
  const result = await runEndpoints(raw, program);
  return typeof result === "string" ? refuse(program.terminal, result) : result;
}

/** The version in the manifest that the script belongs to. */
function versionAbove(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as {
      name?: string;
      version?: string;
    };
    if (name === "stack-coach" && version !== undefined) return version;
  }
  const above = dirname(folder);
  return above === folder ? "0.0.0" : versionAbove(above);
}
