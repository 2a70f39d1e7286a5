/** Servers that run in a thread of the test: as a Node worker, and as close to a browser's worker as Node comes. */

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import {
  createProtocolConnection,
  PortMessageReader,
  PortMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver/node";

const SOURCES = join(import.meta.dirname, "../../../server/src");

export interface WorkerServer {
  readonly connection: ProtocolConnection;
  stop(): Promise<unknown>;
}

/** `node/main.ts` in a worker thread. */
export function startNodeWorker(): WorkerServer {
  return connect(new Worker(join(SOURCES, "node/main.ts")));
}

/**
 * What a web worker has that a Node worker names otherwise, and without what no browser has: a bundle that asks
 * for `process`, `require` or `Buffer` fails here as it would there.
 */
const AS_WEB_WORKER = `
  const { parentPort } = require("node:worker_threads");
  globalThis.self = globalThis;
  globalThis.addEventListener = () => undefined;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  Object.defineProperty(globalThis, "onmessage", {
    set: (listener) => parentPort.on("message", (data) => listener({ data })),
  });
  for (const name of ["process", "Buffer", "setImmediate", "clearImmediate", "global"]) {
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true, writable: true });
  }
`;

/** `browser/main.ts`, bundled as it ships. */
export async function startWebWorker(): Promise<WorkerServer> {
  const { outputFiles } = await build({
    entryPoints: [join(SOURCES, "browser/main.ts")],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    define: { "import.meta.url": '"file:///"' },
    logLevel: "silent",
  });
  const code = `${AS_WEB_WORKER}\n(function (require, module, exports) {\n${outputFiles[0]?.text ?? ""}\n})();`;
  return connect(new Worker(code, { eval: true }));
}

function connect(worker: Worker): WorkerServer {
  worker.on("error", (fault) => {
    throw fault;
  });
  const connection = createProtocolConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
  connection.listen();
  return {
    connection,
    stop() {
      connection.dispose();
      return worker.terminate();
    },
  };
}
