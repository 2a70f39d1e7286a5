/** Wires a connection to the handlers. Everything that is remembered lies in the session. */

import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import type { CheckDefinition } from "../engine/check.ts";
import type { AnyRule } from "../engine/rule.ts";
import { COMMITS_CHANGED_NOTIFICATION } from "../protocol/messages.ts";
import type { PythonParser } from "../syntax/parser.ts";
import { FIX_ALL_KIND } from "./actions/common.ts";
import { codeAction } from "./handlers/codeAction.ts";
import { codeActionResolve } from "./handlers/codeActionResolve.ts";
import { completion, SNIPPET_TRIGGER } from "./handlers/completion.ts";
import { diagnostic } from "./handlers/diagnostic.ts";
import { didChangeConfiguration } from "./handlers/didChangeConfiguration.ts";
import { didChangeWatchedFiles, WATCHED_GLOBS } from "./handlers/didChangeWatchedFiles.ts";
import { didChangeWorkspaceFolders } from "./handlers/didChangeWorkspaceFolders.ts";
import { hover } from "./handlers/hover.ts";
import { NO_DIAGNOSTICS } from "./reports.ts";
import { answerOwnRequests } from "./requests.ts";
import { runQuietly, runSafe } from "./runSafe.ts";
import { createSession, type Session } from "./session.ts";
import type { ClientTraits } from "./traits.ts";

/** All rules and checklist items of the product. */
export interface Registry {
  readonly rules: readonly AnyRule[];
  readonly checks: readonly CheckDefinition[];
}

/**
 * Serves a client until the connection ends.
 *
 * @param parser is loaded while the client still starts; left out where only the client knows where the wasm lies
 */
export function startServer(
  connection: Connection,
  host: Host,
  registry: Registry,
  parser?: Promise<PythonParser>,
): void {
  connection.onInitialize((params): InitializeResult => {
    let tell = (): void => {};
    const initialized = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const session = createSession({ connection, host, ...registry, initialized, parser }, params);
    answerRequests(session);
    hearNotifications(session, params, tell);
    return { serverInfo: { name: "Stack Coach" }, capabilities: capabilities(session.traits) };
  });
  connection.listen();
}

function capabilities(traits: ClientTraits): InitializeResult["capabilities"] {
  const diagnostics = { interFileDependencies: true, workspaceDiagnostics: false };
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: [{ language: "python" }] }] },
    ...(traits.pullDiagnostics ? { diagnosticProvider: diagnostics } : {}),
    ...(traits.codeActionLiterals
      ? {
          codeActionProvider: {
            codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND],
            resolveProvider: traits.resolvesEdits,
          },
        }
      : {}),
    hoverProvider: true,
    completionProvider: { triggerCharacters: [SNIPPET_TRIGGER] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function answerRequests(session: Session): void {
  const { connection, host } = session;
  const { log } = host;
  connection.languages.diagnostics.on((params, token) =>
    runSafe(log, "textDocument/diagnostic", token, NO_DIAGNOSTICS, () => diagnostic(session, params)),
  );
  connection.onHover((params, token) =>
    runSafe(log, "textDocument/hover", token, null, () => hover(session, params)),
  );
  connection.onCompletion((params, token) =>
    runSafe(log, "textDocument/completion", token, null, () => completion(session, params)),
  );
  connection.onCodeAction((params, token) =>
    runSafe(log, "textDocument/codeAction", token, [], () => codeAction(session, params)),
  );
  connection.onCodeActionResolve((action, token) =>
    runSafe(log, "codeAction/resolve", token, action, () => codeActionResolve(session, action)),
  );
  answerOwnRequests(session);
}

function hearNotifications(session: Session, params: InitializeParams, initialized: () => void): void {
  const { connection, host, traits, settings } = session;
  connection.onDidChangeConfiguration((change) =>
    runQuietly(host.log, "didChangeConfiguration", () => didChangeConfiguration(session, change)),
  );
  connection.onDidChangeWatchedFiles((change) =>
    runQuietly(host.log, "didChangeWatchedFiles", () => didChangeWatchedFiles(session, change)),
  );
  connection.onNotification(COMMITS_CHANGED_NOTIFICATION, () =>
    runQuietly(host.log, COMMITS_CHANGED_NOTIFICATION, () => {
      session.committed.changed();
      session.reports.refresh();
      session.scans.refresh();
    }),
  );
  connection.onInitialized(() =>
    runQuietly(host.log, "initialized", () => {
      initialized();
      settings.register();
      if (traits.watchRegistration) void watchFiles(session);
      if (params.capabilities.workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders((change) =>
          runQuietly(host.log, "didChangeWorkspaceFolders", () => didChangeWorkspaceFolders(session, change)),
        );
      }
    }),
  );
}

function watchFiles({ connection, host }: Session): Promise<void> {
  const watchers = WATCHED_GLOBS.map((globPattern) => ({ globPattern }));
  return runQuietly(host.log, "Watching files", async () => {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });
}
