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
export async function listWorkspace({ host, configuration, folders }: ListingOptions): Promise<Listing> {
  const entries = new Map<string, FileEntry>();
  let limitReached = false;
  for (const folder of folders) {
    const { exclude, maxFiles } = await configuration.scanBounds(folder);
    let count = 0;
    for await (const entry of host.listFiles(folder.path, SCAN_GLOBS, { exclude })) {
      limitReached = ++count > maxFiles;
      if (limitReached) break;
      entries.set(entry.path, entry);
    }
    if (limitReached) break;
  }
  return { entries: [...entries.values()], limitReached };
}
