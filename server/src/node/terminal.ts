/** Where the command line prints: standard output, standard error, and a progress line that gives way to both. */

import { writeFile } from "node:fs/promises";
import { progressLine } from "../cli/progress.ts";
import { createStyle, type Style } from "../cli/style.ts";

export interface Terminal {
  /** Colours for standard output. */
  readonly style: Style;
  out(text: string): void;
  /** One line on standard error. */
  err(line: string): void;
  /** Shows how far a long task is; does nothing unless standard error is a terminal. */
  progress(done: number, total: number, path: string): void;
  endProgress(): void;
}

/** The progress line is drawn this often at most. */
const DRAW_MS = 80;
const CLEAR_LINE = "\r\u001b[K";

export function createTerminal(): Terminal {
  const { stdout, stderr } = process;
  let drawn = 0;
  const clear = () => {
    if (drawn > 0) stderr.write(CLEAR_LINE);
    drawn = 0;
  };
  // A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    style: createStyle(stdout.isTTY === true && !process.env.NO_COLOR),
    out(text) {
      clear();
      stdout.write(text);
    },
    err(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(done, total, path) {
      if (stderr.isTTY !== true || performance.now() - drawn < DRAW_MS) return;
      drawn = performance.now();
      stderr.write(CLEAR_LINE + progressLine(done, total, path, stderr.columns || 80));
    },
    endProgress: clear,
  };
}

/** Writes a report to the file that the user named, or says in one sentence why that is not possible. */
export async function writeReport(path: string, text: string): Promise<string | null> {
  try {
    await writeFile(path, text);
    return null;
  } catch (error) {
    return `${path} cannot be written: ${(error as Error).message}.`;
  }
}
