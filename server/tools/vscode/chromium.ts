/** Finds a Chromium to drive: a given one, an installed one, the distribution's, or the one that npm carries. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { cacheFolder } from "./install.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const WINDOWS = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
  "Chromium\\Application\\chrome.exe",
];
/** Carries its binary inside the npm package, so that it installs where nothing else can be downloaded. */
const PACKAGED = "@sparticuz/chromium@153.0.0";

/** Flags that a root user in a closed network needs. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  // Takes the place of playwright's list, with which Chromium refuses webviews on another origin their service worker.
  "--disable-features=Translate",
] as const;

/** The path of a browser that is there already, or null. */
export function findInstalledChromium(): string | null {
  const given = process.env.CHROME_PATH;
  if (given !== undefined && existsSync(given)) return given;
  return candidates().find((candidate) => existsSync(candidate)) ?? null;
}

function candidates(): string[] {
  if (process.platform === "darwin") return MAC;
  if (process.platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) => process.env[name]);
    return roots.flatMap((root) => (root ? WINDOWS.map((tail) => path.join(root, tail)) : []));
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).concat("/snap/bin");
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/**
 * The path of a Chromium, installing one where there is none.
 * @throws Error that says what to do where none can be had.
 */
export async function ensureChromium(log: (line: string) => void): Promise<string> {
  const installed = findInstalledChromium();
  if (installed) return installed;
  if (process.platform === "linux" && process.getuid?.() === 0 && installWithApt(log)) {
    const fresh = findInstalledChromium();
    if (fresh) return fresh;
  }
  const packaged = process.platform === "linux" ? await installPackaged(log) : null;
  if (packaged) return packaged;
  throw new Error("No Chromium found: install Chrome, Chromium or Edge, or set CHROME_PATH to one.");
}

function installWithApt(log: (line: string) => void): boolean {
  log("Installing Debian's chromium");
  const options = { encoding: "utf8", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  return spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], options).status === 0;
}

async function installPackaged(log: (line: string) => void): Promise<string | null> {
  const home = path.join(cacheFolder(), "chromium");
  mkdirSync(home, { recursive: true });
  log(`Installing ${PACKAGED}`);
  const run = spawnSync("npm", ["install", PACKAGED, "--no-audit", "--no-fund", "--prefix", home], {
    encoding: "utf8",
  });
  if (run.status !== 0) return null;
  const entry = createRequire(path.join(home, "index.js")).resolve("@sparticuz/chromium");
  const packaged: { default: { executablePath(): Promise<string> } } = await import(entry);
  return packaged.default.executablePath();
}
