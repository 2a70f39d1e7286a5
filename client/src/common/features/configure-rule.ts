/** Sets the severity of a rule in the settings, after asking which one and where. */

import {
  ConfigurationTarget,
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  languages,
  type QuickPickItem,
  window,
  workspace,
} from "vscode";
import { RULE_SETTINGS } from "../../../../server/src/protocol/settings.ts";
import { ruleOf } from "../advice.ts";
import { readCatalog } from "../catalog.ts";
import { COMMANDS } from "../commands.ts";

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export function registerConfigureRule(context: ExtensionContext): Disposable {
  return commands.registerCommand(COMMANDS.configureRule, async (given?: unknown) => {
    const rule = typeof given === "string" ? given : await askRule(context);
    if (!rule) return;
    const setting = await askSeverity(rule);
    if (!setting) return;
    const target = await askTarget();
    if (target !== undefined) await write(rule, setting, target);
  });
}

async function write(rule: string, setting: string, target: ConfigurationTarget): Promise<void> {
  const resource = window.activeTextEditor?.document.uri;
  const configuration = workspace.getConfiguration("stackCoach", resource);
  const inspected = configuration.inspect<Record<string, string>>("rules");
  const there = {
    [ConfigurationTarget.Global]: inspected?.globalValue,
    [ConfigurationTarget.Workspace]: inspected?.workspaceValue,
    [ConfigurationTarget.WorkspaceFolder]: inspected?.workspaceFolderValue,
  }[target];
  await configuration.update("rules", { ...there, [rule]: setting }, target);
}

/** The rules that found something in open files first, then the sections, then all other rules. */
async function askRule(context: ExtensionContext): Promise<string | undefined> {
  const catalog = await readCatalog(context);
  const found = new Set(
    languages.getDiagnostics().flatMap(([, all]) => all.flatMap((each) => ruleOf(each) ?? [])),
  );
  const items = catalog.map(({ id, title }) => ({ label: id, description: title }));
  const sections = [...new Set(catalog.map(({ section }) => section))].sort();
  const choices: QuickPickItem[] = [
    ...items.filter(({ label }) => found.has(label)),
    ...sections.map((section) => ({
      label: `${section}/*`,
      description: l10n.t("all rules of the section"),
    })),
    ...items.filter(({ label }) => !found.has(label)),
  ];
  const picked = await window.showQuickPick(choices, {
    placeHolder: l10n.t("Rule to configure"),
    matchOnDescription: true,
  });
  return picked?.label;
}

function askSeverity(rule: string): Thenable<string | undefined> {
  return window.showQuickPick([...RULE_SETTINGS], { placeHolder: l10n.t("Severity of {0}", rule) });
}

/** Asks only where there is a choice: without a folder there are only the user's settings. */
async function askTarget(): Promise<ConfigurationTarget | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return ConfigurationTarget.Global;
  const choices: Choice<ConfigurationTarget>[] = [
    { label: l10n.t("This workspace"), value: ConfigurationTarget.Workspace },
    { label: l10n.t("Everywhere"), description: l10n.t("user settings"), value: ConfigurationTarget.Global },
  ];
  if (folders.length > 1)
    choices.unshift({ label: l10n.t("The folder of this file"), value: ConfigurationTarget.WorkspaceFolder });
  return (await window.showQuickPick(choices, { placeHolder: l10n.t("Where the severity holds") }))?.value;
}
