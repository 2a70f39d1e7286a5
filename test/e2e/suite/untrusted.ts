/** The suite for a folder that nobody has trusted: everything works, because nothing of it is executed. */

import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";
import {
  activate,
  awaitAdvice,
  awaitNone,
  equal,
  FLASK_DEBUG,
  inWorkspace,
  offers,
  reset,
  show,
  take,
} from "./support.ts";

before(activate);

describe("an untrusted folder", () => {
  afterEach(reset);

  it("is coached like any other", async () => {
    equal(vscode.workspace.isTrusted, false, "trusted");
    const { document } = await show("app.py", FLASK_DEBUG);
    const finding = await awaitAdvice(document.uri, "flask-debug-enabled");
    const fix = (await offers(document.uri, finding.range, "quickfix")).find((action) => action.edit);
    if (!fix) throw new Error("no fix is offered");
    await take(fix);
    await awaitNone(document.uri, "flask-debug-enabled");
  });

  it("can be checked as a whole", async () => {
    await vscode.commands.executeCommand("stackCoach.scanWorkspace");
    await awaitAdvice(inWorkspace("closed.py"), "tls-verification-disabled");
  });
});

export const run = runMocha;
