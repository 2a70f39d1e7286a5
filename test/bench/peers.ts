/** Other analysers over the same folder, where the machine has them. */

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ms, type Row } from "./measure.ts";

interface Peer {
  readonly name: string;
  readonly command: readonly string[];
}

const RUNS = 2;
const CLI = path.resolve(import.meta.dirname, "../../dist/cli.js");

/** Wall-clock time from the start of the program to its end, the better of two runs. */
export function benchPeers(folder: string): readonly Row[] {
  const peers: readonly Peer[] = [
    { name: "stack-coach check", command: [process.execPath, CLI, "check", "--exit-zero", folder] },
    {
      name: "ruff check (all S rules)",
      command: ["ruff", "check", "--isolated", "--no-cache", "--select", "S", "--exit-zero", folder],
    },
    { name: "bandit -r", command: ["bandit", "-q", "-r", "--exit-zero", folder] },
  ];
  return peers.map(({ name, command }) => ({ what: name, value: fastest(command) }));
}

function fastest([program = "", ...args]: readonly string[]): string {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    const { error, status } = spawnSync(program, args, { stdio: "ignore" });
    if (error !== undefined) return "not installed";
    if (status !== 0) return `failed with ${status}`;
    times.push(performance.now() - began);
  }
  return ms(Math.min(...times));
}
