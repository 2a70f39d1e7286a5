/** Desktop VS Code through test-electron, where it can be downloaded and has a display. */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { cacheFolder } from "../../../server/tools/vscode/install.ts";
import type { RunRequest } from "./hosts.ts";

const RELEASES = "https://update.code.visualstudio.com/api/releases/stable";

/** The path of the executable, or null with a line that says why there is none. */
export async function findDesktop(log: (line: string) => void): Promise<string | null> {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    log("No display for desktop VS Code: the suites run in a VS Code server.");
    return null;
  }
  const cachePath = path.join(cacheFolder(), "desktop");
  const reachable = existsSync(cachePath) || (await answers(RELEASES));
  if (!reachable) {
    log("Desktop VS Code cannot be downloaded here: the suites run in a VS Code server.");
    return null;
  }
  return downloadAndUnzipVSCode({ version: "stable", cachePath, extractSync: true });
}

async function answers(url: string): Promise<boolean> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return reply?.ok === true;
}

/** @returns 0, or 1 where the suite failed or did not end within its limit */
export async function runInDesktop(
  executable: string,
  { session, extension, workspace, tests }: RunRequest,
  log: (line: string) => void,
): Promise<number> {
  const profile = mkdtempSync(path.join(os.tmpdir(), "stack-coach-desktop-"));
  const settings = path.join(profile, "User", "settings.json");
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(
    settings,
    JSON.stringify({ "security.workspace.trust.enabled": !session.trusted, ...session.settings }),
  );
  const launchArgs = [workspace, "--disable-extensions", "--skip-welcome", `--user-data-dir=${profile}`];
  if (session.trusted) launchArgs.push("--disable-workspace-trust");
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    limit = setTimeout(() => {
      log(`FAILED: the suite did not report within ${session.limitMs / 1000} s`);
      resolve(1);
    }, session.limitMs);
  });
  const run = runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    launchArgs,
  }).catch((error: unknown) => {
    log(String(error));
    return 1;
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(limit);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
