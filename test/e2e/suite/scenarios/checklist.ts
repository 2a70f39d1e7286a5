/** The checklist through its commands: it is there, it follows the files, its scaffolds ask before they write. */

import * as vscode from "vscode";
import {
  acceptAfter,
  activeText,
  equal,
  eventually,
  inWorkspace,
  matches,
  pause,
  reset,
  tabs,
} from "../support.ts";

const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`stackCoach.${command}`, ...args);

async function report(): Promise<string> {
  await run("copyReport");
  return vscode.env.clipboard.readText();
}

describe("the checklist", () => {
  afterEach(reset);

  it("can be copied as a report", async () => {
    const text = await eventually(
      "a report",
      async () => (/orders/i.test(await report()) ? report() : null),
      20_000,
    );
    matches(text, /\|/, "a table");
  });

  it("is opened as a file when it is exported, for the user to save", async () => {
    await run("exportChecklist", "json");
    const text = await eventually("the export", () => (activeText().startsWith("{") ? activeText() : null));
    equal(typeof JSON.parse(text), "object", "JSON");
    equal(vscode.window.activeTextEditor?.document.isUntitled, true, "not saved yet");
  });

  it("shows a step of the path, the questions, and the next best step", async () => {
    await run("showStep", 4);
    await run("answerQuestions");
    const done = run("nextStep");
    await pause(1_000);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await done;
    await run("openItemGuide", "gitignore-python");
    await eventually("the guide", () => tabs().some(({ label }) => label.endsWith("workflow.md")));
  });

  it("previews a scaffold, and writes it once it is confirmed", async () => {
    const file = inWorkspace(".gitignore");
    const done = run("scaffold", "gitignore-python");
    await eventually("the preview", async () => {
      await vscode.commands.executeCommand("refactorPreview.apply");
      return vscode.workspace.fs.stat(file).then(
        () => true,
        () => false,
      );
    });
    await done;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    matches(text, /\.venv/, "what is ignored");
    await eventually(
      "the item is proven",
      async () => /ignored[^\n]*proven|proven[^\n]*ignored/i.test(await report()),
      20_000,
    );
    await vscode.workspace.fs.delete(file);
  });

  it("takes a role by hand, and goes back", async () => {
    await run("chooseRole", "data");
    await eventually("the role in the report", async () => /data/i.test((await report()).slice(0, 600)));
    await run("resetRole");
    await eventually("the role that the files show", async () =>
      /backend/i.test((await report()).slice(0, 600)),
    );
  });

  it("ticks a manual item with a note only", async () => {
    const done = run("markManual", "mentoring");
    await pause(1_000);
    // The box is empty: taking it as it is does nothing.
    await acceptAfter(0);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await done;
    equal(/Others grow[^\n]*proven/i.test(await report()), false, "ticked without a note");
  });
});
