/** Python that nobody here wrote: the files that are measured, and long files made of them. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { decodePython } from "../../server/src/base/decode.ts";
import { createNodeHost } from "../../server/src/node/host.ts";

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of the standard library of the machine's Python, or null where there is none. */
export function standardLibrary(): string | null {
  const script = "import os; print(os.path.dirname(os.__file__))";
  for (const python of ["python3", "python"]) {
    const { status, stdout } = spawnSync(python, ["-c", script], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return null;
}

/** All readable Python files below some folders. */
export async function readCorpus(folders: readonly string[]): Promise<readonly CorpusFile[]> {
  const host = createNodeHost({ scriptFolder: import.meta.dirname, log: () => undefined });
  const files: CorpusFile[] = [];
  for (const folder of folders) {
    for await (const entry of host.listFiles(path.resolve(folder), ["*.py"])) {
      const decoded = decodePython(readFileSync(entry.path));
      if ("text" in decoded) files.push({ path: entry.path, text: decoded.text });
    }
  }
  return files;
}

/** A file of at least so many lines: whole files of the corpus, the longest first, one after the other. */
export function longFile(files: readonly CorpusFile[], lines: number): string {
  const byLength = files
    .toSorted((a, b) => b.text.length - a.text.length)
    .filter(({ text }) => isOrdinary(text));
  let text = "";
  for (const file of byLength) {
    if (countLines(text) >= lines) break;
    text += `${file.text.replaceAll("\r\n", "\n").trimEnd()}\n\n\n`;
  }
  return text.split("\n").slice(0, lines).join("\n");
}

/** The file whose length is nearest to so many lines. */
export function fileOfLines(files: readonly CorpusFile[], lines: number): CorpusFile {
  const distance = ({ text }: CorpusFile): number => Math.abs(countLines(text) - lines);
  const nearest = files.reduce<CorpusFile | null>(
    (best, file) => (best === null || distance(file) < distance(best) ? file : best),
    null,
  );
  if (nearest === null) throw new Error("The corpus holds no Python file.");
  return nearest;
}

export function countLines(text: string): number {
  return text.split("\n").length;
}

/** Tables of data are no code: what people type in has functions. */
function isOrdinary(text: string): boolean {
  return (text.match(/^\s*def /gm)?.length ?? 0) > countLines(text) / 60;
}
