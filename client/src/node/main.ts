/** Entry point on desktop and remote: the server runs in a process of its own, over IPC. */

import path from "node:path";
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activate as activateCommon } from "../common/activate.ts";

export function activate(context: ExtensionContext): Promise<void> {
  const module = path.join(context.extensionPath, "dist", "server.js");
  return activateCommon(context, {
    inWorker: false,
    createClient: (options) =>
      new LanguageClient("stackCoach", "Stack Coach", { module, transport: TransportKind.ipc }, options),
  });
}
