/** textDocument/codeAction: fixes, suppression, the guide and configuration for the findings at a place. */

import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { diagnosticsOf, FIX_ALL_KIND, isWanted, type Target } from "../actions/common.ts";
import { severityActions, turnOffActions } from "../actions/configure.ts";
import { fixActions, fixAllActions } from "../actions/fix.ts";
import { learnActions, learnFromOthers } from "../actions/learn.ts";
import { suppressActions } from "../actions/suppress.ts";
import { findingsIn } from "../lookup.ts";
import type { Session } from "../session.ts";

export async function codeAction(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  const { only } = params.context;
  if (!session.traits.codeActionLiterals) return [];
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix, only)) {
    actions.push(...(await quickFixes(session, params)), ...learnFromOthers(session, params));
  }
  // Without being asked for, it would stand in the light bulb of every line.
  const file = session.files.get(params.textDocument.uri);
  if (only !== undefined && isWanted(FIX_ALL_KIND, only) && file !== undefined) {
    actions.push(...(await fixAllActions(session, file)));
  }
  return actions;
}

async function quickFixes(session: Session, params: CodeActionParams): Promise<readonly CodeAction[]> {
  const found = await findingsIn(session, params.textDocument.uri, params.range, session.analyses.live);
  if (found === null) return [];
  const targets = found.here.flatMap((finding): Target[] => {
    const rule = session.rules.get(finding.ruleId);
    if (rule === undefined) return [];
    return [{ session, ...found, finding, rule, diagnostics: diagnosticsOf(params, finding) }];
  });
  const seen = new Set<string>();
  const onePerRule = targets.filter(({ rule }) => !seen.has(rule.id) && seen.add(rule.id));
  return [
    ...targets.flatMap(fixActions),
    ...onePerRule.flatMap(suppressActions),
    ...onePerRule.flatMap(learnActions),
    ...onePerRule.flatMap(severityActions),
    ...(await Promise.all(onePerRule.map(turnOffActions))).flat(),
  ];
}
