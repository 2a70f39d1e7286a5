/** Code actions that silence a finding by a comment, with a place for the reason. */

import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { commentableLineEnd } from "../../base/lexical.ts";
import { documentEdits, snippetEdit, workspaceEdit } from "../edits.ts";
import { quickFix, type Target } from "./common.ts";

/** A comment that other tools understand too is offered only where they would report the same. */
export function suppressActions(target: Target): readonly CodeAction[] {
  const { rule, analysis } = target;
  const { ruff } = analysis.config;
  const code = ruff === null ? undefined : rule.equivalents.ruff?.find((one) => ruff.enabled(one));
  const comments =
    code === undefined
      ? [["coach", rule.id]]
      : [
          ["ruff", code],
          ["coach", rule.id],
        ];
  return comments.flatMap(([tool = "", name = ""]) => {
    const edit = commentEdit(target, tool, name);
    return edit === null ? [] : [{ ...quickFix(`Ignore ${name} here, with a reason`, target), edit }];
  });
}

/** What stands where the user is to say why. */
const REASON = "reason";

function commentEdit(target: Target, tool: string, name: string): WorkspaceEdit | null {
  const { file, analysis, finding, session } = target;
  if (analysis.engineFile === null) return null;
  const { text, tree } = analysis.engineFile;
  const { start } = finding.span;
  const unit = tree.units.findLast((one) => one.start <= start && start <= one.start + one.text.length);
  const end = commentableLineEnd(text, unit?.start ?? text.lastIndexOf("\n", start - 1) + 1, start);
  const lineStart = Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf("\r", end - 1)) + 1;
  const list = new RegExp(`#\\s*${tool}:\\s*ignore\\[([^\\]\\n]*)\\]`).exec(text.slice(lineStart, end));
  if (list !== null) {
    const at = lineStart + list.index + list[0].length - 1;
    return plainEdit(target, at, list[1]?.trim() === "" ? name : `, ${name}`);
  }
  const trailing = /[ \t]*$/.exec(text.slice(lineStart, end))?.[0].length ?? 0;
  const comment = `${trailing >= 2 ? "" : "  "}# ${tool}: ignore[${name}] `;
  const at = file.place({ start: end, end });
  const document = file.documents().find(({ uri }) => uri === at?.uri);
  if (at === null || document === undefined) return null;
  const snippet = { kind: "snippet" as const, value: `${comment}\${1:${REASON}}` };
  return (
    snippetEdit(session.traits, document, { range: at.range, snippet }) ??
    plainEdit(target, end, `${comment}${REASON}`)
  );
}

function plainEdit({ file, session }: Target, at: number, text: string): WorkspaceEdit | null {
  const documents = documentEdits(file, [{ span: { start: at, end: at }, text }]);
  return documents === null ? null : workspaceEdit(session.traits, documents);
}
