/** The palette's commands: checking the workspace, explaining, the guide, starting the server anew. */

import * as vscode from "vscode";
import {
  advice,
  awaitAdvice,
  awaitNone,
  equal,
  eventually,
  FLASK_DEBUG,
  inWorkspace,
  matches,
  pause,
  reset,
  ruleOf,
  show,
  tabs,
  write,
} from "../support.ts";

interface ScanResult {
  readonly files: number;
  readonly findings: number;
  readonly cancelled: boolean;
}

describe("the commands", () => {
  afterEach(reset);

  it("check the whole workspace, and show nothing twice when a file is opened", async () => {
    const closed = inWorkspace("closed.py");
    equal(advice(closed).length, 0, "advice on a closed file before the check");
    const result = await vscode.commands.executeCommand<ScanResult>("stackCoach.scanWorkspace");
    equal(result.cancelled, false, "cancelled");
    if (result.files < 1 || result.findings < 1)
      throw new Error(`too little checked: ${JSON.stringify(result)}`);
    await awaitAdvice(closed, "tls-verification-disabled");
    const found = advice(closed).map(ruleOf).sort().join();
    const document = await vscode.workspace.openTextDocument(closed);
    await vscode.window.showTextDocument(document, { preview: false });
    await pause(1_000);
    equal(advice(closed).map(ruleOf).sort().join(), found, "advice once the file is open");
  });

  it("cancel a running check", async function () {
    this.timeout(60_000);
    for (let at = 0; at < 300; at++) await write(inWorkspace(`many/module_${at}.py`), FLASK_DEBUG.repeat(20));
    const running = vscode.commands.executeCommand<ScanResult | null>("stackCoach.scanWorkspace");
    let over = false;
    running.then(
      () => (over = true),
      () => (over = true),
    );
    // Asked again until it stops: the first time may come before the check has begun.
    while (!over) {
      await vscode.commands.executeCommand("stackCoach.cancelScan");
      await pause(50);
    }
    const stopped = await running;
    if (stopped !== null && !stopped.cancelled)
      throw new Error(`the check went on: ${JSON.stringify(stopped)}`);
    await vscode.workspace.fs.delete(inWorkspace("many"), { recursive: true });
    const again = await vscode.commands.executeCommand<ScanResult>("stackCoach.scanWorkspace");
    equal(again.cancelled, false, "a check after the cancelled one");
  });

  it("explain the advice at the cursor", async () => {
    const editor = await show("explain.py", FLASK_DEBUG);
    const { range } = await awaitAdvice(editor.document.uri, "flask-debug-enabled");
    editor.selection = new vscode.Selection(range.start, range.start);
    await vscode.commands.executeCommand("stackCoach.explainHere");
    await eventually("the explanation", () => tabs().some(({ label }) => /flask-debug-enabled/.test(label)));
  });

  it("open the guide at a heading, in VS Code's own preview", async () => {
    await vscode.commands.executeCommand("stackCoach.openGuide", "flask#debug-and-development-server");
    const preview = await eventually("the preview", () => tabs().find(({ label }) => /flask/i.test(label)));
    matches(preview.viewType ?? "", /markdown\.preview/, "kind of the editor");
    await vscode.commands.executeCommand("stackCoach.openGuide", "no-such-page#nowhere");
    await eventually("the guide's contents", () => tabs().some(({ label }) => /index/i.test(label)));
  });

  it("read the guide's pages, and refuse to write them", async () => {
    const page = vscode.Uri.parse("stack-coach-guide:/flask.md");
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
    matches(text, /^# Flask/, "the page");
    equal(vscode.workspace.fs.isWritableFileSystem("stack-coach-guide"), false, "writable");
  });

  it("start the server anew", async () => {
    const { document } = await show("restart.py", FLASK_DEBUG);
    await awaitAdvice(document.uri, "flask-debug-enabled");
    await vscode.commands.executeCommand("stackCoach.restartServer");
    await awaitAdvice(document.uri, "flask-debug-enabled");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), "answer = 42\n");
    await vscode.workspace.applyEdit(edit);
    await awaitNone(document.uri);
  });
});
