import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";

describe("smoke", () => {
  it("activates", async () => {
    const ext = vscode.extensions.getExtension("stack-coach.stack-coach");
    if (!ext) throw new Error("not found");
    await ext.activate();
    console.log(
      "[suite] kind",
      vscode.env.uriScheme,
      vscode.env.appHost,
      String(ext.extensionUri),
      vscode.workspace.workspaceFolders?.map(String),
      vscode.version,
      typeof process,
    );
    console.log(
      "[suite] " +
        (await vscode.commands.getCommands(true)).filter((c) => c.startsWith("stackCoach")).join(" "),
    );
  });
});
export const run = runMocha;
