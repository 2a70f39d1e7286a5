/** The editor's own Git extension, as far as we ask it: what is committed, and since when. */

import { type Event, extensions, type Uri } from "vscode";

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly onDidChange: Event<void>;
  };
  /** The text of a file at a commit. @throws where it was not there */
  show(ref: string, path: string): Promise<string>;
  /** The output of `git blame`. */
  blame(path: string): Promise<string>;
}

export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  getRepository(uri: Uri): GitRepository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Null on the web, and where Git or its extension is off. */
export async function gitApi(): Promise<GitApi | null> {
  const extension = extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) return null;
  try {
    const git = await extension.activate();
    return git.enabled ? git.getAPI(1) : null;
  } catch {
    return null;
  }
}
