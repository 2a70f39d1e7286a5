/** Keeps open files in step with each other: a change of one may change the findings of others. */

import type { Host } from "../base/host.ts";
import type { Analyses } from "./analyses.ts";
import { coalesce } from "./coalesce.ts";
import type { OpenFile } from "./documents.ts";
import { runQuietly } from "./runSafe.ts";
import { nextTurn } from "./slices.ts";

export interface Dependents {
  /** What a file says to others may have changed: those that rest on it are analysed again, a moment later. */
  check(): void;
}

export interface DependentsOptions {
  readonly host: Host;
  readonly analyses: Analyses;
  readonly openFiles: () => readonly OpenFile[];
  /** Hears of open files whose findings are others now. */
  readonly changed: (files: readonly OpenFile[]) => void;
  /** Called when all open files were looked at. */
  readonly checked: () => void;
}

/** Longer than the time between two keystrokes: what is being typed comes first. */
const DELAY_MS = 200;

export function createDependents(options: DependentsOptions): Dependents {
  const { host, analyses, openFiles, changed, checked } = options;
  /** What was found when a file was last looked at: in between it may have been analysed for somebody else. */
  const seen = new WeakMap<OpenFile, { readonly version: number; readonly findings: readonly object[] }>();
  let round = 0;

  const look = async (): Promise<void> => {
    const own = ++round;
    const affected: OpenFile[] = [];
    // The edited ones first: what they say is what the others are judged by.
    const files = [...openFiles()].sort(
      (a, b) => Number(analyses.isCurrent(a)) - Number(analyses.isCurrent(b)),
    );
    for (const file of files) {
      const before = seen.get(file) ?? analyses.last(file);
      const { version, findings } = await analyses.of(file);
      if (before?.version === version && !sameFindings(before.findings, findings)) affected.push(file);
      seen.set(file, { version, findings });
      await nextTurn();
      if (own !== round) break;
    }
    if (affected.length > 0) changed(affected);
    if (own === round) checked();
  };

  return { check: coalesce(DELAY_MS, () => void runQuietly(host.log, "Looking at dependent files", look)) };
}

function sameFindings(a: readonly object[], b: readonly object[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
