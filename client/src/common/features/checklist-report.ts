/** The checklist as text: copied, opened for saving, or its marks shared with the team. */

import { commands, Disposable, env, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CHECKLIST_SHARE_REQUEST,
  CHECKLIST_TEXT_REQUEST,
  type ChecklistEdit,
  type ChecklistFormat,
  type ChecklistReport,
  type ChecklistShareParams,
  type ChecklistTextParams,
  type ChecklistTextResult,
} from "../../../../server/src/protocol/checklist.ts";
import type { Marks } from "../checklist/marks.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { COMMANDS } from "../commands.ts";
import { applyPreviewed } from "../edits.ts";

const RESULT_MS = 5_000;

export function registerChecklistReport(
  client: BaseLanguageClient,
  store: ChecklistStore,
  marks: Marks,
): Disposable {
  const text = async (format: ChecklistFormat): Promise<string> => {
    const params: ChecklistTextParams = { ...store.params(), format };
    const result = await client.sendRequest<ChecklistTextResult | null>(CHECKLIST_TEXT_REQUEST, params);
    return result?.text ?? "";
  };
  return Disposable.from(
    commands.registerCommand(COMMANDS.copyReport, async () => {
      await env.clipboard.writeText(await text("markdown"));
      window.setStatusBarMessage(l10n.t("The checklist was copied as Markdown"), RESULT_MS);
    }),
    commands.registerCommand(COMMANDS.exportChecklist, async (given: unknown) => {
      const choices = [
        {
          label: l10n.t("Markdown"),
          description: l10n.t("for people"),
          format: "markdown",
          language: "markdown",
        },
        { label: l10n.t("JSON"), description: l10n.t("for tools"), format: "json", language: "json" },
      ] as const;
      const placeHolder = l10n.t("Format; the text is opened, and saved where you choose");
      const named = choices.find(({ format }) => format === given);
      const picked = named ?? (await window.showQuickPick(choices, { placeHolder }));
      if (!picked) return;
      const content = await text(picked.format);
      const document = await workspace.openTextDocument({ language: picked.language, content });
      await window.showTextDocument(document, { preview: false });
    }),
    commands.registerCommand(COMMANDS.shareManual, async () => {
      const report = await chosenRoot(store);
      if (!report) return;
      const params: ChecklistShareParams = { root: report.root, marks: marks.of(report.root) };
      await applyPreviewed(await client.sendRequest<ChecklistEdit | null>(CHECKLIST_SHARE_REQUEST, params));
    }),
  );
}

/** Asks only where there are several. */
async function chosenRoot(store: ChecklistStore): Promise<ChecklistReport | undefined> {
  const reports = store.reports() ?? [];
  if (reports.length < 2) return reports[0];
  const choices = reports.map((report) => ({ label: report.name, report }));
  return (await window.showQuickPick(choices, { placeHolder: l10n.t("Project") }))?.report;
}
