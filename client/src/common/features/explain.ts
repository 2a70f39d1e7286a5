/** Explains the finding at the cursor on a page of its own: why it matters here, how to fix it, when it is fine. */

import { commands, type Disposable, l10n, type Position, type Uri, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  EXPLAIN_REQUEST,
  type ExplainParams,
  type Explanation,
} from "../../../../server/src/protocol/messages.ts";
import { COMMANDS } from "../commands.ts";
import type { Guide } from "./guide.ts";

export function registerExplain(client: BaseLanguageClient, guide: Guide): Disposable {
  return commands.registerCommand(COMMANDS.explainHere, async () => {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const explanation = await explain(client, editor.document.uri, editor.selection.active);
    if (explanation) await guide.show(explanation.ruleId, explanationPage(explanation));
    else window.setStatusBarMessage(l10n.t("Stack Coach has no advice at the cursor"), 5_000);
  });
}

function explain(client: BaseLanguageClient, uri: Uri, position: Position): Promise<Explanation | null> {
  const params: ExplainParams = {
    textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
    position: client.code2ProtocolConverter.asPosition(position),
  };
  return client.sendRequest<Explanation | null>(EXPLAIN_REQUEST, params);
}

function explanationPage({ ruleId, title, markdown, guide }: Explanation): string {
  const [page = "", anchor = ""] = guide.split("#");
  const more = l10n.t("More in the guide");
  return `# ${title}\n\n\`${ruleId}\`\n\n${markdown}\n\n[${more}](/${page}.md#${anchor})\n`;
}
