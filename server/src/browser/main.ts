/** Entry point of the language server in the browser: a web worker that talks to the client by messages. */

import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { CHECKS } from "../checklist.generated.ts";
import { startServer } from "../lsp/server.ts";
import { RULES } from "../registry.generated.ts";
import { createBrowserHost } from "./host.ts";

declare const self: DedicatedWorkerGlobalScope;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));

// What no handler caught must not end a server that other files depend on.
self.addEventListener("unhandledrejection", (event) => {
  connection.console.error(`Unhandled: ${String(event.reason)}`);
  event.preventDefault();
});

startServer(connection, createBrowserHost(connection), { rules: RULES, checks: CHECKS });
