/**
 * Opens VS Code with the extension in it, over a small project full of flaws.
 *
 *   npm start                 desktop VS Code where `code` is found, else a VS Code server and a browser
 *   npm start -- --embedded   the VS Code server in any case
 *   npm start -- FOLDER       over another project
 *
 * It needs nothing but Node 20 and npm: what is missing is installed first.
 */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { ensureInstalled, projectNode, root } from "./install.mjs";

const DESKTOPS = ["code", "code-insiders", "codium"];

/** The command line of an installed desktop VS Code, or undefined. */
function findDesktop() {
  const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return undefined;
  const extensions = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  if (process.platform === "darwin")
    folders.push("/Applications/Visual Studio Code.app/Contents/Resources/app/bin");
  return DESKTOPS.flatMap((name) =>
    folders.flatMap((folder) => extensions.map((extension) => path.join(folder, name + extension))),
  ).find(existsSync);
}

/** A copy of the sample, so that mending it does not change the repository. */
function freshSample() {
  const copy = path.join(os.tmpdir(), "stack-coach-sample");
  rmSync(copy, { recursive: true, force: true });
  cpSync(path.join(root, "test", "projects", "sample"), copy, { recursive: true });
  return copy;
}

function run(command, args, shell = false) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (error) throw error;
  if (status !== 0) throw new Error(`${path.basename(command)} ended with exit code ${status}.`);
}

function main() {
  ensureInstalled();
  run(projectNode(), ["esbuild.mjs"]);
  const args = process.argv.slice(2);
  const given = args.find((arg) => !arg.startsWith("--"));
  const folder = given ? path.resolve(process.env.INIT_CWD ?? process.cwd(), given) : freshSample();
  const desktop = args.includes("--embedded") ? undefined : findDesktop();
  if (desktop) {
    console.log(`Opening ${folder} in ${desktop}`);
    run(
      desktop,
      ["--new-window", `--extensionDevelopmentPath=${root}`, folder],
      process.platform === "win32",
    );
  } else {
    run(projectNode(), ["server/tools/vscode/open.ts", folder]);
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
