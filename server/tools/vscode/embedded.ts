/** Runs the VS Code server that code-server carries: the real desktop-class extension host, its window in a browser. */

import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { ensureCodeServer } from "./install.ts";

/** A quiet editor: nothing asks, nothing calls home, nothing opens by itself. */
const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "git.openRepositoryInParentFolders": "never",
};

export interface EmbeddedOptions {
  /** Folder of the extension under development. */
  readonly extension: string;
  /** True where workspaces are trusted from the start; false turns workspace trust on. */
  readonly trusted: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly log: (line: string) => void;
}

export interface WindowOptions {
  /** Absolute path of a folder or of a `.code-workspace` file. */
  readonly workspace: string;
  /** Absolute path of a test runner module, for a window that runs tests. */
  readonly tests?: string;
}

export interface EmbeddedEditor {
  /** The address of a window. */
  url(window: WindowOptions): string;
  /** What the server printed and our extension logged, for the report of a failure. */
  output(): string;
  dispose(): Promise<void>;
}

/** Starts the server and waits until it answers. @throws Error with its output where it does not within a minute. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedEditor> {
  const home = ensureCodeServer(options.log);
  const data = mkdtempSync(path.join(os.tmpdir(), "stack-coach-vscode-"));
  const machine = path.join(data, "data", "Machine");
  mkdirSync(machine, { recursive: true });
  const settings = { ...QUIET_SETTINGS, ...options.settings };
  writeFileSync(path.join(machine, "settings.json"), JSON.stringify(settings));
  const port = await freePort();
  const server = spawn(process.execPath, serverArguments(home, data, port, options.trusted), {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const dispose = async (): Promise<void> => {
    await stop(server);
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const authority = `127.0.0.1:${port}`;
  if (!(await answers(`http://${authority}/version`, server))) {
    await dispose();
    throw new Error(`The VS Code server did not start:\n${output}`);
  }
  return {
    url: (window) => windowUrl(authority, options.extension, window),
    output: () => `${output}\n${extensionLogs(data)}`,
    dispose,
  };
}

function extensionLogs(data: string): string {
  const logs = path.join(data, "data", "logs");
  if (!existsSync(logs)) return "";
  const files = readdirSync(logs, { recursive: true, encoding: "utf8" }).filter((file) =>
    /Stack Coach.*\.log$/.test(file),
  );
  return files.map((file) => `${file}:\n${readFileSync(path.join(logs, file), "utf8")}`).join("\n");
}

function serverArguments(home: string, data: string, port: number, trusted: boolean): string[] {
  return [
    path.join(home, "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ...["--accept-server-license-terms", "--server-data-dir", data],
    // Without the driver a built workbench ignores extensionDevelopmentPath.
    "--enable-smoke-test-driver",
    ...(trusted ? ["--disable-workspace-trust"] : []),
  ];
}

function windowUrl(authority: string, extension: string, window: WindowOptions): string {
  const remote = (file: string): string => `vscode-remote://${authority}${file}`;
  const payload = [["extensionDevelopmentPath", remote(extension)]];
  if (window.tests) payload.push(["extensionTestsPath", remote(window.tests)]);
  payload.push(["skipWelcome", "true"]);
  const kind = window.workspace.endsWith(".code-workspace") ? "workspace" : "folder";
  const query = new URLSearchParams({ [kind]: window.workspace, payload: JSON.stringify(payload) });
  return `http://${authority}/?${query}`;
}

/** A port that nothing listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(patience);
}
