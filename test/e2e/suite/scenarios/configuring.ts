/** Settings: they hold at once, the project's file beats the editor's, and the coach says where each comes from. */

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
  reset,
  show,
  withSetting,
  write,
} from "../support.ts";

const RULE = "flask-debug-enabled";

describe("settings", () => {
  afterEach(reset);

  it("hold at once, without a restart", async () => {
    const { document } = await show("settings.py", FLASK_DEBUG);
    await awaitAdvice(document.uri, RULE);
    await withSetting("rules", { [RULE]: "error" }, async () => {
      await eventually(
        "an error",
        () => advice(document.uri, RULE)[0]?.severity === vscode.DiagnosticSeverity.Error,
      );
    });
    await withSetting("rules", { "flask/*": "off" }, () => awaitNone(document.uri, RULE));
    await awaitAdvice(document.uri, RULE);
    await withSetting("enable", false, () => awaitNone(document.uri));
    await awaitAdvice(document.uri, RULE);
  });

  it("give way to the project's file", async () => {
    const { document } = await show("project/app.py", FLASK_DEBUG);
    await awaitAdvice(document.uri, RULE);
    const file = inWorkspace("project/pyproject.toml");
    try {
      await write(file, `[tool.stack-coach.rules]\n${RULE} = "hint"\n`);
      await eventually(
        "a hint, as the project says",
        () => advice(document.uri, RULE)[0]?.severity === vscode.DiagnosticSeverity.Hint,
      );
    } finally {
      await vscode.workspace.fs.delete(file);
    }
    await eventually(
      "a warning again",
      () => advice(document.uri, RULE)[0]?.severity === vscode.DiagnosticSeverity.Warning,
    );
  });

  it("can be seen in effect, with the source of each value", async () => {
    await show("effective.py", FLASK_DEBUG);
    await withSetting("level", "senior", async () => {
      const text = await eventually("the configuration", async () => {
        await vscode.commands.executeCommand("stackCoach.showEffectiveConfig");
        const active = vscode.window.activeTextEditor?.document;
        const shown = active?.uri.scheme === "stack-coach-config" ? active.getText() : "";
        await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
        return /^level = "senior"/m.test(shown) ? shown : null;
      });
      matches(text, /effective\.py/, "the file in question");
      matches(text, /# editor settings\nlevel = "senior"/, "the source of the level");
      matches(text, /# default\nrun = "onType"/, "the source of a default");
    });
  });

  it("are not asked for by anything that the coach shows by itself", async () => {
    const { document } = await show("quiet.py", "answer = 42\n");
    equal(advice(document.uri).length, 0, "advice on code without flaws");
  });
});
