/** The commands that look after the server: its log, and starting it anew. */

import { commands, Disposable, type LogOutputChannel } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { COMMANDS } from "../commands.ts";

export function registerServerControl(client: BaseLanguageClient, log: LogOutputChannel): Disposable {
  return Disposable.from(
    commands.registerCommand(COMMANDS.showLog, () => log.show()),
    commands.registerCommand(COMMANDS.restartServer, async () => {
      log.info("Restarting the server, as asked.");
      if (client.needsStop()) await client.stop();
      await client.start();
    }),
  );
}
