/** The checklist through its commands: it is there, it follows the files, its scaffolds ask before they write. */

import * as vscode from "vscode";
import {
  acceptAfter,
  activeText,
  equal,
  eventually,
  IN_WEB,
  inWorkspace,
  matches,
  pause,
  reset,
  tabs,
  write,
} from "../support.ts";

const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`stackCoach.${command}`, ...args);

/** The checklist as Markdown. Not from the clipboard, which nobody may read on the web. */
async function report(): Promise<string> {
  await run("exportChecklist", "markdown");
  const text = activeText();
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  return text;
}

describe("the checklist", () => {
  afterEach(reset);

  it("can be copied as a report", async function () {
    if (IN_WEB) return this.skip();
    await run("copyReport");
    const text = await vscode.env.clipboard.readText();
    matches(text, /orders/i, "the project");
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

  it("previews a scaffold, and writes nothing unasked", async () => {
    const file = inWorkspace(".gitignore");
    const exists = (): Thenable<boolean> =>
      vscode.workspace.fs.stat(file).then(
        () => true,
        () => false,
      );
    const done = run("scaffold", "gitignore-python");
    await pause(2_000);
    equal(await exists(), false, "the file before anything is confirmed");
    await vscode.commands.executeCommand("refactorPreview.discard");
    await done;
    equal(await exists(), false, "the file once it is discarded");
  });

  it("follows the files", async function () {
    this.timeout(60_000);
    const file = inWorkspace(".gitignore");
    const state = async (): Promise<string> =>
      (await report()).split("\n").find((line) => /Generated and private files/.test(line)) ?? "";
    matches(await state(), /missing/, "without the file");
    await write(
      file,
      ".venv/\n__pycache__/\n.env\n.env.*\n!.env.example\n.coverage\nhtmlcov/\n.pytest_cache/\n.ruff_cache/\n.mypy_cache/\n",
    );
    try {
      await eventually("another state", async () => !/missing/.test(await state()), 20_000);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
    await eventually("the old state", async () => /missing/.test(await state()), 20_000);
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
