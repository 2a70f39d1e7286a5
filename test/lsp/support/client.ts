/** A language client over stdio that does what a test tells it, and remembers what the server says. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  type Registration,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { STATUS_NOTIFICATION, type StatusParams } from "../../../server/src/protocol/messages.ts";
import { bundleServer } from "./bundle.ts";

/** What VS Code says it can, as far as the server looks. */
export const VSCODE: ClientCapabilities = {
  textDocument: {
    diagnostic: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create"],
      changeAnnotationSupport: {},
      snippetEditSupport: true,
    },
  },
  window: { workDoneProgress: true },
};

/** What `InitializationOptions` our own client sends. */
export const OUR_CLIENT = { guideUri: "vscode://stack-coach/guide/{page}#{anchor}", commandLinks: true };

const testServer = bundleServer(join(import.meta.dirname, "server.ts"));

/** The server as it ships, from its sources. */
export const REAL_SERVER = join(import.meta.dirname, "../../../server/src/node/main.ts");

export interface ClientOptions {
  /** Left out: the server with the tests' own rules. */
  readonly script?: string;
  readonly capabilities?: ClientCapabilities;
  /** Paths; null where the client tells of no folders. */
  readonly folders?: readonly string[] | null;
  readonly initializationOptions?: unknown;
  /** Answers `workspace/configuration`. */
  readonly settings?: (section: string, scopeUri: string | undefined) => unknown;
  /** Whatever else the first message says. */
  readonly params?: Partial<InitializeParams>;
}

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** The latest that was pushed, by URI. */
  readonly published: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly statuses: readonly StatusParams[];
  readonly registrations: readonly Registration[];
  readonly logged: readonly string[];
  refreshes(): number;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, ...changes: TextDocumentContentChangeEvent[]): Promise<void>;
  save(uri: string): Promise<void>;
  closeFile(uri: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** The diagnostics of a full report. */
  items(uri: string): Promise<readonly Diagnostic[]>;
  actions(uri: string, range: Range, only?: string[], diagnostics?: Diagnostic[]): Promise<CodeAction[]>;
  /** Waits until a condition holds; fails after ten seconds. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** Shuts the server down; its exit code. */
  stop(): Promise<number | null>;
}

export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const { script = await testServer, capabilities = VSCODE, folders = null, settings = () => null } = options;
  const child = spawn(process.execPath, [script, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  // A server that died leaves no test waiting.
  child.once("exit", () => connection.dispose());
  const published = new Map<string, readonly Diagnostic[]>();
  const statuses: StatusParams[] = [];
  const registrations: Registration[] = [];
  const logged: string[] = [];
  let refreshes = 0;
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.set(uri, diagnostics);
  });
  connection.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
    statuses.push(status);
  });
  connection.onNotification(LogMessageNotification.type, ({ message }) => {
    logged.push(message);
  });
  connection.onRequest(RegistrationRequest.type, (params) => {
    registrations.push(...params.registrations);
  });
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section, scopeUri }) => settings(section ?? "", scopeUri)),
  );
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folders?.map((path) => ({ uri: URI.file(path).toString(), name: "" })) ?? null,
    ...("initializationOptions" in options ? { initializationOptions: options.initializationOptions } : {}),
    ...options.params,
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    ...{ connection, initialized, published, statuses, registrations, logged },
    refreshes: () => refreshes,
    ...documents(connection),
    ...requests(connection),
    until: waitUntil,
    async stop() {
      const exited = once(child, "exit");
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const [code] = await exited;
      return typeof code === "number" ? code : null;
    },
  };
}

function documents(connection: ProtocolConnection) {
  const versions = new Map<string, number>();
  const nextVersion = (uri: string): number => {
    const version = (versions.get(uri) ?? 0) + 1;
    versions.set(uri, version);
    return version;
  };
  return {
    open: (uri: string, text: string, languageId = "python") =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: nextVersion(uri), text },
      }),
    change: (uri: string, ...contentChanges: TextDocumentContentChangeEvent[]) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: nextVersion(uri) },
        contentChanges,
      }),
    save: (uri: string) =>
      connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } }),
    closeFile: (uri: string) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
  };
}

function requests(connection: ProtocolConnection) {
  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  return {
    pull,
    async items(uri: string) {
      const report = await pull(uri);
      if (report.kind !== "full") throw new Error(`the report of ${uri} is ${report.kind}`);
      return report.items;
    },
    async actions(uri: string, range: Range, only?: string[], diagnostics: Diagnostic[] = []) {
      const context = only === undefined ? { diagnostics } : { diagnostics, only };
      const params = { textDocument: { uri }, range, context };
      return ((await connection.sendRequest(CodeActionRequest.type, params)) ?? []).filter(
        (action): action is CodeAction => !("command" in action && typeof action.command === "string"),
      );
    },
  };
}

async function waitUntil(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`did not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The stretch of a line where a piece of text stands. */
export function rangeOf(text: string, piece: string): Range {
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`${piece} is not in the text`);
  const before = text.slice(0, at).split("\n");
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { start, end: { line: start.line, character: start.character + piece.length } };
}
