/** What a server costs as a whole: from its start to the first findings, and memory with many files open. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { startClient } from "./client.ts";
import type { CorpusFile } from "./corpus.ts";
import { limited, median, megabytes, ms, type Row } from "./measure.ts";

const STARTS = 15;
const OPEN_FILES = 100;
/** The limit holds on a machine where the empty server needs this long; elsewhere it scales with it. */
const REFERENCE_MS = 60;
const LIMIT_MS = 120;

async function timeStart(script: string, file: CorpusFile): Promise<number> {
  const uri = pathToFileURL(file.path).href;
  const began = performance.now();
  const client = await startClient(script);
  await client.open(uri, file.text);
  await client.diagnose(uri);
  const took = performance.now() - began;
  await client.close();
  return took;
}

/** The start on a machine that has kept no compiled code yet. */
async function firstStart(server: string, file: CorpusFile): Promise<number> {
  const caches = mkdtempSync(path.join(tmpdir(), "bench-caches-"));
  const names = ["XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"] as const;
  const kept = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = caches;
  try {
    return await timeStart(server, file);
  } finally {
    names.forEach((name, index) => {
      if (kept[index] === undefined) delete process.env[name];
      else process.env[name] = kept[index];
    });
    rmSync(caches, { recursive: true, force: true });
  }
}

/** Starts both servers in turn; what ours compiled is kept from the second start on. */
export async function benchStart(server: string, empty: string, file: CorpusFile): Promise<readonly Row[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let index = 0; index < STARTS; index++) {
    theirs.push(await timeStart(empty, file));
    ours.push(await timeStart(server, file));
  }
  const base = median(theirs);
  const first = await firstStart(server, file);
  const limit = (LIMIT_MS / REFERENCE_MS) * base;
  return [
    { what: "empty server", value: ms(base) },
    { what: "very first start, nothing kept", value: ms(first) },
    limited("spawn to first findings, 500 lines", median(ours), limit, ms),
  ];
}

/** Opens many files, asks for the findings of each, and looks at the server's memory. */
export async function benchMemory(server: string, files: readonly CorpusFile[]): Promise<readonly Row[]> {
  const client = await startClient(server);
  try {
    const before = client.memory();
    const opened = files.slice(0, OPEN_FILES);
    for (const file of opened) {
      const uri = pathToFileURL(file.path).href;
      await client.open(uri, file.text);
      await client.diagnose(uri);
    }
    const after = client.memory();
    if (before === null || after === null) return [{ what: "memory", value: "not told" }];
    const size = opened.reduce((sum, { text }) => sum + text.length, 0) / 1024;
    return [
      { what: "files open", value: `${opened.length} (${size.toFixed(0)} KB)` },
      { what: "resident after start", value: megabytes(before) },
      limited("resident with all open", after, 200, megabytes),
    ];
  } finally {
    await client.close();
  }
}
