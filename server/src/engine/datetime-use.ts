/** What becomes of a datetime: shown, subtracted, or given its zone later. */

import { LOCAL_CLOCKS, REPORTING_FUNCTIONS, SHOWING_METHODS, ZONING_METHODS } from "../models/clocks.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Call, Expr, Node } from "../syntax/ast.ts";
import { lastName } from "../syntax/calls.ts";
import { spanOf } from "../syntax/tree.ts";
import { localUses } from "./local-names.ts";

/** True where the value goes into a text for people, and nowhere else. */
export function isShown(node: Expr, model: SemanticModel): boolean {
  const next = attributeOf(node);
  if (next !== undefined) return SHOWING_METHODS.has(next);
  const { parent } = withoutReplace(node);
  if (parent?.kind === "FormattedValue") return true;
  const user = parent?.kind === "keyword" ? parent.parent : parent;
  if (user?.kind === "BinOp") return user.op === "Mod" && model.typeOf(user.left) === "builtins.str";
  if (user?.kind !== "Call") return false;
  return REPORTING_FUNCTIONS.test(lastName(user.func));
}

/** `now().replace(microsecond=0)` is shown where `now()` is. */
function withoutReplace(node: Expr): Expr {
  const method = node.parent;
  const replaced = method?.kind === "Attribute" && method.attr === "replace" ? method.parent : null;
  return replaced?.kind === "Call" ? replaced : node;
}

/** True where a variable with the value gets its zone later, and where the code asks whether zones are used. */
export function becomesAware(call: Call, model: SemanticModel): boolean {
  const holder = model.enclosingFunction(call);
  if (holder !== undefined && /\bUSE_TZ\b|\bmake_aware\b|\.localize\(/.test(source(holder, model)))
    return true;
  const { parent } = call;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  const [target] = parent.targets;
  const uses = target?.kind === "Name" ? localUses(target, model) : undefined;
  return uses?.reads.some((read) => ZONING_METHODS.has(attributeOf(read) ?? "")) ?? false;
}

/** The attribute that is taken of an expression right away, `replace` only where it sets the zone. */
export function attributeOf(node: Expr): string | undefined {
  const { parent } = node;
  if (parent?.kind !== "Attribute" || parent.value !== node) return undefined;
  if (parent.attr !== "replace") return parent.attr;
  const zoned = parent.parent?.kind === "Call" && parent.parent.keywords.some(({ arg }) => arg === "tzinfo");
  return zoned ? "replace" : undefined;
}

/** True for `now() - start` where both ends are naive, and for the `start` of such a difference. */
export function isForElapsedTime(call: Call, model: SemanticModel): boolean {
  const other = otherEnd(call);
  if (other !== undefined) return isNaiveNow(other, model);
  const { parent } = call;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  const [target] = parent.targets;
  const uses = target?.kind === "Name" ? localUses(target, model) : undefined;
  if (uses === undefined || uses.reads.length === 0) return false;
  const ends = uses.reads.flatMap((read) => otherEnd(read) ?? []);
  if (ends.length === 0 || !ends.every((end) => isNaiveNow(end, model))) return false;
  return uses.reads.every((read) => otherEnd(read) !== undefined || isShown(read, model));
}

/** The other side of the subtraction that an expression is an operand of. */
function otherEnd(node: Node): Expr | undefined {
  const { parent } = node;
  if (parent?.kind !== "BinOp" || parent.op !== "Sub") return undefined;
  return parent.left === node ? parent.right : parent.left;
}

/** True for `now() - x` where `x` is not known to be a duration: it may be an earlier reading of the same clock. */
export function isMinuend(call: Call, model: SemanticModel): boolean {
  const { parent } = call;
  if (parent?.kind !== "BinOp" || parent.op !== "Sub" || parent.left !== call) return false;
  return model.typeOf(parent.right) !== "datetime.timedelta";
}

function isNaiveNow(node: Expr, model: SemanticModel): boolean {
  if (node.kind === "Call") return LOCAL_CLOCKS[model.callee(node) ?? ""] !== undefined;
  if (node.kind !== "Name") return false;
  const [definition] = model.resolve(node)?.definitions ?? [];
  const assigned = definition?.kind === "Assign" ? definition : definition?.parent;
  return assigned?.kind === "Assign" && assigned.value.kind === "Call" && isNaiveNow(assigned.value, model);
}

function source(node: Node, model: SemanticModel): string {
  const { start, end } = spanOf(node);
  return model.tree.text.slice(start, end);
}
