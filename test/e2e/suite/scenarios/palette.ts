/** The palette's actions, from the question to what they leave behind. */

import * as vscode from "vscode";
import {
  accept,
  acceptAfter,
  activeText,
  equal,
  eventually,
  IN_WEB,
  inWorkspace,
  matches,
  pause,
  reset,
  show,
  tabs,
} from "../support.ts";

const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`stackCoach.${command}`, ...args);

describe("the palette", () => {
  afterEach(reset);

  it("recommends a framework after four questions", async () => {
    const done = run("compareFrameworks");
    for (let question = 0; question < 4; question++) await accept();
    await done;
    await eventually("the recommendation", () => tabs().some(({ label }) => /frameworks/.test(label)));
  });

  it("ends an interview that is left, without a page", async () => {
    const done = run("chooseDatabase");
    await accept();
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await done;
    equal(
      tabs().some(({ label }) => /databases/.test(label)),
      false,
      "a page was opened",
    );
  });

  it("inserts a snippet with the imports that the file lacks", async () => {
    const editor = await show("inserted.py", '"""Doc."""\n\n');
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await run("insertSnippet", "py-dataclass");
    const text = await eventually("the snippet", () =>
      /@dataclass/.test(activeText()) ? activeText() : null,
    );
    matches(text, /^"""Doc\."""\n+from dataclasses import/, "imports at the top");
  });

  it("surrounds a selection", async () => {
    const editor = await show("surrounded.py", "value = compute()\n");
    editor.selection = new vscode.Selection(0, 0, 0, 17);
    await run("surroundWith", "py-try-log-raise");
    const text = await eventually("the snippet", () => (/\btry:/.test(activeText()) ? activeText() : null));
    matches(text, /try:\n\s+value = compute\(\)/, "the selection within");
  });

  it("begins a file from a template, and writes nothing to the disk", async () => {
    await run("newFromTemplate", "md-adr");
    const text = await eventually("the template", () => (activeText().length > 100 ? activeText() : null));
    matches(text, /decision/i, "text of the template");
    equal(vscode.window.activeTextEditor?.document.uri.scheme, "untitled", "scheme of the new file");
  });

  it("lists suppressions, and leads to each", async () => {
    const done = run("suppressionLedger");
    // The report stands first.
    await acceptAfter(1);
    await done;
    await eventually("the file", () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith("/shop/api.py"),
    );
  });

  it("previews what Ruff could take over, and writes nothing unasked", async () => {
    const file = inWorkspace("pyproject.toml");
    const read = async (): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const before = await read();
    const done = run("ruffBridge");
    await accept();
    await pause(2_000);
    equal(await read(), before, "the file before anything is confirmed");
    await vscode.commands.executeCommand("refactorPreview.discard");
    await done;
    equal(await read(), before, "the file once it is discarded");
  });

  it("reviews changed lines, or says that nobody can tell them", async function () {
    if (IN_WEB) return this.skip();
    await run("reviewPack");
  });
});
