/** The server where it does not read files by itself: in a browser's worker, over virtual folders; and in a thread. */

import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
} from "vscode-languageserver/node";
import {
  HOST_LIST_FILES_REQUEST,
  HOST_READ_FILE_REQUEST,
  type HostListFilesParams,
  type HostReadFileParams,
  SCAN_REQUEST,
  type ScanResult,
} from "../../server/src/protocol/messages.ts";
import { REAL_SERVER, startClient, VSCODE } from "./support/client.ts";
import { startNodeWorker, startWebWorker } from "./support/workers.ts";

const { resolve } = createRequire(import.meta.url);
const WASM: Readonly<Record<string, string>> = {
  "ext:/dist/web-tree-sitter.wasm": resolve("web-tree-sitter/web-tree-sitter.wasm"),
  "ext:/dist/tree-sitter-python.wasm": resolve("@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm"),
};
const FLAW = "def f(x=[]):\n    x.append(1)\n    try:\n        f()\n    except:\n        pass\n";

/** Serves files as the client of the web extension does. */
function serveFiles(connection: ProtocolConnection, files: Readonly<Record<string, string>>): void {
  connection.onRequest(HOST_READ_FILE_REQUEST, ({ uri }: HostReadFileParams) => {
    const onDisk = WASM[uri];
    const bytes = onDisk === undefined ? files[uri] : readFileSync(onDisk);
    return bytes === undefined ? null : { base64: Buffer.from(bytes).toString("base64") };
  });
  connection.onRequest(HOST_LIST_FILES_REQUEST, ({ folder }: HostListFilesParams) =>
    Object.entries(files)
      .filter(([uri]) => uri.startsWith(`${folder}/`) && uri.endsWith(".py"))
      .map(([uri, text]) => ({ uri, size: text.length })),
  );
}

const FILES = {
  "memfs:/project/pyproject.toml": '[tool.stack-coach.rules]\nmutable-default-argument = "off"\n',
  "memfs:/project/a.py": FLAW,
  "memfs:/project/b.py": FLAW,
  "memfs:/project/.venv/lib/x.py": FLAW,
};
const WORKSPACE = [{ uri: "memfs:/project", name: "project" }];

function pull(connection: ProtocolConnection, uri: string): Promise<DocumentDiagnosticReport> {
  return connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
}

function codes(report: DocumentDiagnosticReport): readonly unknown[] {
  return report.kind === "full" ? report.items.map(({ code }) => code) : [];
}

async function initialize(connection: ProtocolConnection, initializationOptions: unknown): Promise<void> {
  const { configuration: _, ...workspace } = VSCODE.workspace ?? {};
  await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: { ...VSCODE, workspace, window: {} },
    workspaceFolders: WORKSPACE,
    initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});
}

function openDocument(connection: ProtocolConnection, uri: string, text: string): Promise<void> {
  const textDocument = { uri, languageId: "python", version: 1, text };
  return connection.sendNotification("textDocument/didOpen", { textDocument });
}

test("in a web worker: wasm, configuration and files all come from the client", async (t) => {
  const { connection, stop } = await startWebWorker();
  t.after(stop);
  serveFiles(connection, FILES);
  const published = new Map<string, number>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.set(uri, diagnostics.length);
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  const wasm = Object.fromEntries(Object.keys(WASM).map((uri) => [uri.slice(uri.lastIndexOf("/") + 1), uri]));
  await initialize(connection, { fileSystemProxy: true, wasm });
  await openDocument(connection, "memfs:/project/a.py", FLAW);
  const found = codes(await pull(connection, "memfs:/project/a.py"));
  assert.ok(found.length > 0, "the handler that swallows everything");
  assert.ok(!found.includes("mutable-default-argument"), "pyproject.toml turns it off");
  const result = await connection.sendRequest<ScanResult>(SCAN_REQUEST, {});
  assert.equal(result.files, 2, "the virtual environment is left out");
  assert.deepEqual([...published.keys()], ["memfs:/project/b.py"]);
});

test("in a web worker whose client hands over no wasm: the client is told, nothing hangs", async (t) => {
  const { connection, stop } = await startWebWorker();
  t.after(stop);
  connection.onRequest(HOST_READ_FILE_REQUEST, () => null);
  connection.onRequest("client/registerCapability", () => null);
  const logged: string[] = [];
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logged.push(message);
  });
  const statuses: { problem?: string }[] = [];
  connection.onNotification("stackCoach/status", (status: { problem?: string }) => {
    statuses.push(status);
  });
  await initialize(connection, { fileSystemProxy: true });
  await openDocument(connection, "memfs:/project/a.py", FLAW);
  assert.deepEqual(codes(await pull(connection, "memfs:/project/a.py")), []);
  assert.match(logged.join("\n"), /did not hand over web-tree-sitter\.wasm/);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.match(statuses.at(-1)?.problem ?? "", /cannot load its grammar/);
});

test("in a thread of Node, with the rules that ship", async (t) => {
  const { connection, stop } = startNodeWorker();
  t.after(stop);
  connection.onRequest("client/registerCapability", () => null);
  await initialize(connection, {});
  await openDocument(connection, "untitled:a", FLAW);
  assert.ok(codes(await pull(connection, "untitled:a")).includes("mutable-default-argument"));
});

test("over a parent's IPC channel, as VS Code starts it, and gone when the parent is", async (t) => {
  const child = fork(REAL_SERVER, ["--node-ipc"]);
  t.after(() => child.kill());
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  child.once("exit", () => connection.dispose());
  connection.listen();
  connection.onRequest("client/registerCapability", () => null);
  await initialize(connection, {});
  await openDocument(connection, "untitled:a", FLAW);
  assert.ok(codes(await pull(connection, "untitled:a")).includes("mutable-default-argument"));
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
});

test("over stdio, gone when the client is", async () => {
  const child = spawn(process.execPath, [REAL_SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  child.stdout.destroy();
  child.stdin.end();
  await exited;
});

test("on the desktop, virtual folders are read through the client, and files are not", async (t) => {
  const client = await startClient({
    initializationOptions: { fileSystemProxy: true },
    params: { workspaceFolders: [{ uri: "memfs:/project", name: "project" }] },
  });
  t.after(client.stop);
  const asked: string[] = [];
  client.connection.onRequest(HOST_READ_FILE_REQUEST, ({ uri }: HostReadFileParams) => {
    asked.push(uri);
    const text = '[tool.stack-coach.rules]\nbad-call = "off"\n';
    return uri.endsWith("pyproject.toml") ? { base64: Buffer.from(text).toString("base64") } : null;
  });
  await client.open("memfs:/project/a.py", "bad()\nrisky()\n");
  assert.deepEqual(
    (await client.items("memfs:/project/a.py")).map(({ code }) => code),
    ["risky-call"],
  );
  await client.open("file:///nowhere/b.py", "bad()\n");
  assert.equal((await client.items("file:///nowhere/b.py")).length, 1);
  assert.ok(asked.length > 0 && asked.every((uri) => uri.startsWith("memfs:")), asked.join(" "));
});
