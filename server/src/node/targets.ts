/** Turns the paths of a command line into the files to check. */

import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Host } from "../base/host.ts";
import { readProblem } from "./source.ts";

/** A file to check. Paths are absolute, with `/`. */
export interface Target {
  readonly path: string;
  /** True where the user named the file itself: then nothing keeps it from being analysed. */
  readonly explicit: boolean;
  /** The folder that the project's paths are relative to, for a file that lies outside of the working folder. */
  readonly folder: string | null;
}

export interface Targets {
  readonly files: readonly Target[];
  /** Paths that lead nowhere, each with one sentence. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

const GLOBS = ["*.py", "*.ipynb"];

/** Each file once, in the order of the arguments and then of the names. */
export async function findTargets(paths: readonly string[], cwd: string, host: Host): Promise<Targets> {
  const files = new Map<string, Target>();
  const problems: { path: string; reason: string }[] = [];
  for (const given of paths) {
    const path = forward(resolve(cwd, given));
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) {
        for await (const entry of host.listFiles(path, GLOBS)) {
          if (!files.has(entry.path))
            files.set(entry.path, { path: entry.path, explicit: false, folder: path });
        }
      } else {
        files.set(path, { path, explicit: true, folder: null });
      }
    } catch (error) {
      problems.push({ path: given, reason: readProblem(error) });
    }
  }
  return { files: [...files.values()], problems };
}

/** The working folder as the file system knows it, so that links to it do not make files look foreign. */
export async function workingFolder(): Promise<string> {
  return forward(await realpath(process.cwd()));
}

/** How a path is shown: relative to the working folder where it lies in it. */
export function shownPath(path: string, cwd: string): string {
  const base = cwd.endsWith("/") ? cwd : `${cwd}/`;
  return path.startsWith(base) ? path.slice(base.length) : path;
}

function forward(path: string): string {
  return path.replaceAll("\\", "/");
}
