/** The Host in a web worker: the client reads files, the worker itself has only a clock. */

import type { Connection } from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import { createConsoleLog } from "../lsp/console.ts";
import { createFileProxy } from "../lsp/proxy.ts";

export function createBrowserHost(connection: Connection): Host {
  const proxy = createFileProxy(connection);
  return {
    ...proxy,
    log: createConsoleLog(connection),
    now: () => performance.now(),
    async loadWasm(uri) {
      const bytes = await proxy.readFile(uri);
      if (bytes === null) throw new Error(`The client did not hand over ${uri}.`);
      return bytes;
    },
  };
}
