/** The places where a suite can run: desktop VS Code, the same host inside a VS Code server, VS Code for the Web. */

import type { BrowserContext } from "playwright-core";
import { startEmbedded } from "../../../server/tools/vscode/embedded.ts";
import { startWeb } from "../../../server/tools/vscode/web.ts";
import { runSuiteInPage } from "./browser.ts";
import { findDesktop, runInDesktop } from "./desktop.ts";
import type { HostKind, Session } from "./sessions.ts";

export interface RunRequest {
  readonly session: Session;
  /** The suite's module. */
  readonly tests: string;
  /** Absolute path of a folder or of a `.code-workspace` file. */
  readonly workspace: string;
  readonly extension: string;
}

export interface Hosts {
  describe(kind: HostKind): string;
  /** @returns the suite's exit code */
  run(kind: HostKind, request: RunRequest): Promise<number>;
  /** Serves a window over a folder for as long as it is looked at. */
  show<T>(
    kind: HostKind,
    request: ShowRequest,
    look: (browser: BrowserContext, url: string) => Promise<T>,
  ): Promise<T>;
  dispose(): Promise<void>;
}

export interface ShowRequest {
  readonly folder: string;
  readonly extension: string;
}

export interface HostsOptions {
  /** Opens the browser; called only when a suite needs one. */
  readonly browser: () => Promise<BrowserContext>;
  /** True where desktop VS Code is not even looked for. */
  readonly embedded: boolean;
  readonly log: (line: string) => void;
}

export async function createHosts(options: HostsOptions): Promise<Hosts> {
  const { log } = options;
  const desktop = options.embedded ? null : await findDesktop(log);
  let opened: Promise<BrowserContext> | undefined;
  const browser = (): Promise<BrowserContext> => {
    opened ??= options.browser();
    return opened;
  };
  return {
    describe: (kind) =>
      kind === "web"
        ? "VS Code for the Web"
        : desktop
          ? "desktop VS Code"
          : "the desktop host of a VS Code server",
    async run(kind, request) {
      if (kind === "web") return runInWeb(await browser(), request, log);
      if (desktop) return runInDesktop(desktop, request, log);
      return runInServer(await browser(), request, log);
    },
    async show(kind, { folder, extension }, look) {
      const editor = await serve(kind, folder, extension, log);
      try {
        return await look(await browser(), editor.url);
      } finally {
        await editor.dispose();
      }
    },
    async dispose() {
      await (await opened)?.close();
    },
  };
}

async function serve(
  kind: HostKind,
  folder: string,
  extension: string,
  log: (line: string) => void,
): Promise<{ readonly url: string; dispose(): Promise<void> }> {
  if (kind === "web") return startWeb({ extension, folder, log });
  const editor = await startEmbedded({ extension, trusted: true, log });
  return { url: editor.url({ workspace: folder }), dispose: editor.dispose };
}

async function runInServer(
  browser: BrowserContext,
  request: RunRequest,
  log: (line: string) => void,
): Promise<number> {
  const { session, extension, workspace, tests } = request;
  const editor = await startEmbedded({
    extension,
    trusted: session.trusted,
    settings: session.settings ?? {},
    log,
  });
  try {
    const url = editor.url({ workspace, tests });
    const name = `${session.suite}-desktop`;
    const code = await runSuiteInPage({ browser, url, name, limitMs: session.limitMs, log });
    if (code !== 0) log(`VS Code server:\n${editor.output().slice(-3000)}`);
    return code;
  } finally {
    await editor.dispose();
  }
}

async function runInWeb(
  browser: BrowserContext,
  request: RunRequest,
  log: (line: string) => void,
): Promise<number> {
  const { session, extension, workspace, tests } = request;
  const editor = await startWeb({ extension, folder: workspace, tests, log });
  try {
    const name = `${session.suite}-web`;
    return await runSuiteInPage({ browser, url: editor.url, name, limitMs: session.limitMs, log });
  } finally {
    await editor.dispose();
  }
}
