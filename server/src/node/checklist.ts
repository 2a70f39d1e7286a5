/** The command `checklist`: reads a folder once, judges its projects, and prints what a person or a program reads. */

import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { decodePython } from "../base/decode.ts";
import type { Host } from "../base/host.ts";
import type { ChecklistOptions } from "../cli/arguments.ts";
import { createEngine, type Engine, type SourceFile } from "../engine/analyze.ts";
import type { CheckDefinition } from "../engine/check.ts";
import { createFolderFacts } from "../engine/checklist/folder.ts";
import { formatChecklist, shownItems } from "../engine/checklist/format.ts";
import { NO_MARKS } from "../engine/checklist/marks.ts";
import { folderReports, folderStacks } from "../engine/checklist/reports.ts";
import { ruleStatusUnder } from "../engine/checklist/status.ts";
import type { FileConfig } from "../engine/config/types.ts";
import type { Project } from "../engine/project/project.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { ChecklistReport, ProjectRole } from "../protocol/checklist.ts";
import { createPythonParser } from "../syntax/parser.ts";
import { createNodeHost } from "./host.ts";
import { createProject } from "./project.ts";
import { readProblem } from "./source.ts";
import { workingFolder } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

export interface ChecklistProgram {
  readonly rules: readonly AnyRule[];
  readonly checks: readonly CheckDefinition[];
  readonly scriptFolder: string;
  readonly terminal: Terminal;
}

/** Prints the checklist; 1 where a must-have item is missing, or the reason why there is none. */
export async function runChecklistOf(
  options: ChecklistOptions,
  program: ChecklistProgram,
): Promise<number | { readonly problem: string }> {
  const folder = resolve(await workingFolder(), options.path).replaceAll("\\", "/");
  const problem = await folderProblem(folder);
  if (problem !== null) return { problem: `${options.path}: ${problem}` };
  const reports = await readReports(folder, options, program);
  program.terminal.out(formatChecklist(reports, options.format, program.terminal.style));
  const short = reports.some((report) =>
    shownItems(report).some(({ level, state }) => level === "must-have" && state === "missing"),
  );
  return short && !options.exitZero ? 1 : 0;
}

async function folderProblem(folder: string): Promise<string | null> {
  try {
    return (await stat(folder)).isDirectory() ? null : "A checklist is made of a folder.";
  } catch (error) {
    return readProblem(error);
  }
}

async function readReports(
  folder: string,
  options: ChecklistOptions,
  { rules, checks, scriptFolder, terminal }: ChecklistProgram,
): Promise<readonly ChecklistReport[]> {
  const host = createNodeHost({
    scriptFolder,
    log: (level, message) => {
      if (level === "error" || level === "warning") terminal.err(message);
    },
  });
  const parser = await createPythonParser(host.loadWasm);
  const engine = createEngine({ parser, rules, log: host.log, now: host.now });
  const place = createProject({ host, rules, cwd: folder, level: null });
  const target = (path: string) => ({ path, explicit: false, folder });
  const config = await place.configOf(target(`${folder}/__init__.py`));
  const sourceOf = async (path: string, notebook: boolean) => ({
    ...(await place.sourceOf(target(path), notebook)),
    relativePath: path.slice(folder.length + 1),
  });
  const facts = createFolderFacts({
    path: folder,
    ...{ host, engine },
    project: () => readProject(folder, { engine, host, sourceOf, config }),
    exclude: async () => config.settings.exclude,
    configOf: (path) => place.configOf(target(path)),
    sourceOf,
    pause: async () => {},
  });
  await facts.readTexts();
  await facts.readCode({
    cancelled: () => false,
    report: (done, all) => terminal.progress(done, all, "Reading code"),
  });
  terminal.endProgress();
  const name = folder.split("/").at(-1) || folder;
  const stacks = folderStacks(facts, {
    folderName: name,
    ruleStatus: ruleStatusUnder(config, rules),
    today: today(),
  });
  const sections = new Map<string, string>(rules.map(({ id, section }) => [id, section]));
  const team = await host.readFile(`${folder}/.vscode/stack-coach.json`);
  return folderReports(stacks, {
    checks,
    sectionOf: (id) => sections.get(id) ?? "other",
    role: () => chosenRole(options.role ?? config.settings.role),
    own: () => NO_MARKS,
    team: () => (team === null ? null : new TextDecoder().decode(team)),
    uriOf: (path) => (path === "" ? `file://${folder}` : `file://${folder}/${path}`),
    onFault: ({ id }, fault) => terminal.err(`stack-coach: the check ${id} failed: ${String(fault)}`),
  });
}

interface Reading {
  readonly engine: Engine;
  readonly host: Host;
  readonly config: FileConfig;
  readonly sourceOf: (path: string, notebook: boolean) => Promise<Omit<SourceFile, "text">>;
}

/** The folder's project with all of its code. */
async function readProject(folder: string, { engine, host, config, sourceOf }: Reading): Promise<Project> {
  const project = engine.createProject(folder, true);
  const { exclude, maxFileSizeKB } = config.settings;
  for await (const { path, size } of host.listFiles(folder, ["*.py"], { exclude })) {
    const bytes = size > maxFileSizeKB * 1024 ? null : await host.readFile(path);
    const decoded = bytes === null ? null : decodePython(bytes);
    if (decoded === null || "problem" in decoded) continue;
    const { moduleName = "", isPackage = false, relativePath = "" } = await sourceOf(path, false);
    project.files.put({ path, relativePath, moduleName, isPackage, notebook: false }, decoded.text);
  }
  project.files.setComplete(true);
  return project;
}

function chosenRole(role: string): ProjectRole | null {
  return role === "auto" ? null : (role as ProjectRole);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
