/** The suite for workspaces with several roots: each has its own configuration. */

import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";
import { activate, advice, awaitAdvice, equal, FLASK_DEBUG, reset, show } from "./support.ts";

before(activate);

describe("two roots", () => {
  afterEach(reset);

  it("are governed by their own configuration", async () => {
    const first = await show("app.py", FLASK_DEBUG, 0);
    await awaitAdvice(first.document.uri, "flask-debug-enabled");
    const flaws = `${FLASK_DEBUG}\nimport requests\n\nrequests.get("https://example.com", timeout=5, verify=False)\n`;
    const second = await show("app.py", flaws, 1);
    await awaitAdvice(second.document.uri, "tls-verification-disabled");
    equal(
      advice(second.document.uri, "flask-debug-enabled").length,
      0,
      "a rule that the second root turns off",
    );
    equal(advice(first.document.uri, "flask-debug-enabled").length, 1, "the same rule in the first root");
  });

  it("can leave and come back while the other is coached on", async () => {
    const first = await show("staying.py", FLASK_DEBUG, 0);
    await awaitAdvice(first.document.uri, "flask-debug-enabled");
    const second = vscode.workspace.workspaceFolders?.[1];
    if (!second) throw new Error("there is no second root");
    await changeRoots(() => vscode.workspace.updateWorkspaceFolders(1, 1));
    equal(advice(first.document.uri, "flask-debug-enabled").length, 1, "advice in the first root");
    await changeRoots(() => vscode.workspace.updateWorkspaceFolders(1, 0, { uri: second.uri }));
    const flaws = `${FLASK_DEBUG}\nimport requests\n\nrequests.get("https://example.com", timeout=5, verify=False)\n`;
    const again = await show("again.py", flaws, 1);
    await awaitAdvice(again.document.uri, "tls-verification-disabled");
    equal(
      advice(again.document.uri, "flask-debug-enabled").length,
      0,
      "a rule that the second root turns off",
    );
  });
});

/** VS Code refuses a change of the roots before it has told of the one before. */
async function changeRoots(change: () => boolean): Promise<void> {
  const told = new Promise<void>((resolve) => {
    const listening = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listening.dispose();
      resolve();
    });
  });
  equal(change(), true, "the roots may change");
  await told;
}

export const run = runMocha;
