/** The suite for workspaces with several roots: each has its own configuration. */

import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";
import { activate, advice, awaitAdvice, equal, FLASK_DEBUG, pause, reset, ruleOf, show } from "./support.ts";

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

  it("are coached when they join, and forgotten when they leave", async () => {
    const { document } = await show("leaving.py", FLASK_DEBUG, 0);
    await awaitAdvice(document.uri, "flask-debug-enabled");
    const before = vscode.workspace.workspaceFolders?.length ?? 0;
    const removed = vscode.workspace.updateWorkspaceFolders(before - 1, 1);
    equal(removed, true, "the second root leaves");
    await pause(1_000);
    equal(advice(document.uri).map(ruleOf).includes("flask-debug-enabled"), true, "advice in the first root");
  });
});

export const run = runMocha;
