/** The suite for workspaces with several roots: each has its own configuration. */

import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";
import { activate, advice, awaitAdvice, equal, eventually, FLASK_DEBUG, reset, show } from "./support.ts";

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
    equal(vscode.workspace.updateWorkspaceFolders(1, 1), true, "the second root leaves");
    await eventually("one root", () => vscode.workspace.workspaceFolders?.length === 1);
    equal(advice(first.document.uri, "flask-debug-enabled").length, 1, "advice in the first root");
    equal(
      vscode.workspace.updateWorkspaceFolders(1, 0, { uri: second.uri }),
      true,
      "the second root comes back",
    );
    await eventually("two roots", () => vscode.workspace.workspaceFolders?.length === 2);
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

export const run = runMocha;
