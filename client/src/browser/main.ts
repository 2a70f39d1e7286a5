/** Entry point in the browser: the server runs in a worker and reads files through the client. */

import { type ExtensionContext, Uri } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { activate as activateCommon } from "../common/activate.ts";

export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString(true);
  let worker: Worker | undefined;
  const startWorker = async (): Promise<MessageTransports> => {
    // A restart leaves no worker behind: unlike a process, one does not end with its connection.
    worker?.terminate();
    worker = new Worker(script);
    // Not the worker itself: in VS Code's worker host the client does not recognise it as one.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return activateCommon(context, {
    inWorker: true,
    createClient: (options) => new LanguageClient("stackCoach", "Stack Coach", startWorker, options),
  });
}
