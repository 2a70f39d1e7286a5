/** Code actions that mend: the fix of one finding, and all safe fixes of a file together. */

import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { safeEdits } from "../../engine/fixes.ts";
import type { OpenFile } from "../documents.ts";
import { documentEdits, workspaceEdit } from "../edits.ts";
import type { Session } from "../session.ts";
import { type ActionData, FIX_ALL_KIND, quickFix, type Target } from "./common.ts";

/** Only its building shows that a fix exists and what it is called, so its edit is sent along at once. */
export function fixActions(target: Target): readonly CodeAction[] {
  const { session, file, analysis, finding, rule } = target;
  if (finding.fixSafety === null) return [];
  return session.analyses.fixes(analysis, finding).flatMap((fix) => {
    const documents = documentEdits(file, fix.edits);
    if (documents === null) return [];
    const safe = fix.safety === "safe";
    const question = { label: fix.title, description: `This changes what the code does: ${rule.title}.` };
    const edit = workspaceEdit(session.traits, documents, safe ? null : question);
    if (edit === null) return [];
    const action: CodeAction = { ...quickFix(fix.title, target), edit };
    return [safe && session.traits.preferredActions ? { ...action, isPreferred: true } : action];
  });
}

/** The action that applies every safe fix of a file, where there is one. */
export async function fixAllActions(session: Session, file: OpenFile): Promise<readonly CodeAction[]> {
  const { findings } = await session.analyses.of(file);
  if (!findings.some(({ fixSafety }) => fixSafety === "safe")) return [];
  const action: CodeAction = { title: "Apply all safe fixes of Stack Coach", kind: FIX_ALL_KIND };
  if (session.traits.resolvesEdits) {
    const data: ActionData = { kind: "fixAll", uri: file.uri };
    return [{ ...action, data }];
  }
  const edit = await fixAllEdit(session, file);
  return edit === null ? [] : [{ ...action, edit }];
}

/** All safe fixes of the current version; those that touch what an earlier one changes wait for the next time. */
export async function fixAllEdit(session: Session, file: OpenFile): Promise<WorkspaceEdit | null> {
  const analysis = await session.analyses.live(file);
  const fixes = analysis.findings
    .filter(({ fixSafety }) => fixSafety === "safe")
    .flatMap((finding) => session.analyses.fixes(analysis, finding))
    .filter((fix) => documentEdits(file, fix.edits) !== null);
  const documents = documentEdits(file, safeEdits(fixes));
  return documents === null || documents.length === 0 ? null : workspaceEdit(session.traits, documents);
}
