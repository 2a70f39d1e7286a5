/** Entry point of the language server on Node: over stdio, over a parent's IPC channel, or in a worker thread. */

import process from "node:process";
import { isMainThread, parentPort } from "node:worker_threads";
import {
  createConnection,
  PortMessageReader,
  PortMessageWriter,
  ProposedFeatures,
} from "vscode-languageserver/node";
import { CHECKS } from "../checklist.generated.ts";
import { createConsoleLog } from "../lsp/console.ts";
import { startServer } from "../lsp/server.ts";
import { RULES } from "../registry.generated.ts";
import { createPythonParser } from "../syntax/parser.ts";
import { createNodeHost } from "./host.ts";
import { keepHeapSmall } from "./memory.ts";

if (isMainThread) keepHeapSmall();
const connection =
  isMainThread || parentPort === null
    ? createConnection(ProposedFeatures.all)
    : createConnection(
        ProposedFeatures.all,
        new PortMessageReader(parentPort),
        new PortMessageWriter(parentPort),
      );
const log = createConsoleLog(connection);

// What no handler caught must not end a server that other files depend on.
process.on("uncaughtException", (fault) => log("error", `Uncaught: ${fault.stack ?? fault.message}`));
process.on("unhandledRejection", (fault) => log("error", `Unhandled: ${String(fault)}`));

const host = createNodeHost({ scriptFolder: import.meta.dirname, log });
startServer(connection, host, { rules: RULES, checks: CHECKS }, createPythonParser(host.loadWasm));
