/** Edits of `pyproject.toml` that configure a rule, as small as possible and checked before they are offered. */

import type { Replacement } from "../base/text.ts";
import { readToml, tableAt } from "../base/toml.ts";
import type { RuleSetting } from "../protocol/settings.ts";

const HEADER =
  /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?stack-coach["']?[ \t]*\.[ \t]*rules[ \t]*\][ \t]*(?:#.*)?$/m;
const INLINE = /^[ \t]*(?:tool\.stack-coach\.)?rules[ \t]*=[ \t]*\{/m;

/**
 * The edit that gives a rule a severity in `[tool.stack-coach.rules]`, or null where the file is written in a way
 * that no small edit fits, or does not parse.
 *
 * @param text the file's text, "" for a new file
 */
export function configureRule(text: string, ruleId: string, setting: RuleSetting): Replacement | null {
  const line = `${ruleId} = "${setting}"`;
  const candidates = [
    () => replaceKey(text, ruleId, setting),
    () => insertBelowHeader(text, line),
    () => insertInline(text, line),
    () => appendTable(text, line),
  ];
  for (const candidate of candidates) {
    const edit = candidate();
    if (edit !== null && takesEffect(text, edit, ruleId, setting)) return edit;
  }
  return null;
}

function replaceKey(text: string, ruleId: string, setting: RuleSetting): Replacement | null {
  const header = HEADER.exec(text);
  if (header === null) return null;
  const start = header.index + header[0].length;
  const body = /^[\s\S]*?(?=^[ \t]*\[|(?![\s\S]))/m.exec(text.slice(start))?.[0] ?? "";
  const found = new RegExp(`^([ \\t]*["']?${ruleId}["']?[ \\t]*=[ \\t]*)(?:"[^"\\n]*"|'[^'\\n]*')`, "m").exec(
    body,
  );
  if (found === null) return null;
  const valueStart = start + found.index + (found[1] as string).length;
  return { start: valueStart, end: start + found.index + found[0].length, text: `"${setting}"` };
}

function insertBelowHeader(text: string, line: string): Replacement | null {
  const header = HEADER.exec(text);
  if (header === null) return null;
  const at = header.index + header[0].replace(/\r$/, "").length;
  return { start: at, end: at, text: `${newline(text)}${line}` };
}

function insertInline(text: string, line: string): Replacement | null {
  const found = INLINE.exec(text);
  if (found === null) return null;
  const at = found.index + found[0].length;
  const isEmpty = /^\s*\}/.test(text.slice(at));
  return { start: at, end: at, text: isEmpty ? ` ${line} ` : ` ${line},` };
}

function appendTable(text: string, line: string): Replacement {
  const end = newline(text);
  const gap = text === "" ? "" : text.endsWith("\n") ? end : end + end;
  return { start: text.length, end: text.length, text: `${gap}[tool.stack-coach.rules]${end}${line}${end}` };
}

function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function takesEffect(text: string, edit: Replacement, ruleId: string, setting: RuleSetting): boolean {
  const before = readToml("", text);
  const after = readToml("", text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  if (before.problems.length > 0 || after.problems.length > 0) return false;
  return tableAt(after.data, "tool", "stack-coach", "rules")?.[ruleId] === setting;
}
