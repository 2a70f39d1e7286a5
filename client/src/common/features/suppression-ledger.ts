/** Lists every comment that silences advice, with its reason, its age and whether it still does anything. */

import { commands, type Disposable, l10n, ProgressLocation, ThemeIcon, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  SUPPRESSIONS_REQUEST,
  type SuppressionEntry,
  type SuppressionsResult,
} from "../../../../server/src/protocol/suppressions.ts";
import { COMMANDS } from "../commands.ts";
import { type GitApi, gitApi } from "../git.ts";
import {
  blameDates,
  effectText,
  type LedgerLine,
  ledgerMarkdown,
  reasonText,
  sortLedger,
} from "../ledger/ledger.ts";

const ICONS = { used: "eye-closed", stale: "trash", other: "comment" } as const;

export function registerSuppressionLedger(client: BaseLanguageClient): Disposable {
  return commands.registerCommand(COMMANDS.suppressionLedger, async () => {
    const lines = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t("Reading suppressions"), cancellable: true },
      async (_progress, token) => {
        const result = await client.sendRequest<SuppressionsResult>(SUPPRESSIONS_REQUEST, {}, token);
        return sortLedger(await dated(result.entries, await gitApi()));
      },
    );
    if (lines.length === 0) {
      window.setStatusBarMessage(l10n.t("No comment of this workspace silences advice"), 5_000);
      return;
    }
    await show(lines);
  });
}

async function show(lines: readonly LedgerLine[]): Promise<void> {
  const report = {
    label: l10n.t("Open as a report"),
    iconPath: new ThemeIcon("markdown"),
    run: async () => {
      const content = ledgerMarkdown(lines, l10n);
      await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
    },
  };
  const choices = lines.map(({ entry, place, since }) => ({
    label: entry.text,
    description: [place, since ?? ""].filter(Boolean).join(" · "),
    detail: `${effectText(entry, l10n)} · ${reasonText(entry, l10n)}`,
    iconPath: new ThemeIcon(ICONS[entry.state]),
    run: () => commands.executeCommand(COMMANDS.openLocation, entry.uri, entry.range),
  }));
  const stale = lines.filter(({ entry }) => entry.state === "stale").length;
  const picked = await window.showQuickPick([report, ...choices], {
    title: l10n.t("Suppressions: {0}, stale: {1}", lines.length, stale),
    placeHolder: l10n.t("Go to a suppression"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.run();
}

/** One `blame` a file that holds a suppression; without Git the dates stay out. */
async function dated(
  entries: readonly SuppressionEntry[],
  git: GitApi | null,
): Promise<readonly LedgerLine[]> {
  const blames = new Map<string, Promise<ReadonlyMap<number, string>>>();
  const datesOf = (uri: string): Promise<ReadonlyMap<number, string>> => {
    let dates = blames.get(uri);
    if (dates === undefined) {
      dates = blame(Uri.parse(uri, true), git);
      blames.set(uri, dates);
    }
    return dates;
  };
  return Promise.all(
    entries.map(async (entry) => {
      const line = entry.range.start.line + 1;
      const place = `${workspace.asRelativePath(Uri.parse(entry.uri, true))}:${line}`;
      return { entry, place, since: (await datesOf(entry.uri)).get(line) ?? null };
    }),
  );
}

async function blame(uri: Uri, git: GitApi | null): Promise<ReadonlyMap<number, string>> {
  const repository = git?.getRepository(uri);
  if (!repository) return new Map();
  return repository.blame(uri.fsPath).then(blameDates, () => new Map());
}
