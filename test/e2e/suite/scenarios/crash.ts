/** A server that dies is started again; the user sees advice, and no message. */

import * as vscode from "vscode";
import { awaitAdvice, awaitNone, eventually, FLASK_DEBUG, IN_WEB, reset, show } from "../support.ts";

describe("a server that dies", () => {
  afterEach(reset);

  it("is started again", async function () {
    const children = serverProcesses();
    if (children === null) return this.skip();
    const { document } = await show("crash.py", FLASK_DEBUG);
    await awaitAdvice(document.uri, "flask-debug-enabled");
    const [pid] = children();
    if (pid === undefined) throw new Error("no server process");
    process.kill(pid, "SIGKILL");
    await eventually("another server process", () => children().find((each) => each !== pid));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), "answer = 42\n");
    await vscode.workspace.applyEdit(edit);
    await awaitNone(document.uri);
  });
});

/** Lists the server's processes of this window, or null in hosts where it has none or they cannot be listed. */
function serverProcesses(): (() => number[]) | null {
  if (IN_WEB || process.platform === "win32") return null;
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  return () => {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
    return table.split("\n").flatMap((line) => {
      const [, pid, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === process.pid && /dist[\\/]server\.js/.test(args) ? [Number(pid)] : [];
    });
  };
}
