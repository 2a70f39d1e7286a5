/** The fix for a statement with values in its text: placeholders, and the values beside the text. */

import { BEFORE_VALUE, type Paramstyle, paramstyleOf } from "../models/sql.ts";
import type { TextPart } from "../semantic/composed.ts";
import type { Call, Expr } from "../syntax/ast.ts";
import { pythonString } from "../syntax/calls.ts";
import type { SourceEdits } from "./edits.ts";
import type { RuleContext } from "./rule.ts";

/** True where a part of a statement stands where SQL wants a value, so that a placeholder can stand there. */
export function wantsValue(parts: readonly TextPart[], part: TextPart): boolean {
  const before = parts
    .slice(0, parts.indexOf(part))
    .map((one) => (one.kind === "text" ? one.text : "x"))
    .join("");
  return BEFORE_VALUE.test(before);
}

/** Where the text of a statement and its values go: into one call, or into `text()` and the call around it. */
interface Target {
  readonly style: Paramstyle;
  /** After which expression the values are written; null where they cannot be. */
  readonly after: Expr | null;
}

/** Rewrites the text with placeholders and passes the values, where the driver's placeholder is known. */
export function bindValues(
  edits: SourceEdits,
  call: Call,
  sql: Expr,
  parts: readonly TextPart[],
  ctx: RuleContext,
): string | null {
  const target = targetOf(call, sql, ctx);
  if (target === null || target.after === null) return null;
  const bound = placeholders(parts, target.style, ctx);
  if (bound === null) return null;
  const { text, values } = bound;
  const literal = text.includes("\n") ? `"""${text.replaceAll("\\", "\\\\")}"""` : pythonString(text);
  const written = writeValues(values, target.style);
  if (target.after === sql) edits.replace(sql, `${literal}, ${written}`);
  else {
    edits.replace(sql, literal);
    edits.insertAfter(target.after, `, ${written}`);
  }
  return "Send the values beside the text";
}

function targetOf(call: Call, sql: Expr, ctx: RuleContext): Target | null {
  if (call.args.length + call.keywords.length > 1) return null;
  const callee = ctx.model.callee(call) ?? "";
  if (/^(?:sqlalchemy|sqlmodel)\.(?:\w+\.)*text$/.test(callee)) {
    const outer = call.parent?.kind === "Call" && call.parent.args[0] === call ? call.parent : null;
    const isAlone = outer !== null && outer.args.length + outer.keywords.length === 1;
    const executes = outer?.func.kind === "Attribute" && /^(?:execute|scalars?|exec)$/.test(outer.func.attr);
    return { style: "named", after: isAlone && executes ? call : null };
  }
  const receiver = call.func.kind === "Attribute" ? ctx.model.typeOf(call.func.value) : undefined;
  const style = paramstyleOf(receiver);
  return style === undefined ? null : { style, after: sql };
}

interface BoundText {
  readonly text: string;
  readonly values: readonly string[];
}

/** The statement with a placeholder for each value, or null where one stands where none can. */
function placeholders(parts: readonly TextPart[], style: Paramstyle, ctx: RuleContext): BoundText | null {
  let text = "";
  let quoted = false;
  const values: string[] = [];
  for (const part of parts) {
    if (part.kind === "text") {
      if (quoted && !part.text.startsWith("'")) return null;
      const rest = quoted ? part.text.slice(1) : part.text;
      quoted = false;
      text += style === "%s" ? rest.replaceAll("%", "%%") : rest;
      continue;
    }
    if (quoted || !part.plain || !wantsValue(parts, part)) return null;
    quoted = text.endsWith("'");
    if (quoted) text = text.slice(0, -1);
    values.push(ctx.text(part.node));
    text += placeholder(style, values.length);
  }
  return quoted ? null : { text, values };
}

function placeholder(style: Paramstyle, number: number): string {
  if (style === "named") return `:value_${number}`;
  return style === "$1" ? `$${number}` : style === ":1" ? `:${number}` : style;
}

function writeValues(values: readonly string[], style: Paramstyle): string {
  if (style === "named") return `{${values.map((value, i) => `"value_${i + 1}": ${value}`).join(", ")}}`;
  if (style === "$1") return values.join(", ");
  if (style === ":1" || style === "?") return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
  return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
}
