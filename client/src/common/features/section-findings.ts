/** The findings of one section: a list to go to each, since Problems lets nobody set its filter. */

import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  type ExtensionContext,
  l10n,
  languages,
  ThemeIcon,
  type Uri,
  window,
  workspace,
} from "vscode";
import { ruleOf } from "../advice.ts";
import { readCatalog } from "../catalog.ts";
import { COMMANDS } from "../commands.ts";

const ICONS = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "info",
  [DiagnosticSeverity.Hint]: "lightbulb",
} as const;

export function registerSectionFindings(context: ExtensionContext): Disposable {
  return Disposable.from(
    commands.registerCommand(COMMANDS.showFindings, async (section: string) => {
      const rules = await readCatalog(context);
      const inSection = new Set(rules.filter((rule) => rule.section === section).map(({ id }) => id));
      const choices = languages
        .getDiagnostics()
        .flatMap(([uri, all]) =>
          all.filter((each) => inSection.has(ruleOf(each) ?? "")).map((each) => choice(uri, each)),
        )
        .sort((a, b) => a.severity - b.severity);
      const check = {
        label: l10n.t("Check the whole workspace"),
        iconPath: new ThemeIcon("search"),
        run: () => commands.executeCommand(COMMANDS.scanWorkspace),
      };
      const problems = {
        label: l10n.t("Show Problems"),
        iconPath: new ThemeIcon("warning"),
        run: () => commands.executeCommand("workbench.actions.view.problems"),
      };
      const placeHolder =
        choices.length > 0
          ? l10n.t("Findings in open and checked files")
          : l10n.t("These files are closed: a check of the workspace lists their findings");
      const picked = await window.showQuickPick([...choices, check, problems], {
        placeHolder,
        matchOnDescription: true,
      });
      await picked?.run();
    }),
  );
}

function choice(uri: Uri, diagnostic: Diagnostic) {
  const { message, range, severity } = diagnostic;
  return {
    label: message,
    description: `${workspace.asRelativePath(uri)}:${range.start.line + 1}`,
    iconPath: new ThemeIcon(ICONS[severity]),
    severity,
    run: () => commands.executeCommand(COMMANDS.openLocation, uri, range),
  };
}
