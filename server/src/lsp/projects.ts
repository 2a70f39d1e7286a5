/**
 * The projects of the workspace's folders: their Python files are read in the background, watched, and handed to
 * the engine, so that what one file says of another counts.
 */

import { decodePython } from "../base/decode.ts";
import type { FileEntry, Host } from "../base/host.ts";
import type { Engine } from "../engine/analyze.ts";
import type { Project } from "../engine/project/project.ts";
import { coalesce } from "./coalesce.ts";
import type { Configuration } from "./configuration.ts";
import type { Folder, Folders } from "./folders.ts";
import { listFolder } from "./listing.ts";
import { runQuietly } from "./runSafe.ts";
import { inSlices } from "./slices.ts";

export interface Projects {
  /** The project of a file: that of the innermost folder. Undefined for a file that lies in none. */
  of(path: string): Promise<Project | undefined>;
  /** The same, where it is at hand. */
  known(path: string): Project | undefined;
  /** The projects of all folders, each read to its end, or to its limit. */
  ready(): Promise<readonly Project[]>;
  /** The project of one folder, read to its end, or to its limit. */
  readOf(folder: Folder): Promise<Project>;
  /** Begins to read the folder that a file lies in, unless that was done. */
  begin(path: string): void;
  /** A file changed, appeared or went away on disk. */
  touched(path: string, how: "changed" | "created" | "deleted"): void;
  /** Files may have changed without anybody saying so, or stand elsewhere: all of them are read again. */
  reread(): void;
}

export interface ProjectsOptions {
  readonly engine: Promise<Engine>;
  readonly host: Host;
  readonly folders: Folders;
  readonly configuration: Configuration;
  /** Hears when what a project knows may have changed. */
  readonly changed: () => void;
}

/** A folder's project and what is known of its reading. */
interface Reading {
  readonly folder: Folder;
  readonly project: Project;
  /** Counts the times that reading was begun; an older one stops. */
  round: number;
  /** The end of the reading that was begun last; null before the first. */
  end: Promise<void> | null;
  /** Files that changed and were not read since. */
  readonly late: Set<string>;
}

const RELIST_DELAY_MS = 300;

export function createProjects(options: ProjectsOptions): Projects {
  const { engine, host, folders } = options;
  const readings = new Map<string, Reading>();

  const readingOf = async (folder: Folder): Promise<Reading> => {
    const loaded = await engine;
    const known = readings.get(folder.path);
    if (known !== undefined) return known;
    const project = loaded.createProject(folder.path);
    const reading: Reading = { folder, project, round: 0, end: null, late: new Set() };
    readings.set(folder.path, reading);
    return reading;
  };
  const read = (reading: Reading, all: boolean): Promise<void> => {
    const work = () => readFolder(reading, options, all);
    reading.end = runQuietly(host.log, `Reading ${reading.folder.path}`, work);
    return reading.end;
  };
  const begin = async (folder: Folder): Promise<Reading> => {
    const reading = await readingOf(folder);
    await (reading.end ?? read(reading, true));
    return reading;
  };
  /** Those whose reading was begun. */
  const begun = (): readonly Reading[] => {
    const paths = new Set(folders.all().map(({ path }) => path));
    for (const path of readings.keys()) if (!paths.has(path)) readings.delete(path);
    return [...readings.values()].filter(({ end }) => end !== null);
  };
  const relist = coalesce(RELIST_DELAY_MS, () => {
    for (const reading of begun()) void read(reading, false);
  });
  const at = (path: string): Reading | undefined => {
    const folder = folders.of(path);
    return folder === null ? undefined : readings.get(folder.path);
  };

  return {
    async of(path) {
      const folder = folders.of(path);
      return folder === null ? undefined : (await readingOf(folder)).project;
    },
    known: (path) => at(path)?.project,
    async ready() {
      const read = await Promise.all(folders.all().map(begin));
      return read.map(({ project }) => project);
    },
    readOf: async (folder) => (await begin(folder)).project,
    begin(path) {
      const folder = folders.of(path);
      // Reading tells of its faults itself, and so does an engine that cannot be loaded.
      if (folder !== null) begin(folder).catch(() => undefined);
    },
    touched(path, how) {
      const reading = path.endsWith(".py") ? at(path) : undefined;
      if (reading === undefined || reading.end === null) return;
      reading.late.add(path);
      // A file that is new may be one that is ignored; one that is gone may be gone with its folder.
      if (how !== "changed") relist();
      else void runQuietly(host.log, `Reading ${path}`, () => readLate(reading, options));
    },
    reread() {
      for (const reading of begun()) void read(reading, true);
    },
  };
}

/** @param all false where only files that are not known yet, or that changed, are read */
async function readFolder(reading: Reading, options: ProjectsOptions, all: boolean): Promise<void> {
  const { host, folders } = options;
  const { folder, project, late } = reading;
  const own = ++reading.round;
  const { entries, limitReached } = await listFolder(options, folder, ["*.py"]);
  const mine = entries.filter(({ path }) => folders.of(path)?.path === folder.path);
  const known = new Set(project.files.paths());
  const wanted = all ? mine : mine.filter(({ path }) => !known.has(path) || late.has(path));
  for (const { path } of wanted) late.delete(path);
  await inSlices(
    host,
    wanted,
    (entry) => readSource(entry, options),
    async ({ path }, source) => {
      if (own !== reading.round) return false;
      if (source instanceof Error)
        host.log("warning", `Other files hear nothing of ${path}: ${source.message}`);
      else take(project, path, source);
      return true;
    },
  );
  if (own !== reading.round) return;
  const listed = new Set(mine.map(({ path }) => path));
  for (const path of [...project.files.paths(), ...late]) {
    if (listed.has(path)) continue;
    project.files.remove(path);
    late.delete(path);
  }
  project.files.setComplete(!limitReached);
  await readLate(reading, options);
}

/** Reads the files that changed since they were read. */
async function readLate({ project, late }: Reading, options: ProjectsOptions): Promise<void> {
  const known = new Set(project.files.paths());
  for (const path of [...late]) {
    if (!known.has(path)) continue;
    late.delete(path);
    take(project, path, await readSource({ path, size: 0 }, options));
  }
  options.changed();
}

type Source = Parameters<Project["files"]["put"]>;

/** The file as the project knows it; null where it is too large, unreadable, or no text. */
async function readSource(
  { path, size }: FileEntry,
  { host, folders, configuration }: ProjectsOptions,
): Promise<Source | null> {
  const folder = folders.of(path);
  if (folder === null) return null;
  const limit = (await configuration.scanBounds(folder)).maxFileSizeKB * 1024;
  const bytes = size > limit ? null : await host.readFile(path);
  if (bytes === null || bytes.length > limit) return null;
  const decoded = decodePython(bytes);
  if ("problem" in decoded) return null;
  return [await configuration.sourceOf({ path, notebook: false }), decoded.text];
}

function take({ files }: Project, path: string, source: Source | null): void {
  if (source === null) files.remove(path);
  else files.put(...source);
}
