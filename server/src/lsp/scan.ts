/**
 * The scan of the whole workspace: publishes the findings of files that are not open, and keeps them from showing
 * twice when a file is opened or closed, or when the client pulls a tab that it has not loaded.
 */

import type { CancellationToken, Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import type { FileEntry, Host } from "../base/host.ts";
import type { ScanResult } from "../protocol/messages.ts";
import type { ClosedFile, ReadClosed } from "./closedFiles.ts";
import type { OpenFile } from "./documents.ts";
import { type Listing, SCAN_GLOBS } from "./listing.ts";
import { uriOf } from "./paths.ts";
import { describe, runQuietly } from "./runSafe.ts";
import { inSlices } from "./slices.ts";
import { createTold } from "./told.ts";

export interface Scans {
  run(token: CancellationToken, progress: WorkDoneProgressReporter): Promise<ScanResult>;
  /** True where the scan tells the findings of a closed file, so that a pull must not tell them again. */
  owns(path: string): boolean;
  /** A closed file was pulled and its findings shown: a scan has to make the client let go of them first. */
  pulled(path: string): void;
  /** The file was opened: from now on its findings are told otherwise. */
  opened(path: string): void;
  /** A closed file changed, appeared or went away: what the scan told of it is told anew. */
  touched(path: string): void;
  /** Configuration changed: what the scan told is told anew, in the background. */
  refresh(): void;
  /** Other files changed: what rests on them is told anew, in the background. */
  refreshStale(): void;
}

export interface ScansOptions {
  readonly connection: Connection;
  readonly host: Host;
  /** The files of the workspace, up to the setting `maxFiles`, once its projects were read. */
  readonly list: () => Promise<Listing>;
  readonly openFile: (path: string) => OpenFile | undefined;
  /** How many findings an open file has. */
  readonly countOpen: (file: OpenFile) => Promise<number>;
  readonly readClosed: ReadClosed;
  /** Asks the client to pull again. */
  readonly refreshPulled: () => void;
}

export function createScans(options: ScansOptions): Scans {
  const { connection, host, openFile, readClosed } = options;
  const told = createTold({ connection, host, isOpen: (path) => openFile(path) !== undefined });
  const pulled = new Set<string>();
  let latest = 0;

  /** The client lets go of what it pulled for tabs before the scan shows the same, which it does last. */
  const takeOver = (entries: readonly FileEntry[]): readonly FileEntry[] => {
    const taken = new Set(entries.filter(({ path }) => pulled.has(path)));
    if (taken.size === 0) return entries;
    for (const { path } of taken) told.claim(path);
    options.refreshPulled();
    pulled.clear();
    return [...entries.filter((entry) => !taken.has(entry)), ...taken];
  };

  const retellAll = (paths: readonly string[]): void => {
    const own = latest;
    void inSlices(host, paths, readClosed, async (path, file) => {
      if (!(file instanceof Error) && told.has(path)) told.tell(path, file);
      return own === latest;
    });
  };

  const retell = async (path: string): Promise<void> => {
    if (openFile(path) !== undefined) return;
    if ((await host.readFile(path)) === null) told.forget(path);
    else told.tell(path, await readClosed(path));
  };

  return {
    async run(token, progress) {
      const own = ++latest;
      const stopped = () => token.isCancellationRequested || own !== latest;
      const start = host.now();
      const { entries, limitReached } = await options.list();
      const tally = await visit(options, takeOver(entries), { tell: told.tell, stopped, progress });
      const cancelled = stopped();
      if (!cancelled && !limitReached) {
        const found = new Set(entries.map(({ path }) => path));
        for (const path of told.paths()) if (!found.has(path)) told.forget(path);
      }
      return { ...tally, cancelled, limitReached, elapsedMs: Math.round(host.now() - start) };
    },
    owns: told.has,
    pulled: (path) => pulled.add(path),
    opened(path) {
      pulled.delete(path);
      told.forget(path);
    },
    touched(path) {
      const wanted = SCAN_GLOBS.some((glob) => path.endsWith(glob.slice(1)));
      if (latest > 0 && wanted) void runQuietly(host.log, `Analysing ${path} again`, () => retell(path));
    },
    refresh: () => retellAll(told.paths()),
    refreshStale: () => retellAll(told.stale()),
  };
}

interface Tally {
  files: number;
  findings: number;
  readonly skipped: { uri: string; reason: string }[];
}

interface Visit {
  /** Tells the findings of a closed file; how many there are. */
  tell(path: string, file: ClosedFile | null): number;
  stopped(): boolean;
  readonly progress: WorkDoneProgressReporter;
}

/** Files between two reports of progress. */
const PROGRESS_STEP = 20;

async function visit(
  options: ScansOptions,
  entries: readonly FileEntry[],
  { tell, stopped, progress }: Visit,
): Promise<Tally> {
  const { host, openFile, countOpen, readClosed } = options;
  const tally: Tally = { files: 0, findings: 0, skipped: [] };
  const skip = (path: string, reason: string) => tally.skipped.push({ uri: uriOf(path), reason });
  const read = ({ path, size }: FileEntry) => (openFile(path) === undefined ? readClosed(path, size) : OPEN);
  let done = 0;
  await inSlices(host, entries, read, async ({ path }, file) => {
    if (stopped()) return false;
    const open = openFile(path);
    if (file instanceof Error) {
      host.log("error", `${path} is left out of the scan: ${describe(file)}`);
      skip(path, "It cannot be analysed; the log says why.");
    } else if (open !== undefined) tally.findings += await countOpen(open);
    else if (file !== null && "problem" in file) skip(path, file.problem);
    else tally.findings += tell(path, file);
    if (file !== null && !(file instanceof Error)) tally.files++;
    done++;
    if (done % PROGRESS_STEP === 0)
      progress.report(Math.floor((100 * done) / entries.length), `${done}/${entries.length}`);
    return true;
  });
  return tally;
}

/** Stands for a file that is open, whose text the disk does not know. */
const OPEN: Promise<ClosedFile> = Promise.resolve({
  text: "",
  analyse: () => [],
  standing: () => () => true,
});
