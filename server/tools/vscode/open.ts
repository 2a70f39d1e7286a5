/** Runs a VS Code server with the extension in it until it is interrupted: `node server/tools/vscode/open.ts FOLDER`. */

import { spawn } from "node:child_process";
import path from "node:path";
import { startEmbedded } from "./embedded.ts";
import { PROJECT_ROOT } from "./install.ts";

async function main(folder: string): Promise<void> {
  const editor = await startEmbedded({ extension: PROJECT_ROOT, trusted: true, log: console.log });
  const url = editor.url({ workspace: path.resolve(folder) });
  console.log(`\nVS Code with Python Stack Coach is running. Open:\n\n  ${url}\n\nCtrl+C stops it.`);
  openInBrowser(url);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await editor.dispose();
}

/** Where there is no desktop, the printed address is all there is. */
function openInBrowser(url: string): void {
  const opener = { darwin: "open", win32: "explorer.exe" }[process.platform as string] ?? "xdg-open";
  const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay) return;
  const browser = spawn(opener, [url], { stdio: "ignore", detached: true });
  browser.on("error", () => {});
  browser.unref();
}

await main(process.argv[2] ?? ".");
