/** Progress of work that nobody asked for by name, where the client can show it. */

import type { Session } from "./session.ts";

export interface ReadingProgress {
  cancelled(): boolean;
  report(done: number, all: number): void;
  done(): void;
}

/** Progress of reading a folder's code for the checklist; silent where the client shows none. */
export async function openReadingProgress({
  connection,
  traits,
  host,
}: Pick<Session, "connection" | "traits" | "host">): Promise<ReadingProgress> {
  const silent = { cancelled: () => false, report: () => {}, done: () => {} };
  if (!traits.workDoneProgress) return silent;
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin("Reading code for the checklist", 0, undefined, true);
    return {
      cancelled: () => progress.token.isCancellationRequested,
      report: (done, all) => progress.report(Math.floor((100 * done) / Math.max(all, 1)), `${done}/${all}`),
      done: () => progress.done(),
    };
  } catch (fault) {
    host.log("warning", `The client shows no progress: ${String(fault)}`);
    return silent;
  }
}
