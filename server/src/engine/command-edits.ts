/** The fix for a command that a shell reads: a list of arguments, and no shell. */

import type { TextPart } from "../semantic/composed.ts";
import type { Call, Expr } from "../syntax/ast.ts";
import { keywordOf, pythonString } from "../syntax/calls.ts";
import { removeKeyword } from "./call-edits.ts";
import type { SourceEdits } from "./edits.ts";
import type { RuleContext } from "./rule.ts";

/** Rewrites `f"tar czf {target} {folder}"` as a list, where the text is nothing but plain words. */
export function toArgumentList(
  edits: SourceEdits,
  call: Call,
  command: Expr,
  parts: readonly TextPart[],
  ctx: RuleContext,
): string | null {
  const shell = keywordOf(call, "shell");
  if (shell === undefined) return null;
  const words: { text: string; value: boolean }[][] = [[]];
  for (const part of parts) {
    if (part.kind === "value") {
      if (!part.plain) return null;
      words.at(-1)?.push({ text: ctx.text(part.node), value: true });
      continue;
    }
    if (/[^\w\s./:=@%,+-]/.test(part.text)) return null;
    for (const [index, word] of part.text.split(/\s+/).entries()) {
      if (index > 0) words.push([]);
      if (word !== "") words.at(-1)?.push({ text: word, value: false });
    }
  }
  const list = words.filter((word) => word.length > 0).map(toElement);
  if (list.some((element) => element === null)) return null;
  edits.replace(command, `[${list.join(", ")}]`);
  removeKeyword(edits, call, shell);
  return "Pass a list of arguments, without a shell";
}

function toElement(word: readonly { text: string; value: boolean }[]): string | null {
  const [only] = word;
  if (word.length === 1 && only !== undefined && !only.value) return pythonString(only.text);
  if (word.some(({ text, value }) => value && /["'\\{}\n]/.test(text))) return null;
  return `f"${word.map(({ text, value }) => (value ? `{${text}}` : text)).join("")}"`;
}
