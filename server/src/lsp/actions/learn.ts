/** "Learn why": opens the guide at the rule, for findings of ours and for those of other tools that mean the same. */

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver";
import type { AnyRule, Equivalents } from "../../engine/rule.ts";
import { OPEN_GUIDE_COMMAND } from "../../protocol/messages.ts";
import type { Session } from "../session.ts";
import { quickFix, type Target } from "./common.ts";

/** Only for clients that have the command; others have the link of the diagnostic and the hover. */
export function learnActions(target: Target): readonly CodeAction[] {
  if (!target.session.links.command) return [];
  return [{ ...quickFix(title(target.rule), target), command: guideCommand(target.rule) }];
}

/** For diagnostics of other tools, as the client passes them along. */
export function learnFromOthers(session: Session, { context }: CodeActionParams): readonly CodeAction[] {
  if (!session.links.command) return [];
  return context.diagnostics.flatMap((diagnostic) => {
    const rule = ruleBehind(session, diagnostic);
    if (rule === undefined) return [];
    const action = { title: title(rule), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
    return [{ ...action, command: guideCommand(rule) }];
  });
}

/** The `source` of other tools' diagnostics, and the list that their codes stand in. */
const TOOLS: Readonly<Record<string, keyof Equivalents>> = {
  ruff: "ruff",
  bandit: "bandit",
  pylint: "pylint",
  flake8: "flake8",
};

function ruleBehind({ rules }: Session, { source, code }: Diagnostic): AnyRule | undefined {
  const tool = TOOLS[source?.toLowerCase() ?? ""];
  if (tool === undefined || code === undefined) return undefined;
  return [...rules.values()].find((rule) => rule.equivalents[tool]?.includes(String(code)));
}

function title(rule: AnyRule): string {
  return `Learn why: ${rule.title}`;
}

function guideCommand(rule: AnyRule) {
  return { title: title(rule), command: OPEN_GUIDE_COMMAND, arguments: [rule.guide] };
}
