/** Reads the whole projects that checked files belong to, so that what one file says of another counts. */

import { decodePython } from "../base/decode.ts";
import type { Host } from "../base/host.ts";
import type { Engine } from "../engine/analyze.ts";
import type { Project } from "../engine/project/project.ts";
import type { Project as Place, Root } from "./project.ts";
import type { Target } from "./targets.ts";

export interface ProjectsOptions {
  readonly engine: Engine;
  readonly host: Host;
  readonly place: Place;
  /** The files that are checked: all that is known of a folder that nothing marks as a project. */
  readonly targets: readonly Target[];
}

/** @returns the project that a file belongs to; its files are read when it is first asked for */
export function createProjects(options: ProjectsOptions): (target: Target) => Promise<Project> {
  const known = new Map<string, Promise<Project>>();
  return async (target) => {
    const root = await options.place.rootOf(target);
    const project = known.get(root.path) ?? readProject(root, options);
    known.set(root.path, project);
    return project;
  };
}

async function readProject(root: Root, options: ProjectsOptions): Promise<Project> {
  const { engine, host, place } = options;
  const project = engine.createProject(root.path, true);
  const { settings } = await place.configOf(targetAt(`${root.path}/__init__.py`));
  const { targets, limitReached } = await filesOf(root, options, settings);
  await inParallel(targets, async (target) => {
    const bytes = await host.readFile(target.path);
    if (bytes === null || bytes.length > settings.maxFileSizeKB * 1024) return;
    const decoded = decodePython(bytes);
    if ("problem" in decoded) return;
    const source = await place.sourceOf(target, false);
    project.files.put(
      {
        path: source.path,
        relativePath: source.relativePath ?? "",
        moduleName: source.moduleName ?? "",
        isPackage: source.isPackage ?? false,
        notebook: false,
      },
      decoded.text,
    );
  });
  project.files.setComplete(!limitReached);
  return project;
}

function targetAt(path: string): Target {
  return { path, explicit: false, folder: null };
}

/** The modules of a project, as a scan of the workspace would list them. */
async function filesOf(
  root: Root,
  { host, place, targets }: ProjectsOptions,
  { exclude, maxFiles }: { readonly exclude: readonly string[]; readonly maxFiles: number },
): Promise<{ readonly targets: readonly Target[]; readonly limitReached: boolean }> {
  const found: Target[] = [];
  const add = async (target: Target): Promise<void> => {
    if ((await place.rootOf(target)).path === root.path) found.push(target);
  };
  if (root.marked) {
    for await (const { path } of host.listFiles(root.path, ["*.py"], { exclude })) {
      await add(targetAt(path));
      if (found.length > maxFiles) return { targets: found.slice(0, maxFiles), limitReached: true };
    }
    return { targets: found, limitReached: false };
  }
  for (const target of targets) if (target.path.endsWith(".py")) await add(target);
  return { targets: found.slice(0, maxFiles), limitReached: found.length > maxFiles };
}

/** Files that are read at the same time. */
const READ_AT_ONCE = 16;

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, worker));
}
