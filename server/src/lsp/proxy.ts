/** Files that only the client can read (virtual workspaces, the web): asked for by requests of our own. */

import type { Connection } from "vscode-languageserver";
import { SKIPPED_FOLDERS } from "../base/folders.ts";
import type { FileEntry, Host, ListOptions } from "../base/host.ts";
import {
  HOST_LIST_FILES_REQUEST,
  HOST_READ_FILE_REQUEST,
  type HostListFilesParams,
  type HostListFilesResult,
  type HostReadFileParams,
  type HostReadFileResult,
  type InitializationOptions,
} from "../protocol/messages.ts";
import { isUriPath, pathOf, uriOf } from "./paths.ts";

export type FileProxy = Pick<Host, "readFile" | "listFiles">;

/** The file functions of a Host, served by the client. */
export function createFileProxy(connection: Connection): FileProxy {
  return {
    async readFile(path) {
      const params: HostReadFileParams = { uri: uriOf(path) };
      try {
        const result = await connection.sendRequest<HostReadFileResult>(HOST_READ_FILE_REQUEST, params);
        return result === null ? null : bytesOf(result.base64);
      } catch {
        return null;
      }
    },
    async *listFiles(
      folder: string,
      globs: readonly string[],
      options?: ListOptions,
    ): AsyncIterable<FileEntry> {
      const params: HostListFilesParams = { folder: uriOf(folder), globs, exclude: options?.exclude ?? [] };
      const found = await connection.sendRequest<HostListFilesResult>(HOST_LIST_FILES_REQUEST, params);
      for (const { uri, size } of found) {
        const path = pathOf(uri);
        const inside = path.slice(folder.length).split("/").slice(0, -1);
        if (!inside.some((name) => SKIPPED_FOLDERS.has(name))) yield { path, size };
      }
    },
  };
}

/**
 * The host as the rest of the server sees it: what the client alone can read is asked of the client, and wasm
 * files come from where the client says they are.
 * @param initialized resolves when the client has said so: before, it may not be asked for anything.
 */
export function routeHost(
  host: Host,
  proxy: FileProxy,
  options: InitializationOptions,
  initialized: Promise<void>,
): Host {
  const nothing: FileProxy = { readFile: async () => null, listFiles: async function* () {} };
  const virtual = options.fileSystemProxy === true ? proxy : nothing;
  return {
    log: host.log,
    now: host.now,
    readFile: (path) => (isUriPath(path) ? virtual : host).readFile(path),
    listFiles: (folder, globs, listOptions) =>
      (isUriPath(folder) ? virtual : host).listFiles(folder, globs, listOptions),
    async loadWasm(name) {
      const uri = options.wasm?.[name];
      if (uri === undefined) return host.loadWasm(name);
      await initialized;
      return host.loadWasm(uri);
    },
  };
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
