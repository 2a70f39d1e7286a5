/** The workspace's folders, and which of them a file lies in. */

import type { InitializeParams, WorkspaceFolder } from "vscode-languageserver";
import { baseNameOf, isBelow, pathOf, uriOf } from "./paths.ts";

export interface Folder {
  readonly uri: string;
  readonly path: string;
  readonly name: string;
}

export interface Folders {
  all(): readonly Folder[];
  /** The innermost folder that holds a path, or null. */
  of(path: string): Folder | null;
  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void;
}

/** Clients tell folders in three ways, the older two with a single root or none at all. */
export function createFolders(params: InitializeParams): Folders {
  let folders = initialFolders(params).map(toFolder);
  return {
    all: () => folders,
    of(path) {
      const holding = folders.filter((folder) => isBelow(folder.path, path));
      return holding.reduce<Folder | null>(
        (best, folder) => (best === null || folder.path.length > best.path.length ? folder : best),
        null,
      );
    },
    change(added, removed) {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added.map(toFolder)];
    },
  };
}

function initialFolders({
  workspaceFolders,
  rootUri,
  rootPath,
}: InitializeParams): readonly WorkspaceFolder[] {
  if (Array.isArray(workspaceFolders)) return workspaceFolders;
  if (typeof rootUri === "string") return [{ uri: rootUri, name: "" }];
  if (typeof rootPath === "string") return [{ uri: uriOf(rootPath), name: "" }];
  return [];
}

function toFolder({ uri, name }: WorkspaceFolder): Folder {
  const path = pathOf(uri).replace(/(?<=[^/:])\/+$/, "");
  return { uri, path, name: name === "" ? baseNameOf(path) : name };
}
