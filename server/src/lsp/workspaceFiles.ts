/** The Python files that a request is about, whether they are open or closed, one after the other. */

import type { CancellationToken } from "vscode-languageserver";
import type { FileEntry } from "../base/host.ts";
import type { ClosedFile } from "./closedFiles.ts";
import type { PlacedDiagnostic } from "./diagnostics.ts";
import { toDiagnostics } from "./diagnostics.ts";
import type { Folder } from "./folders.ts";
import { listWorkspace } from "./listing.ts";
import { baseNameOf, isBelow, pathOf, uriOf } from "./paths.ts";
import { describe } from "./runSafe.ts";
import type { Session } from "./session.ts";
import { inSlices } from "./slices.ts";

export interface Looked {
  readonly checked: number;
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
  readonly cancelled: boolean;
}

/**
 * Hands over the findings of each file that has been asked for, in the order of the listing.
 *
 * @param uris files and folders; null: the whole workspace
 */
export async function eachFile(
  session: Session,
  uris: readonly string[] | null,
  token: CancellationToken,
  take: (path: string, findings: readonly PlacedDiagnostic[], text: string) => Promise<void> | void,
): Promise<Looked> {
  const { entries, missing } = await entriesOf(session, uris);
  const skipped = [...missing];
  let checked = 0;
  const read = ({ path, size }: FileEntry): Promise<Read> => readEither(session, path, size);
  await inSlices(session.host, entries, read, async ({ path }, file) => {
    if (token.isCancellationRequested) return false;
    if (file instanceof Error) skipped.push({ uri: uriOf(path), reason: describe(file) });
    else if (file === null) skipped.push({ uri: uriOf(path), reason: "The configuration leaves it out." });
    else if ("problem" in file) skipped.push({ uri: uriOf(path), reason: file.problem });
    else {
      checked++;
      await take(path, file.analyse(), file.text);
    }
    return true;
  });
  return { checked, skipped, cancelled: token.isCancellationRequested };
}

type Read = ClosedFile | null;

/** An open file as it is typed, any other as it is on disk. */
async function readEither(session: Session, path: string, size: number): Promise<Read> {
  const open = session.files.byPath(path);
  if (open === undefined) return session.readClosed(path, size);
  const { findings } = await session.analyses.of(open);
  const { traits, links, rules } = session;
  const told = toDiagnostics(findings, (span) => open.place(span), { traits, links, rules });
  return { text: open.text(), analyse: () => told, standing: () => () => true };
}

interface Entries {
  readonly entries: readonly FileEntry[];
  readonly missing: readonly { readonly uri: string; readonly reason: string }[];
}

async function entriesOf(session: Session, uris: readonly string[] | null): Promise<Entries> {
  const { host, configuration, folders } = session;
  await session.projects.ready();
  if (uris === null) {
    const { entries } = await listWorkspace({ host, configuration, folders: folders.all() });
    return { entries, missing: [] };
  }
  const entries: FileEntry[] = [];
  const missing: { uri: string; reason: string }[] = [];
  for (const uri of uris) {
    const path = pathOf(uri);
    if (
      !folders.all().some((folder) => isBelow(folder.path, path)) &&
      session.files.byPath(path) === undefined
    )
      missing.push({ uri, reason: "It lies outside of the workspace's folders." });
    else if (/\.(pyi?|ipynb)$/.test(path)) entries.push({ path, size: 0 });
    else {
      const below: Folder = { uri, path, name: baseNameOf(path) };
      const listed = await listWorkspace({ host, configuration, folders: [below] });
      if (listed.entries.length === 0) missing.push({ uri, reason: "No Python file lies there." });
      entries.push(...listed.entries);
    }
  }
  return { entries, missing };
}
