/** Runs the comparison with the interpreter's own trees over many files. */

import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { decodePython } from "../../server/src/base/decode.ts";
import type { PythonParser } from "../../server/src/syntax/parser.ts";
import { type Dumped, firstDifference } from "./compare.ts";
import { FIELDS } from "./fields.ts";

export interface Interpreter {
  readonly command: string;
  readonly minor: number;
  readonly stdlib: string;
}

/** The interpreter that STACK_COACH_PYTHON names, or the one on this machine; null where there is none. */
export function findInterpreter(): Interpreter | null {
  const program = "import sys, sysconfig; print(sys.version_info[1]); print(sysconfig.get_paths()['stdlib'])";
  const wanted = process.env.STACK_COACH_PYTHON;
  for (const command of wanted === undefined ? ["python3", "python"] : [wanted]) {
    const { status, stdout } = spawnSync(command, ["-c", program], { encoding: "utf8" });
    const [minor, stdlib] = status === 0 ? stdout.split(/\r?\n/) : [];
    if (minor !== undefined && stdlib !== undefined) return { command, minor: Number(minor), stdlib };
  }
  return null;
}

/** All Python files below a folder, installed packages left out. */
export function pythonFiles(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!/^(?:site-packages|__pycache__)$/.test(entry.name)) found.push(...pythonFiles(path));
    } else if (entry.name.endsWith(".py") && statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
      found.push(path);
    }
  }
  return found;
}

export interface Outcome {
  /** Files that the interpreter accepts. */
  readonly accepted: number;
  readonly agreeing: number;
  /** Files that the interpreter rejects, or that are not text in a known encoding: only parsed. */
  readonly rejected: number;
  readonly lines: number;
  readonly differences: readonly string[];
  readonly crashes: readonly string[];
}

/** Compares every file that the interpreter accepts, and parses the others too. */
export async function compareFiles(
  parser: PythonParser,
  interpreter: Interpreter,
  paths: readonly string[],
): Promise<Outcome> {
  const outcome = {
    accepted: 0,
    agreeing: 0,
    rejected: 0,
    lines: 0,
    differences: [] as string[],
    crashes: [] as string[],
  };
  for await (const { path, tree } of dumpTrees(interpreter, paths)) {
    const decoded = decodePython(readFileSync(path));
    if (!("text" in decoded)) {
      outcome.rejected++;
      continue;
    }
    try {
      const file = parser.parse(decoded.text);
      file.dispose();
      if (tree === null) {
        outcome.rejected++;
        continue;
      }
      outcome.accepted++;
      outcome.lines += decoded.text.split("\n").length;
      const options = { positionsInFStrings: interpreter.minor >= 12 };
      const difference = firstDifference(file.tree, tree, options);
      if (difference === null) outcome.agreeing++;
      else outcome.differences.push(`${path}: ${difference}`);
    } catch (problem) {
      outcome.crashes.push(`${path}: ${problem instanceof Error ? problem.stack : String(problem)}`);
    }
  }
  return outcome;
}

async function* dumpTrees(
  interpreter: Interpreter,
  paths: readonly string[],
): AsyncGenerator<{ readonly path: string; readonly tree: Dumped }> {
  const script = fileURLToPath(new URL("dump.py", import.meta.url));
  const python = spawn(interpreter.command, [script], { stdio: ["pipe", "pipe", "inherit"] });
  // A broken pipe shows as missing lines below.
  python.stdin.on("error", () => {});
  python.stdin.end([JSON.stringify(FIELDS), ...paths, ""].join("\n"));
  let count = 0;
  for await (const line of createInterface({ input: python.stdout })) {
    const tab = line.indexOf("\t");
    const dumped = line.slice(tab + 1);
    count++;
    yield { path: line.slice(0, tab), tree: dumped.startsWith("!") ? null : JSON.parse(dumped) };
  }
  if (count !== paths.length) throw new Error(`Python dumped ${count} of ${paths.length} files`);
}
