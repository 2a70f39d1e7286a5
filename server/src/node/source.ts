/** Reads one file for a check: its text as the interpreter would see it, or one sentence that says why not. */

import { readFile, stat } from "node:fs/promises";
import { decodePython } from "../base/decode.ts";
import { notebookModule, readNotebook } from "../base/notebook.ts";
import { createLineIndex } from "../cli/lines.ts";
import { notebookPlaces } from "../cli/notebook.ts";
import { filePlaces, type PlaceMap } from "../cli/report.ts";

/** A file that can be analysed. */
export interface ReadableSource {
  readonly text: string;
  readonly notebook: boolean;
  readonly places: PlaceMap;
}

export type Source = ReadableSource | { readonly problem: string };

/** @param maxBytes larger files are refused; null where the user named the file */
export async function readSource(path: string, maxBytes: number | null): Promise<Source> {
  const bytes = await readBytes(path, maxBytes);
  if ("problem" in bytes) return bytes;
  const decoded = decodePython(bytes.bytes);
  if ("problem" in decoded) return decoded;
  if (!path.endsWith(".ipynb")) {
    return { text: decoded.text, notebook: false, places: filePlaces(createLineIndex(decoded.text)) };
  }
  const notebook = readNotebook(decoded.text);
  if ("problem" in notebook) return notebook;
  const module = notebookModule(notebook.sources);
  return { text: module.text, notebook: true, places: notebookPlaces(notebook, module.cells) };
}

type Bytes = { readonly bytes: Uint8Array } | { readonly problem: string };

async function readBytes(path: string, maxBytes: number | null): Promise<Bytes> {
  try {
    const stats = await stat(path);
    // A pipe or a device would block for ever.
    if (!stats.isFile()) return { problem: "It is no regular file." };
    if (maxBytes !== null && stats.size > maxBytes) {
      return {
        problem: `It has ${kilobytes(stats.size)} KB, more than max-file-size-kb (${kilobytes(maxBytes)}).`,
      };
    }
    return { bytes: await readFile(path) };
  } catch (error) {
    return { problem: readProblem(error) };
  }
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "It cannot be read: permission denied.",
  EPERM: "It cannot be read: permission denied.",
  ELOOP: "It cannot be read: a symbolic link leads back to itself.",
  ENOENT: "It does not exist.",
  ENOTDIR: "It does not exist: a part of its path is a file, not a folder.",
  ENAMETOOLONG: "It cannot be read: its name is too long.",
};

/** One sentence for an error of the file system. */
export function readProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return READ_PROBLEMS[code ?? ""] ?? `It cannot be read: ${message}.`;
}
