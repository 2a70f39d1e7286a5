/** Reads and lists files for the server where it cannot do so itself: in the browser and in virtual workspaces. */

import { Disposable, type ExtensionContext, RelativePattern, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  HOST_LIST_FILES_REQUEST,
  HOST_READ_FILE_REQUEST,
  type HostListFilesParams,
  type HostListFilesResult,
  type HostReadFileParams,
  type HostReadFileResult,
} from "../../../../server/src/protocol/messages.ts";
import { toBase64 } from "../base64.ts";

/** Answers for files of the workspace and of the extension itself, and for nothing else. */
export function registerHostProxy(client: BaseLanguageClient, context: ExtensionContext): Disposable {
  return Disposable.from(
    client.onRequest(HOST_READ_FILE_REQUEST, ({ uri }: HostReadFileParams) =>
      readFile(Uri.parse(uri), context),
    ),
    client.onRequest(HOST_LIST_FILES_REQUEST, (params: HostListFilesParams) => listFiles(params)),
  );
}

async function readFile(uri: Uri, context: ExtensionContext): Promise<HostReadFileResult> {
  if (!isOurs(uri, context)) return null;
  try {
    return { base64: toBase64(await workspace.fs.readFile(uri)) };
  } catch {
    return null;
  }
}

function isOurs(uri: Uri, { extensionUri }: ExtensionContext): boolean {
  if (workspace.getWorkspaceFolder(uri)) return true;
  if (workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return true;
  return uri.toString().startsWith(`${Uri.joinPath(extensionUri, "dist").toString()}/`);
}

/** What `files.exclude` hides is left out too; folders such as virtual environments the server leaves out. */
async function listFiles({ folder, globs, exclude }: HostListFilesParams): Promise<HostListFilesResult> {
  const parsed = Uri.parse(folder);
  // The root of a virtual file system, whose path the server knows without its slash.
  const root = parsed.path === "" ? parsed.with({ path: "/" }) : parsed;
  const hidden = exclude && exclude.length > 0 ? new RelativePattern(root, braces(exclude)) : undefined;
  const uris = await workspace.findFiles(new RelativePattern(root, `**/${braces(globs)}`), hidden);
  const entries = await Promise.all(uris.map(sized));
  return entries.filter((entry) => entry !== null);
}

/** One glob that matches what any of several does. */
function braces(globs: readonly string[]): string {
  return globs.length === 1 ? (globs[0] ?? "") : `{${globs.join(",")}}`;
}

async function sized(uri: Uri): Promise<HostListFilesResult[number] | null> {
  try {
    return { uri: uri.toString(), size: (await workspace.fs.stat(uri)).size };
  } catch {
    return null;
  }
}
