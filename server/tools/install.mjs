/** Installs what package-lock.json names, if it is not there yet, and finds the Node that the project runs on. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The Node of the dev dependency `node`; the running one where that is missing and this one is as new. */
export function projectNode() {
  const installed = ["node", "node.exe"]
    .map((name) => path.join(root, "node_modules/node/bin", name))
    .find(existsSync);
  if (installed !== undefined) return installed;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Error("The dev dependency `node` is not installed: run npm ci, with install scripts allowed.");
}

/** Runs `npm ci` unless the installed packages are those of the lock file. Throws where it fails. */
export function ensureInstalled() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing ${missing.length} packages (npm ci)...`);
  const args = ["ci", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const { status } =
    npm === undefined
      ? spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" })
      : spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm ci failed with exit code ${status}.`);
}

/** Packages of the lock file that are not installed in its version. Those of other platforms do not count. */
function missingPackages() {
  const wanted = lockedPackages("package-lock.json");
  const installed = lockedPackages("node_modules/.package-lock.json");
  return Object.entries(wanted)
    .filter(([name, { version, optional, peer }]) => {
      if (
        name === "" ||
        (optional && installed[name] === undefined) ||
        (peer && installed[name] === undefined)
      )
        return false;
      return installed[name]?.version !== version;
    })
    .map(([name]) => name);
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
  } catch {
    return {};
  }
}
