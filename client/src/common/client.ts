/** The options of the language client: which documents, what the server is told, which links findings carry. */

import { type DocumentFilter, type ExtensionContext, type LogOutputChannel, Uri } from "vscode";
import { type ErrorHandler, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient";
import type { InitializationOptions } from "../../../server/src/protocol/messages.ts";
import type { Platform } from "./activate.ts";
import { COMMANDS } from "./commands.ts";
import { GUIDE_SCHEME } from "./guide/files.ts";

/** Python as people edit it. Never `git:`, the left side of a diff: old code needs no advice. */
const SCHEMES = [
  "file",
  "untitled",
  "vscode-remote",
  "vscode-vfs",
  "vscode-notebook-cell",
  // The folder that VS Code for the Web shows when it is run for tests.
  "vscode-test-web",
];

export const PYTHON: DocumentFilter[] = SCHEMES.map((scheme) => ({ language: "python", scheme }));

const WASM = ["web-tree-sitter.wasm", "tree-sitter-python.wasm"];

/** The client never shows a message box: what goes wrong is in the log and in the status item. */
export function clientOptions(
  context: ExtensionContext,
  platform: Platform,
  log: LogOutputChannel,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  return {
    documentSelector: PYTHON.map((filter) => ({ language: "python", scheme: filter.scheme ?? "file" })),
    diagnosticCollectionName: "stack-coach",
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler,
    initializationFailedHandler: (error) => {
      log.error(`The server did not initialize: ${String(error)}`);
      return false;
    },
    initializationOptions: initializationOptions(context, platform),
    diagnosticPullOptions: {
      onChange: true,
      onTabs: true,
      match: (_selector, resource) => isPythonFile(resource),
    },
    markdown: {
      isTrusted: {
        enabledCommands: [COMMANDS.openGuide, COMMANDS.configureRule, COMMANDS.showPath, COMMANDS.seeItBreak],
      },
      supportHtml: false,
    },
  };
}

function initializationOptions(context: ExtensionContext, platform: Platform): InitializationOptions {
  const inDist = (name: string): string => Uri.joinPath(context.extensionUri, "dist", name).toString();
  return {
    guideUri: `${GUIDE_SCHEME}:/{page}.md#{anchor}`,
    commandLinks: true,
    fileSystemProxy: true,
    committedTexts: true,
    ...(platform.inWorker ? { wasm: Object.fromEntries(WASM.map((name) => [name, inDist(name)])) } : {}),
  };
}

/** Tabs that VS Code restored but has not loaded have a URI and no language yet. */
function isPythonFile(resource: Uri): boolean {
  return SCHEMES.includes(resource.scheme) && /\.pyi?$/.test(resource.path);
}
