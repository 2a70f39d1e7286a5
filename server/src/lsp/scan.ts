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
}

export interface ScansOptions {
  readonly connection: Connection;
  readonly host: Host;
  /** The files of the workspace, up to the setting `maxFiles`. */
  readonly list: () => Promise<Listing>;
  readonly openFile: (path: string) => OpenFile | undefined;
  /** How many findings an open file has. */
  readonly countOpen: (file: OpenFile) => Promise<number>;
  readonly readClosed: ReadClosed;
  /** Asks the client to pull again. */
  readonly refreshPulled: () => void;
}

interface Tally {
  files: number;
  findings: number;
  readonly skipped: { uri: string; reason: string }[];
}

export function createScans(options: ScansOptions): Scans {
  const { connection, host, openFile, readClosed } = options;
  /** Closed files that the scan answers for; true where findings of theirs are shown. */
  const told = new Map<string, boolean>();
  const pulled = new Set<string>();
  let latest = 0;

  const analyse = (path: string, file: ClosedFile | null) => {
    if (file === null || "problem" in file) return [];
    try {
      return file.analyse().map(({ diagnostic }) => diagnostic);
    } catch (fault) {
      host.log("error", `${path} cannot be analysed: ${describe(fault)}`);
      return [];
    }
  };

  const show = (path: string, file: ClosedFile | null): number => {
    // It may have been opened while it was read.
    if (openFile(path) !== undefined) return 0;
    const diagnostics = analyse(path, file);
    if (diagnostics.length > 0 || told.get(path) === true) {
      void connection.sendDiagnostics({ uri: uriOf(path), diagnostics });
    }
    told.set(path, diagnostics.length > 0);
    return diagnostics.length;
  };

  const forget = (path: string) => {
    if (told.get(path) === true) void connection.sendDiagnostics({ uri: uriOf(path), diagnostics: [] });
    told.delete(path);
  };

  /** The client lets go of what it pulled for tabs before the scan shows the same, which it does last. */
  const takeOver = (entries: readonly FileEntry[]): readonly FileEntry[] => {
    const taken = new Set(entries.filter(({ path }) => pulled.has(path)));
    if (taken.size === 0) return entries;
    for (const { path } of taken) told.set(path, told.get(path) ?? false);
    options.refreshPulled();
    pulled.clear();
    return [...entries.filter((entry) => !taken.has(entry)), ...taken];
  };

  const scanOne = async (path: string, file: ClosedFile | null, tally: Tally): Promise<void> => {
    const open = openFile(path);
    if (open !== undefined) tally.findings += await options.countOpen(open);
    else if (file !== null && "problem" in file)
      tally.skipped.push({ uri: uriOf(path), reason: file.problem });
    else tally.findings += show(path, file);
    if (file !== null) tally.files++;
  };

  const run: Scans["run"] = async (token, progress) => {
    const own = ++latest;
    const stopped = () => token.isCancellationRequested || own !== latest;
    const start = host.now();
    const tally: Tally = { files: 0, findings: 0, skipped: [] };
    const { entries, limitReached } = await options.list();
    let done = 0;
    const read = ({ path, size }: FileEntry) =>
      openFile(path) === undefined ? readClosed(path, size) : OPEN;
    await inSlices(host, takeOver(entries), read, async ({ path }, file) => {
      if (stopped()) return false;
      if (file instanceof Error) {
        host.log("error", `${path} is left out of the scan: ${describe(file)}`);
        tally.skipped.push({ uri: uriOf(path), reason: "It cannot be analysed; the log says why." });
      } else await scanOne(path, file, tally);
      done++;
      if (done % 20 === 0)
        progress.report(Math.floor((100 * done) / entries.length), `${done}/${entries.length}`);
      return true;
    });
    const cancelled = stopped();
    if (!cancelled && !limitReached) forgetAllBut(new Set(entries.map(({ path }) => path)));
    return { ...tally, cancelled, limitReached, elapsedMs: Math.round(host.now() - start) };
  };

  const forgetAllBut = (found: ReadonlySet<string>) => {
    for (const path of [...told.keys()]) if (!found.has(path)) forget(path);
  };

  const retell = (path: string) =>
    runQuietly(host.log, `Analysing ${path} again`, async () => {
      if (openFile(path) !== undefined) return;
      if ((await host.readFile(path)) === null) forget(path);
      else show(path, await readClosed(path));
    });

  return {
    run,
    owns: (path) => told.has(path),
    pulled: (path) => pulled.add(path),
    opened(path) {
      pulled.delete(path);
      forget(path);
    },
    touched(path) {
      const wanted = SCAN_GLOBS.some((glob) => path.endsWith(glob.slice(1)));
      if (latest > 0 && wanted) void retell(path);
    },
    refresh() {
      const own = latest;
      const paths = [...told.keys()];
      void inSlices(host, paths, readClosed, async (path, file) => {
        if (own !== latest) return false;
        if (!(file instanceof Error) && told.has(path)) show(path, file);
        return true;
      });
    },
  };
}

/** Stands for a file that is open, whose text the disk does not know. */
const OPEN: Promise<ClosedFile> = Promise.resolve({ analyse: () => [] });
