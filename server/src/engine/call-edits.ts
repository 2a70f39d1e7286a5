/** Edits of a call's arguments that keep the call's own layout, for fixes. */

import type { Call, Keyword } from "../syntax/ast.ts";
import { spanOf } from "../syntax/tree.ts";
import type { SourceEdits } from "./edits.ts";

/** What stands between two arguments: white space, comments, line joins, one comma and brackets round an argument. */
const SEPARATOR = /^(?:\s|\\\n|#[^\n]*|[,)])*/;

/**
 * Adds an argument (`timeout=10`) at the end of a call. A trailing comma is kept, and on several lines the new
 * argument gets a line of its own. Returns false, with nothing recorded, where an argument cannot be added.
 */
export function appendArgument(edits: SourceEdits, call: Call, argument: string): boolean {
  const close = spanOf(call).end - 1;
  const last = lastArgument(call);
  if (last === undefined) {
    edits.replace({ start: close, end: close }, argument);
    return true;
  }
  if (last.kind === "GeneratorExp" && isBareGenerator(call, edits.source)) return false;
  const { start, end } = spanOf(last);
  const code = blankComments(edits.source.slice(end, close));
  const comma = code.indexOf(",");
  if (comma < 0) {
    const at = end + code.lastIndexOf(")") + 1;
    edits.replace({ start: at, end: at }, `, ${argument}`);
    return true;
  }
  const at = end + comma + 1;
  const onOwnLine = code.includes("\n", comma);
  edits.replace(
    { start: at, end: at },
    onOwnLine ? `\n${indentAt(edits.source, start)}${argument},` : ` ${argument}`,
  );
  return true;
}

/** Removes a keyword argument and the comma that belongs to it. */
export function removeKeyword(edits: SourceEdits, call: Call, keyword: Keyword): void {
  const span = spanOf(keyword);
  const index = call.keywords.indexOf(keyword);
  const next = call.keywords[index + 1] ?? call.args.find((arg) => arg.start > keyword.start);
  const previous = [...call.args, ...call.keywords]
    .filter((argument) => argument.end <= keyword.start)
    .sort((a, b) => b.end - a.end)[0];
  if (next !== undefined) {
    edits.remove({ start: span.start, end: spanOf(next).start });
    return;
  }
  const start = previous === undefined ? span.start : afterBrackets(edits.source, spanOf(previous).end);
  const trailing = /^\s*,/.exec(edits.source.slice(span.end));
  // A trailing comma stays where it stands after the argument before.
  const end = previous === undefined && trailing !== null ? span.end + trailing[0].length : span.end;
  edits.remove({ start, end });
}

function lastArgument(call: Call) {
  return [...call.args, ...call.keywords].sort((a, b) => b.end - a.end)[0];
}

/** True for `f(x for x in y)`, which takes no further argument without brackets of its own. */
function isBareGenerator(call: Call, source: string): boolean {
  const only = call.args[0];
  if (only === undefined || call.args.length + call.keywords.length > 1) return false;
  return source[spanOf(only).start] !== "(" || spanOf(only).end === spanOf(call).end;
}

function afterBrackets(source: string, from: number): number {
  const between = SEPARATOR.exec(source.slice(from))?.[0] ?? "";
  const comma = blankComments(between).indexOf(",");
  return comma < 0 ? from : from + comma;
}

/** The text with every comment replaced by as many spaces. */
function blankComments(text: string): string {
  return text.replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
}

function indentAt(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? "";
}
