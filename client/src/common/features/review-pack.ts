/** Gathers the findings on lines that differ from the last commit, as Markdown for a review. */

import { commands, type Disposable, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FINDINGS_REQUEST,
  type FindingsParams,
  type FindingsResult,
} from "../../../../server/src/protocol/findings.ts";
import { COMMANDS } from "../commands.ts";
import { gitApi } from "../git.ts";
import { reviewMarkdown } from "../review/review.ts";

export function registerReviewPack(client: BaseLanguageClient): Disposable {
  return commands.registerCommand(COMMANDS.reviewPack, async () => {
    const git = await gitApi();
    if (git === null || git.repositories.length === 0) {
      // The user asked for changed lines, and nobody here can tell them.
      void window.showInformationMessage(
        git === null
          ? l10n.t("Changed lines are known through Git, which is not available here.")
          : l10n.t("No Git repository is open, so no line counts as changed."),
      );
      return;
    }
    const result = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t("Reviewing changed lines"), cancellable: true },
      (_progress, token) => {
        const params: FindingsParams = { changedOnly: true };
        return client.sendRequest<FindingsResult>(FINDINGS_REQUEST, params, token);
      },
    );
    const pathOf = (uri: string): string => workspace.asRelativePath(Uri.parse(uri, true));
    const content = reviewMarkdown(result, pathOf, l10n);
    await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
  });
}
