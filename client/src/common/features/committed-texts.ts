/** Tells the server what is committed, out of the editor's Git: for advice on changed lines only. */

import { Disposable, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  COMMITS_CHANGED_NOTIFICATION,
  COMMITTED_TEXT_REQUEST,
  type CommittedTextParams,
  type CommittedTextResult,
} from "../../../../server/src/protocol/messages.ts";
import { type GitApi, type GitRepository, gitApi } from "../git.ts";

/** Git is not even asked for before the server asks: only those who want changed lines pay for it. */
export function registerCommittedTexts(client: BaseLanguageClient): Disposable {
  const listeners: Disposable[] = [];
  let git: Promise<GitApi | null> | undefined;
  const watch = (repository: GitRepository): void => {
    let commit = repository.state.HEAD?.commit;
    const listener = repository.state.onDidChange(() => {
      if (repository.state.HEAD?.commit === commit) return;
      commit = repository.state.HEAD?.commit;
      void client.sendNotification(COMMITS_CHANGED_NOTIFICATION);
    });
    listeners.push(listener);
  };
  const open = async (): Promise<GitApi | null> => {
    const api = await gitApi();
    for (const repository of api?.repositories ?? []) watch(repository);
    const opened = api?.onDidOpenRepository((repository) => {
      watch(repository);
      void client.sendNotification(COMMITS_CHANGED_NOTIFICATION);
    });
    if (opened) listeners.push(opened);
    return api;
  };
  return Disposable.from(
    client.onRequest(COMMITTED_TEXT_REQUEST, ({ uri }: CommittedTextParams) => {
      git ??= open();
      return committedText(git, Uri.parse(uri, true));
    }),
    { dispose: () => listeners.forEach((listener) => void listener.dispose()) },
  );
}

async function committedText(git: Promise<GitApi | null>, uri: Uri): Promise<CommittedTextResult> {
  const repository = (await git)?.getRepository(uri);
  if (!repository) return null;
  try {
    return { text: await repository.show("HEAD", uri.fsPath) };
  } catch {
    // In a repository, and not in its last commit: the file is new.
    return { text: "" };
  }
}
