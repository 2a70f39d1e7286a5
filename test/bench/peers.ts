/** Other analysers over the same folder, where the machine has them: they are yardsticks, and no part of the project. */

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ms, type Row } from "./measure.ts";

interface Peer {
  readonly name: string;
  readonly command: readonly string[];
  /** Exit codes by which the tool says that it has found something. */
  readonly found?: readonly number[];
}

const CLI = path.resolve(import.meta.dirname, "../../dist/cli.js");
/** Some need minutes for what others do in seconds. */
const PATIENCE_MS = 180_000;
/** What is done this soon is done twice, and the better time taken. */
const SHORT_MS = 20_000;

/** Wall-clock time from the start of the program to its end. */
export function benchPeers(folder: string): readonly Row[] {
  const peers: readonly Peer[] = [
    { name: "stack-coach check", command: [process.execPath, CLI, "check", "--exit-zero", folder] },
    {
      name: "ruff check (all S rules)",
      command: ["ruff", "check", "--isolated", "--no-cache", "--select", "S", "--exit-zero", folder],
    },
    { name: "flake8", command: ["flake8", "--isolated", "--exit-zero", "--jobs", "1", folder] },
    { name: "bandit -r", command: ["bandit", "-q", "-r", "--exit-zero", folder] },
    { name: "pyright", command: ["pyright", folder], found: [1] },
    { name: "pylint", command: ["pylint", "--exit-zero", "--jobs", "1", "--recursive", "y", folder] },
  ];
  return peers.map((peer) => ({ what: peer.name, value: timed(peer) }));
}

function timed(peer: Peer): string {
  const first = once(peer);
  if (typeof first === "string" || first > SHORT_MS) return typeof first === "string" ? first : ms(first);
  const second = once(peer);
  return ms(typeof second === "string" ? first : Math.min(first, second));
}

/** Milliseconds, or why there are none. */
function once({ command: [program = "", ...args], found = [] }: Peer): number | string {
  const began = performance.now();
  const { error, status } = spawnSync(program, args, { stdio: "ignore", timeout: PATIENCE_MS });
  const took = performance.now() - began;
  if (error !== undefined) {
    return (error as NodeJS.ErrnoException).code === "ETIMEDOUT"
      ? `over ${ms(PATIENCE_MS)}`
      : "not installed";
  }
  return status === 0 || (status !== null && found.includes(status)) ? took : `failed with ${status}`;
}
