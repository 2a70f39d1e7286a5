/** A language client over stdio, as small as measuring needs. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

export interface BenchClient {
  readonly connection: ProtocolConnection;
  open(uri: string, text: string): Promise<void>;
  /** Pulls the findings of a document. */
  diagnose(uri: string): Promise<DocumentDiagnosticReport>;
  /** Resident memory of the server in megabytes, or null where the machine does not tell. */
  memory(): number | null;
  close(): Promise<void>;
}

/** Starts a server and goes through the handshake. */
export async function startClient(script: string, rootUri: string | null = null): Promise<BenchClient> {
  const child = spawn(process.execPath, [script, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`${script} ended with exit code ${code}: is it built?`)));
  });
  const started = connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri,
    capabilities: { textDocument: { diagnostic: { dynamicRegistration: false } } },
    workspaceFolders: null,
  });
  await Promise.race([started, ended]);
  // From here on requests fail by themselves when the server goes.
  ended.catch(() => undefined);
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    open: (uri, text) =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "python", version: 1, text },
      }),
    diagnose: (uri) => connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }),
    memory: () => residentMegabytes(child),
    async close() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      connection.dispose();
      child.kill();
    },
  };
}

function residentMegabytes({ pid }: ChildProcess): number | null {
  try {
    if (process.platform === "linux") {
      const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      return Number(kilobytes) / 1024;
    }
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
  } catch {
    return null;
  }
}
