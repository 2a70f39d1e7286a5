/** Runs the command line as a user does, in a folder of files made for one test. */

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The command line, bundled once for each test file: from its sources it would start three times as slowly. */
export const CLI = await bundle();

/** Below the repository, so that the bundle finds the manifest and the wasm files above it as `dist/` does. */
async function bundle(): Promise<string> {
  mkdirSync(path.join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".cache", "test-cli-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Another user runs it in the test of permissions.
  chmodSync(folder, 0o755);
  const outfile = path.join(folder, "cli.cjs");
  const define = { "import.meta.url": JSON.stringify(pathToFileURL(outfile).href) };
  const entryPoints = [path.join(root, "server/src/node/cli.ts")];
  await build({
    entryPoints,
    outfile,
    define,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that goes away with its test. */
export interface Workspace {
  readonly folder: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** @param uid the user to run as, for tests of permissions */
  run(args: readonly string[], uid?: number): Run;
  /** The rules that `check --format json` reports, as `path:line rule`. */
  findings(args: readonly string[]): readonly string[];
}

export interface JsonFinding {
  readonly path: string;
  readonly cell?: number;
  readonly start: { readonly line: number; readonly column: number };
  readonly rule: string;
  readonly severity: string;
}

/** A file on which exactly one rule reports, at warning, on its line 4. */
export const FLAWED = `import requests

URL = "https://example.org"
requests.get(URL, verify=False, timeout=3)
`;
export const RULE = "tls-verification-disabled";
export const CLEAN = '"""Nothing to see."""\n';

export function createWorkspace(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Workspace {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "coach-cli-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const workspace: Workspace = {
    folder,
    write(more) {
      for (const [name, content] of Object.entries(more)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), content);
      }
    },
    run(args, uid) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
        cwd: folder,
        encoding: "utf8",
        timeout: 120_000,
        ...(uid === undefined ? {} : { uid, gid: uid }),
      });
      return { code: status, stdout, stderr };
    },
    findings(args) {
      const { stdout } = workspace.run(["check", "--format", "json", ...args]);
      const { findings } = JSON.parse(stdout) as { findings: readonly JsonFinding[] };
      return findings.map(({ path: file, cell, start, rule }) =>
        [file, ...(cell === undefined ? [] : [`cell ${cell}`]), `${start.line}:${start.column} ${rule}`].join(
          ":",
        ),
      );
    },
  };
  workspace.write(files);
  return workspace;
}
