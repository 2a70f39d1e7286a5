/** What package.json promises is there: each command runs, each has a name in the palette. */

import * as vscode from "vscode";
import { equal } from "../support.ts";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
      }[];
    }[];
  };
}

function manifest(): Manifest {
  return vscode.extensions.getExtension("stack-coach.stack-coach")?.packageJSON as Manifest;
}

describe("the manifest", () => {
  it("contributes only commands that are registered, with names", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const { commands } = manifest().contributes;
    equal(
      commands
        .filter(({ command }) => !registered.has(command))
        .map(({ command }) => command)
        .join(),
      "",
      "missing",
    );
    for (const { command, title, category } of commands) {
      equal(category, "Stack Coach", `category of ${command}`);
      equal(/^%|%$/.test(title) || title === "", false, `title of ${command} is a placeholder`);
    }
  });

  it("has views that can be focused by the keyboard", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { id } of Object.values(manifest().contributes.views).flat())
      equal(registered.has(`${id}.focus`), true, `${id}.focus`);
  });

  it("links in the walkthrough to commands that exist", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const [walkthrough] = manifest().contributes.walkthroughs;
    const links = (walkthrough?.steps ?? []).flatMap(({ description }) =>
      [...description.matchAll(/\(command:([\w.]+)/g)].map(([, command = ""]) => command),
    );
    // Git is not there on the web, where its link says so itself.
    const missing = links.filter((command) => !registered.has(command) && command !== "git.init");
    equal(links.length >= 12, true, "links in the steps");
    equal(missing.join(), "", "commands that do not exist");
  });
});
