/** Lists the files of the workspace that a scan looks at. */

import type { FileEntry, Host } from "../base/host.ts";
import type { Configuration } from "./configuration.ts";
import type { Folder } from "./folders.ts";

/** Names of the files that a scan looks at. */
export const SCAN_GLOBS = ["*.py", "*.ipynb"];

export interface Listing {
  readonly entries: readonly FileEntry[];
  /** True where there were more files than the setting `maxFiles` of their folder. */
  readonly limitReached: boolean;
}

export interface ListingOptions {
  readonly host: Host;
  readonly configuration: Configuration;
  readonly folders: readonly Folder[];
}

/** Every file once, also where one folder of the workspace lies in another. */
export async function listWorkspace({ folders, ...options }: ListingOptions): Promise<Listing> {
  const entries = new Map<string, FileEntry>();
  for (const folder of folders) {
    const listing = await listFolder(options, folder, SCAN_GLOBS);
    for (const entry of listing.entries) entries.set(entry.path, entry);
    if (listing.limitReached) return { entries: [...entries.values()], limitReached: true };
  }
  return { entries: [...entries.values()], limitReached: false };
}

/** The files below a folder whose base name matches one of the globs, in the order of their names. */
export async function listFolder(
  { host, configuration }: Omit<ListingOptions, "folders">,
  folder: Folder,
  globs: readonly string[],
): Promise<Listing> {
  const { exclude, maxFiles } = await configuration.scanBounds(folder);
  const entries: FileEntry[] = [];
  for await (const entry of host.listFiles(folder.path, globs, { exclude })) {
    if (entries.length === maxFiles) return { entries, limitReached: true };
    entries.push(entry);
  }
  return { entries, limitReached: false };
}
