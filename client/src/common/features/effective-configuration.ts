/** Shows which configuration governs the active file, and where each value comes from, as a read-only document. */

import { commands, Disposable, EventEmitter, l10n, languages, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  EFFECTIVE_CONFIG_REQUEST,
  type EffectiveConfigEntry,
  type EffectiveConfigParams,
  type EffectiveConfigResult,
} from "../../../../server/src/protocol/messages.ts";
import { COMMANDS } from "../commands.ts";

const SCHEME = "stack-coach-config";

export function registerEffectiveConfiguration(client: BaseLanguageClient): Disposable {
  const changed = new EventEmitter<Uri>();
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      // The file in question stands in the query, so that the page can be written anew when VS Code restores it.
      provideTextDocumentContent: async ({ query }) => page(await request(client, query)),
    }),
    commands.registerCommand(COMMANDS.showEffectiveConfig, async () => {
      const subject = window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
      if (!subject) return;
      const uri = Uri.from({
        scheme: SCHEME,
        path: "/effective-configuration.properties",
        query: subject.toString(),
      });
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, "properties");
      await window.showTextDocument(document, { preview: true });
    }),
  );
}

function request(client: BaseLanguageClient, uri: string): Promise<EffectiveConfigResult> {
  const params: EffectiveConfigParams = { textDocument: { uri } };
  return client.sendRequest<EffectiveConfigResult>(EFFECTIVE_CONFIG_REQUEST, params);
}

/** One value a line, its source as a comment above: readable, and a screen reader reads it in that order. */
function page({ file, contexts, entries }: EffectiveConfigResult): string {
  const kinds = contexts.length > 0 ? contexts.join(", ") : l10n.t("none");
  const head = [
    `# ${l10n.t("The configuration of Stack Coach that governs this file")}`,
    `# ${file}`,
    `# ${l10n.t("Recognised as: {0}", kinds)}`,
  ];
  return `${[...head, "", ...entries.flatMap(lines)].join("\n")}\n`;
}

function lines({ key, value, source }: EffectiveConfigEntry): string[] {
  return [`# ${source}`, `${key} = ${value}`, ""];
}
