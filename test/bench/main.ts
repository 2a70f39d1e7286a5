/**
 * The speed of the product on this machine, as ratios of things measured in the same run.
 *
 *   npm run bench                       on the standard library of the machine's Python
 *   npm run bench -- PATH... [--only scan,keys,start,memory,peers]
 */

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { type CorpusFile, fileOfLines, longFile, readCorpus, standardLibrary } from "./corpus.ts";
import { benchKeystrokes } from "./keystrokes.ts";
import { formatGoals, formatTable, type Row } from "./measure.ts";
import { benchPeers } from "./peers.ts";
import { bareParseTimer, benchScan } from "./scan.ts";
import { benchMemory, benchStart } from "./server.ts";

const root = path.resolve(import.meta.dirname, "../..");
const SERVER = path.join(root, "dist/server.js");

/** The empty server, bundled as ours is, so that both load alike. */
async function bundleEmptyServer(folder: string): Promise<string> {
  const outfile = path.join(folder, "empty-server.cjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "empty-server.ts")],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
  });
  return outfile;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { only: { type: "string" } },
    allowPositionals: true,
  });
  const only = values.only?.split(",");
  const wants = (name: string): boolean => only === undefined || only.includes(name);
  const library = positionals.length > 0 ? null : standardLibrary();
  const folders = library === null ? positionals : [library];
  if (folders.length === 0)
    throw new Error("There is no Python on this machine: name a folder of Python files.");
  const files = await readCorpus(folders);
  const machine = `${os.cpus()[0]?.model ?? "unknown"}, ${os.cpus().length} cores, Node ${process.version}`;
  console.log(`${machine}\n${folders.join(" ")}\n`);
  const folder = mkdtempSync(path.join(os.tmpdir(), "bench-"));
  const parts: [title: string, rows: readonly Row[]][] = [];
  const show = (title: string, rows: readonly Row[]): void => {
    parts.push([title, rows]);
    console.log(formatTable(title, rows));
  };
  try {
    if (wants("scan")) show("Whole scan", await benchScan(files));
    if (wants("keys")) await benchLongFile(files, show);
    const middling = fileOfLines(files, 500);
    if (wants("start")) show("Start", await benchStart(SERVER, await bundleEmptyServer(folder), middling));
    if (wants("memory")) show("Memory", await benchMemory(SERVER, files.filter(isOpenable)));
    if (wants("peers")) show("Other tools, wall clock", benchPeers(folders[0] ?? "."));
    console.log(formatGoals(parts));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchLongFile(
  files: readonly CorpusFile[],
  show: (title: string, rows: readonly Row[]) => void,
): Promise<void> {
  const text = longFile(files, 10_000);
  show("Keystroke to findings", await benchKeystrokes(SERVER, text, await bareParseTimer(text)));
}

/** Files of a size that people have open. */
function isOpenable({ text }: CorpusFile): boolean {
  return text.length > 2_000 && text.length < 60_000;
}

await main();
