/** Texts as they were last committed, read by `git cat-file`, which runs no hook, filter or other program of a repository. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface CommittedTexts {
  /** "" for a file that is not in the last commit; null outside of repositories, and where there is no Git. */
  textOf(path: string): Promise<string | null>;
  dispose(): void;
}

/** Nothing that a repository's own configuration names is started, and nothing is fetched. */
const QUIET = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external="];
const ENVIRONMENT = { GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" };

/** One process a repository, started when the first of its files is asked for. */
export function createCommittedTexts(): CommittedTexts {
  const readers = new Map<string, Reader>();
  const readerOf = (root: string): Reader => {
    const reader = readers.get(root) ?? startReader(root);
    readers.set(root, reader);
    return reader;
  };
  return {
    async textOf(path) {
      const root = repositoryOf(path);
      if (root === null || path.includes("\n")) return null;
      const object = await readerOf(root).read(`HEAD:${relative(root, path).replaceAll("\\", "/")}`);
      if (object === "failed") return null;
      return object === "missing" ? "" : new TextDecoder().decode(object);
    },
    dispose() {
      for (const reader of readers.values()) reader.stop();
      readers.clear();
    },
  };
}

/** The folder above a path that holds `.git`, which is a file in work trees of their own. */
function repositoryOf(path: string): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

type GitObject = Uint8Array | "missing" | "failed";

interface Reader {
  read(name: string): Promise<GitObject>;
  stop(): void;
}

function startReader(root: string): Reader {
  const git = spawn("git", [...QUIET, "cat-file", "--batch"], {
    cwd: root,
    env: { ...process.env, ...ENVIRONMENT },
    stdio: "pipe",
  });
  const waiting: ((object: GitObject) => void)[] = [];
  let alive = true;
  const fail = (): void => {
    alive = false;
    for (const answer of waiting.splice(0)) answer("failed");
  };
  git.on("error", fail);
  git.on("close", fail);
  git.stdin.on("error", fail);
  git.stderr.resume();
  readObjects(git, (object) => waiting.shift()?.(object));
  return {
    read(name) {
      if (!alive) return Promise.resolve("failed");
      return new Promise((resolve) => {
        waiting.push(resolve);
        git.stdin.write(`${name}\n`);
      });
    },
    stop: () => git.stdin.end(),
  };
}

/** Answers come in the order of the questions: a line with the size, and so many bytes; or a line that ends in `missing`. */
function readObjects({ stdout }: ChildProcessWithoutNullStreams, take: (object: GitObject) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  stdout.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf(0x0a);
      if (end < 0) return;
      const header = pending.toString("utf8", 0, end);
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
      if (size === undefined) {
        pending = pending.subarray(end + 1);
        take("missing");
        continue;
      }
      const last = end + 1 + Number(size);
      if (pending.length <= last) return;
      take(new Uint8Array(pending.subarray(end + 1, last)));
      pending = pending.subarray(last + 1);
    }
  });
}
