/** Serves VS Code for the Web through test-web: the extension's `browser` entry runs in a real web worker. */

import { createRequire } from "node:module";
import { freePort } from "./embedded.ts";
import { ensureVscodeWeb } from "./install.ts";

export interface WebOptions {
  readonly extension: string;
  /** Folder that the virtual file system shows. */
  readonly folder: string;
  readonly tests?: string;
  readonly log: (line: string) => void;
}

export interface WebEditor {
  readonly url: string;
  dispose(): Promise<void>;
}

interface TestWeb {
  open(options: Readonly<Record<string, unknown>>): Promise<{ dispose(): void | Promise<void> }>;
}

/** Starts the server; one window configuration a server, as test-web has it. */
export async function startWeb(options: WebOptions): Promise<WebEditor> {
  const build = ensureVscodeWeb(options.log);
  const testWeb: TestWeb = createRequire(import.meta.url)(build.testWeb);
  const port = await freePort();
  const server = await testWeb.open({
    browserType: "none",
    quality: "stable",
    commit: build.commit,
    testRunnerDataDir: build.dataDir,
    esm: false,
    host: "localhost",
    port,
    extensionDevelopmentPath: options.extension,
    ...(options.tests ? { extensionTestsPath: options.tests } : {}),
    folderPath: options.folder,
  });
  return { url: `http://localhost:${port}/`, dispose: async () => server.dispose() };
}
