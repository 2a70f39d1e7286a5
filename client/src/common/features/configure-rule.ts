/** Sets the severity of a rule in the settings, after asking which one and where. */

import {
  ConfigurationTarget,
  commands,
  type Disposable,
  l10n,
  languages,
  type QuickPickItem,
  window,
  workspace,
} from "vscode";
import { RULE_SETTINGS } from "../../../../server/src/protocol/settings.ts";
import { ruleOf } from "../advice.ts";
import { COMMANDS } from "../commands.ts";

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export function registerConfigureRule(): Disposable {
  return commands.registerCommand(COMMANDS.configureRule, async (given?: unknown) => {
    const rule = typeof given === "string" ? given : await askRule();
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

/** The rules that found something in open files, those of the active file first; any other can be typed. */
async function askRule(): Promise<string | undefined> {
  const active = window.activeTextEditor?.document.uri.toString();
  const here = languages.getDiagnostics().sort(([a], [b]) => rank(a.toString()) - rank(b.toString()));
  function rank(uri: string): number {
    return uri === active ? 0 : 1;
  }
  const rules = [...new Set(here.flatMap(([, found]) => found.flatMap((each) => ruleOf(each) ?? [])))];
  if (rules.length > 0) return window.showQuickPick(rules, { placeHolder: l10n.t("Rule to configure") });
  return window.showInputBox({
    prompt: l10n.t("Rule to configure: its id, or a section with a wildcard"),
    placeHolder: "security/*",
    validateInput: (text) =>
      /^[a-z0-9-]+(\/\*)?$/.test(text) ? undefined : l10n.t("Such as {0}", "security/*"),
  });
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
