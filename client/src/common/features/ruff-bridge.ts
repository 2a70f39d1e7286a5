/** Shows which advice Ruff could take over in this project, and previews the one edit that lets it. */

import { commands, Disposable, l10n, window } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import {
  RUFF_BRIDGE_REQUEST,
  type RuffBridgeParams,
  type RuffBridgeResult,
  type RuffOverlap,
} from "../../../../server/src/protocol/ruffBridge.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import { COMMANDS, CONTEXT_KEYS } from "../commands.ts";
import { applyPreviewed } from "../edits.ts";

export function registerRuffBridge(client: BaseLanguageClient, store: ChecklistStore): Disposable {
  const ask = (params: RuffBridgeParams): Promise<RuffBridgeResult> =>
    client.sendRequest<RuffBridgeResult>(RUFF_BRIDGE_REQUEST, params);
  const setKey = async (): Promise<void> => {
    if (!client.isRunning()) return;
    const has = await ask({}).then(
      ({ config }) => config !== null,
      () => false,
    );
    await commands.executeCommand("setContext", CONTEXT_KEYS.hasRuff, has);
  };
  return Disposable.from(
    client.onDidChangeState(({ newState }) => newState === State.Running && void setKey()),
    store.onDidChange(() => void setKey()),
    commands.registerCommand(COMMANDS.ruffBridge, () => bridge(ask)),
  );
}

async function bridge(ask: (params: RuffBridgeParams) => Promise<RuffBridgeResult>): Promise<void> {
  const active = window.activeTextEditor?.document;
  const place: RuffBridgeParams = active?.uri.scheme === "file" ? { uri: active.uri.toString() } : {};
  const known = await ask(place);
  if (known.config === null || known.offered.length === 0) {
    // The user asked what can be done: that nothing can be has to be said.
    void window.showInformationMessage(nothingText(known));
    return;
  }
  const choices = known.offered.map((overlap) => ({
    label: overlap.code,
    description: overlap.rules.map(({ title }) => title).join(", "),
    picked: true,
    overlap,
  }));
  const picked = await window.showQuickPick(choices, {
    canPickMany: true,
    matchOnDescription: true,
    title: l10n.t("Ruff rules that replace advice; covered already: {0}", known.covered.length),
    placeHolder: l10n.t("Codes to enable; the coach then steps aside for them"),
  });
  if (!picked || picked.length === 0) return;
  const { edit } = await ask({ ...place, codes: picked.map(({ label }) => label) });
  await applyPreviewed(edit);
}

function nothingText({ config, covered, declined }: RuffBridgeResult): string {
  if (config === null)
    return l10n.t("No Ruff configuration governs this place, so there is nothing to hand over.");
  const codes = (overlaps: readonly RuffOverlap[]): string => overlaps.map(({ code }) => code).join(", ");
  return declined.length > 0
    ? l10n.t(
        "Ruff covers {0} codes of ours already; the project declined {1}.",
        covered.length,
        codes(declined),
      )
    : l10n.t("Ruff covers all {0} codes of ours that it can.", covered.length);
}
