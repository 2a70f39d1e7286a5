/** URIs and the paths that the engine and the host know files by. */

import { URI } from "vscode-uri";

/**
 * The path of a URI: `/`-separated and absolute for files, the URI itself for everything else (virtual
 * workspaces, untitled documents), so that two files never share a path.
 */
export function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath.replaceAll("\\", "/") : parsed.toString();
}

/** The URI of a path that `pathOf` gave, or that lies below one. */
export function uriOf(path: string): string {
  return isUriPath(path) ? path : URI.file(path).toString();
}

/** True for the path of something that is no file of this machine. A drive letter is no scheme. */
export function isUriPath(path: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:/.test(path);
}

/** True where `path` is `folder` or lies below it. */
export function isBelow(folder: string, path: string): boolean {
  if (!path.startsWith(folder)) return false;
  return path.length === folder.length || folder.endsWith("/") || path[folder.length] === "/";
}

/** The path of `path` relative to a folder above it. */
export function relativeTo(folder: string, path: string): string {
  return path.slice(folder.length).replace(/^\//, "");
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Always coached. Others (`git:`, `output:`, the left side of a diff) only where a workspace folder has them. */
const SCHEMES = new Set(["file", "untitled", "vscode-remote", "vscode-vfs", "vscode-notebook-cell"]);

/** True where documents of this URI are the user's own code rather than a view of it. */
export function isCoached(uri: string, folderUris: readonly string[]): boolean {
  const scheme = schemeOf(uri);
  return SCHEMES.has(scheme) || folderUris.some((folder) => schemeOf(folder) === scheme);
}

function schemeOf(uri: string): string {
  return uri.slice(0, Math.max(uri.indexOf(":"), 0));
}
