/** The command `endpoints`: reads a project, and prints its routes with their guards and findings. */

import { type EndpointsFormat, interpretEndpoints, type RawArguments } from "../cli/arguments.ts";
import { formatEndpoints } from "../cli/endpoints.ts";
import { createEngine, type Engine } from "../engine/analyze.ts";
import { endpointMap } from "../engine/endpoint-map.ts";
import type { Finding } from "../engine/finding.ts";
import type { Project } from "../engine/project/project.ts";
import type { AnyRule } from "../engine/rule.ts";
import { createPythonParser } from "../syntax/parser.ts";
import { createNodeHost } from "./host.ts";
import { createProject } from "./project.ts";
import { createProjects } from "./projects.ts";
import { findTargets, shownPath, type Target, workingFolder } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

interface Program {
  readonly rules: readonly AnyRule[];
  readonly scriptFolder: string;
  readonly terminal: Terminal;
}

/** @returns the exit code, or a sentence that says what is wrong with the command line */
export async function runEndpoints(
  raw: RawArguments,
  { rules, scriptFolder, terminal }: Program,
): Promise<number | string> {
  const interpreted = interpretEndpoints(raw);
  if ("problem" in interpreted) return interpreted.problem;
  const { path, format } = interpreted.value;
  const host = createNodeHost({ scriptFolder, log: () => undefined });
  const cwd = await workingFolder();
  const { files, problems } = await findTargets([path], cwd, host);
  const [problem] = problems;
  if (problem !== undefined) return `${problem.path}: ${problem.reason}`;
  const parser = await createPythonParser(host.loadWasm);
  const engine = createEngine({ parser, rules, log: host.log, now: host.now });
  const place = createProject({ host, rules, cwd, level: null });
  const projectOf = createProjects({ engine, host, place, targets: files });
  const [first] = files;
  const project = first === undefined ? null : await projectOf(first);
  const wanted = new Set(files.map((file) => file.path));
  const findings = project === null ? new Map() : await findingsOf(files, { engine, project, place });
  const map =
    project === null
      ? { complete: true, endpoints: [] }
      : endpointMap(project, { uriOf: (file) => file, findingsOf: (file) => findings.get(file) ?? [] });
  const shown = { ...map, endpoints: map.endpoints.filter(({ uri }) => wanted.has(uri)) };
  terminal.out(print(shown, format, terminal, cwd));
  return 0;
}

function print(
  map: Parameters<typeof formatEndpoints>[0],
  format: EndpointsFormat,
  terminal: Terminal,
  cwd: string,
): string {
  return formatEndpoints(map, format, terminal.style, (file) => shownPath(file, cwd));
}

interface Tools {
  readonly engine: Engine;
  readonly project: Project;
  readonly place: ReturnType<typeof createProject>;
}

/** What the rules say of the files that hold handlers; nobody asked about the others. */
async function findingsOf(
  targets: readonly Target[],
  { engine, project, place }: Tools,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const { endpoints } = endpointMap(project, { uriOf: (file) => file, findingsOf: () => [] });
  const handlers = new Set(endpoints.map(({ uri }) => uri));
  const found = new Map<string, readonly Finding[]>();
  for (const target of targets.filter((one) => handlers.has(one.path))) {
    const text = project.files.get(target.path)?.text;
    const config = await place.configOf(target);
    if (text === undefined || config.excluded !== null) continue;
    found.set(
      target.path,
      engine.analyze({ ...(await place.sourceOf(target, false)), text }, config, project),
    );
  }
  return found;
}
