/** Rule: a moment in time that does not say in which zone it is. */

import { appendArgument } from "../../engine/call-edits.ts";
import { localUses } from "../../engine/local-names.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, isNone, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type MessageId = "utc" | "local" | "date" | "parsed" | "built" | "default";
type Context = RuleContext<MessageId>;

/** Position of the `tz` argument, by constructor. */
const LOCAL: Readonly<Record<string, number>> = {
  "datetime.datetime.now": 0,
  "datetime.datetime.today": 9,
  "datetime.datetime.fromtimestamp": 1,
};
const UTC = new Set(["datetime.datetime.utcnow", "datetime.datetime.utcfromtimestamp"]);
const DATE = new Set(["datetime.date.today", "datetime.date.fromtimestamp"]);

/** Parameters of ORM fields and dataclasses that take a function to call for each row. */
const DEFAULTS = new Set(["default", "default_factory", "onupdate", "insert_default"]);

export default defineRule({
  id: "naive-datetime",
  title: "Datetime without a time zone",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [],
  equivalents: {
    ruff: ["DTZ001", "DTZ002", "DTZ003", "DTZ004", "DTZ005", "DTZ006", "DTZ007", "DTZ011", "DTZ012"],
  },
  guide: "core-python#dates-and-time-zones",
  messages: {
    utc: "`{{name}}()` returns UTC that does not know it is UTC: the next conversion takes it for local time. Use `datetime.now(UTC)`; it is deprecated since Python 3.12.",
    local: "`{{name}}` without a time zone is the wall clock of this machine. Pass `tz=UTC`.",
    date: "What day it is depends on the server's time zone here. Take it from an aware datetime: `datetime.now(zone).date()`.",
    parsed:
      "The parsed datetime has no time zone. Add `%z` to the format, or `.replace(tzinfo=…)` if you know it.",
    built: "This datetime has no time zone. Pass `tzinfo=` if it is a moment.",
    default:
      "Each row gets a datetime without a time zone from `{{name}}`. Use a function that returns `datetime.now(UTC)`.",
  },
  docs: {
    why: "A naive datetime is a clock reading without the name of the city. It compares, subtracts and stores without an error until it meets an aware one (TypeError), a server in another zone (shifted by hours), or the night when the clocks change (an hour twice, or never). `utcnow()` is the worst of them: its result is in UTC, and `.timestamp()` and `.astimezone()` treat it as local.",
    bad: `from datetime import datetime, timedelta


def token_expiry():
    return datetime.utcnow() + timedelta(minutes=15)
`,
    good: `from datetime import UTC, datetime, timedelta


def token_expiry():
    return datetime.now(UTC) + timedelta(minutes=15)
`,
    whenFine:
      "Elapsed time between two naive readings, and a local time shown to the person at the machine, work without a zone (for durations, `time.monotonic()` is better). `.astimezone()` or `.replace(tzinfo=…)` on the spot is enough.",
    references: ["https://docs.python.org/3/library/datetime.html#aware-and-naive-objects"],
    frameworks: { Django: "`django.utils.timezone.now()` is aware wherever `USE_TZ` is on." },
  },
  contexts: { offIn: ["test", "notebook", "script"] },
  fix: "unsafe",
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      if (name === undefined || !name.startsWith("datetime.")) return;
      if (UTC.has(name)) checkUtc(call, ctx);
      else if (LOCAL[name] !== undefined) checkLocal(call, LOCAL[name], ctx);
      else if (DATE.has(name)) ctx.report(call, "date", { severity: "hint" });
      else if (name === "datetime.datetime.strptime") checkParsed(call, ctx);
      else if (name === "datetime.datetime") checkBuilt(call, ctx);
    },
    keyword(node, ctx) {
      if (node.arg === null || !DEFAULTS.has(node.arg)) return;
      const name = ctx.model.qualifiedName(node.value);
      if (name !== "datetime.datetime.utcnow" && name !== "datetime.datetime.now") return;
      if (node.value.kind === "Call") return;
      ctx.report(node.value, "default", { data: { name: ctx.text(node.value) } });
    },
  },
});

function checkUtc(call: Call, ctx: Context): void {
  if (attributeOf(call) === "replace" || becomesAware(call, ctx)) return;
  const shown = isShown(call, ctx) ? INFORMATION : {};
  ctx.report(call, "utc", { data: { name: ctx.text(call.func) }, ...shown, fix: useUtc(call, ctx) });
}

function checkLocal(call: Call, position: number, ctx: Context): void {
  const zone = argumentOf(call, "tz", position);
  if ((zone !== undefined && !isNone(zone)) || unpacksArguments(call)) return;
  const next = attributeOf(call);
  if (next !== undefined && ZONED.has(next)) return;
  if (isForElapsedTime(call, ctx) || becomesAware(call, ctx)) return;
  ctx.report(call, "local", {
    data: { name: ctx.text(call.func) },
    ...(isShown(call, ctx) || isMinuend(call, ctx) ? INFORMATION : {}),
    fix: useUtc(call, ctx),
  });
}

function checkParsed(call: Call, ctx: Context): void {
  const format = call.args[1] === undefined ? undefined : ctx.model.stringValue(call.args[1]);
  if (format === undefined || /%(?:z|Z|c|:z)/.test(format) || !/%[HIMSpfXsT]/.test(format)) return;
  const next = attributeOf(call);
  if (next !== undefined && (ZONED.has(next) || next === "date" || next === "time")) return;
  ctx.report(call, "parsed", { severity: "information" });
}

/** A date with an hour is meant as a moment; midnight on some day is mostly a calendar date or a bound. */
function checkBuilt(call: Call, ctx: Context): void {
  if (call.args.length < 4 || argumentOf(call, "tzinfo", 7) !== undefined || unpacksArguments(call)) return;
  const next = attributeOf(call);
  if (next !== undefined && (ZONED.has(next) || next === "date" || next === "time")) return;
  ctx.report(call, "built", { severity: "hint" });
}

const ZONED = new Set(["replace", "astimezone", "timestamp"]);

/** Methods whose result is a text or a number for people, or a calendar day. */
const SHOWN = new Set([
  "strftime",
  "date",
  "time",
  "year",
  "month",
  "day",
  "ctime",
  "weekday",
  "isocalendar",
]);

const INFORMATION = { severity: "information" } as const;

const REPORTS = /^(?:format|print|warn|debug|info|warning|error|exception|critical|log|write|echo|strftime)$/;

/** True where the value goes into a text for people, and nowhere else. */
function isShown(node: Expr, ctx: Context): boolean {
  const next = attributeOf(node);
  if (next !== undefined) return SHOWN.has(next);
  const { parent } = withoutReplace(node);
  if (parent?.kind === "FormattedValue") return true;
  const user = parent?.kind === "keyword" ? parent.parent : parent;
  if (user?.kind === "BinOp") return user.op === "Mod" && ctx.model.typeOf(user.left) === "builtins.str";
  if (user?.kind !== "Call") return false;
  const { func } = user;
  return REPORTS.test(func.kind === "Attribute" ? func.attr : func.kind === "Name" ? func.id : "");
}

/** `now().replace(microsecond=0)` is shown where `now()` is. */
function withoutReplace(node: Expr): Expr {
  const method = node.parent;
  const replaced = method?.kind === "Attribute" && method.attr === "replace" ? method.parent : null;
  return replaced?.kind === "Call" ? replaced : node;
}

/** True where a variable with the value gets its zone later, and where the code asks whether zones are used. */
function becomesAware(call: Call, ctx: Context): boolean {
  const holder = ctx.model.enclosingFunction(call);
  if (holder !== undefined && /\bUSE_TZ\b|\bmake_aware\b|\.localize\(/.test(ctx.text(holder))) return true;
  const { parent } = call;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  const [target] = parent.targets;
  const uses = target?.kind === "Name" ? localUses(target, ctx.model) : undefined;
  return uses?.reads.some((read) => ZONED.has(attributeOf(read) ?? "")) ?? false;
}

/** The attribute that is taken of an expression right away, `replace` only where it sets the zone. */
function attributeOf(node: Expr): string | undefined {
  const { parent } = node;
  if (parent?.kind !== "Attribute" || parent.value !== node) return undefined;
  if (parent.attr !== "replace") return parent.attr;
  const zoned = parent.parent?.kind === "Call" && parent.parent.keywords.some(({ arg }) => arg === "tzinfo");
  return zoned ? "replace" : undefined;
}

/** True for `now() - start` where both ends are naive, and for the `start` of such a difference. */
function isForElapsedTime(call: Call, ctx: Context): boolean {
  const other = otherEnd(call);
  if (other !== undefined) return isNaiveNow(other, ctx);
  const { parent } = call;
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  const [target] = parent.targets;
  const uses = target?.kind === "Name" ? localUses(target, ctx.model) : undefined;
  if (uses === undefined || uses.reads.length === 0) return false;
  const ends = uses.reads.flatMap((read) => otherEnd(read) ?? []);
  if (ends.length === 0 || !ends.every((end) => isNaiveNow(end, ctx))) return false;
  return uses.reads.every((read) => otherEnd(read) !== undefined || isShown(read, ctx));
}

/** The other side of the subtraction that an expression is an operand of. */
function otherEnd(node: Node): Expr | undefined {
  const { parent } = node;
  if (parent?.kind !== "BinOp" || parent.op !== "Sub") return undefined;
  return parent.left === node ? parent.right : parent.left;
}

/** True for `now() - x` where `x` is not known to be a duration: it may be an earlier reading of the same clock. */
function isMinuend(call: Call, ctx: Context): boolean {
  const { parent } = call;
  if (parent?.kind !== "BinOp" || parent.op !== "Sub" || parent.left !== call) return false;
  return ctx.model.typeOf(parent.right) !== "datetime.timedelta";
}

function isNaiveNow(node: Expr, ctx: Context): boolean {
  if (node.kind === "Call") return LOCAL[ctx.model.callee(node) ?? ""] !== undefined;
  if (node.kind !== "Name") return false;
  const [definition] = ctx.model.resolve(node)?.definitions ?? [];
  const assigned = definition?.kind === "Assign" ? definition : definition?.parent;
  return assigned?.kind === "Assign" && assigned.value.kind === "Call" && isNaiveNow(assigned.value, ctx);
}

function utcExpression(ctx: Context, ensureImport: (module: string, name: string) => string): string {
  const [major, minor] = ctx.file.pythonVersion ?? [3, 0];
  const hasUtc = major > 3 || minor >= 11;
  return hasUtc ? ensureImport("datetime", "UTC") : `${ensureImport("datetime", "timezone")}.utc`;
}

function useUtc(call: Call, ctx: Context): FixBuilder {
  return (edits) => {
    if (call.func.kind !== "Attribute") return null;
    const zone = utcExpression(ctx, edits.ensureImport);
    const method = /fromtimestamp$/.test(call.func.attr) ? "fromtimestamp" : "now";
    const none = [...call.args, ...call.keywords.map((keyword) => keyword.value)].find(isNone);
    if (none !== undefined) edits.replace(none, zone);
    else if (!appendArgument(edits, call, method === "now" ? zone : `tz=${zone}`)) return null;
    const { end } = spanOf(call.func);
    if (call.func.attr !== method) edits.replace({ start: end - call.func.attr.length, end }, method);
    return "Make it an aware datetime in UTC";
  };
}
