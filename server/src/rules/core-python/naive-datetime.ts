/** Rule: a moment in time that does not say in which zone it is. */

import { appendArgument } from "../../engine/call-edits.ts";
import {
  attributeOf,
  becomesAware,
  isForElapsedTime,
  isMinuend,
  isShown,
} from "../../engine/datetime-use.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import {
  CALENDAR_CLOCKS,
  DEFAULT_PARAMETERS,
  LOCAL_CLOCKS,
  UTC_CLOCKS,
  ZONING_METHODS,
} from "../../models/clocks.ts";
import type { Call } from "../../syntax/ast.ts";
import { argumentOf, isNone, lastParts, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type MessageId = "utc" | "local" | "date" | "parsed" | "built" | "default";
type Context = RuleContext<MessageId>;

const NAMES = lastParts([
  ...Object.keys(LOCAL_CLOCKS),
  ...UTC_CLOCKS,
  ...CALENDAR_CLOCKS,
  "datetime.datetime.strptime",
  "datetime.datetime",
]);

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
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      if (name === undefined || !name.startsWith("datetime.")) return;
      if (UTC_CLOCKS.has(name)) checkUtc(call, ctx);
      else if (LOCAL_CLOCKS[name] !== undefined) checkLocal(call, LOCAL_CLOCKS[name], ctx);
      else if (CALENDAR_CLOCKS.has(name)) ctx.report(call, "date", { severity: "hint" });
      else if (name === "datetime.datetime.strptime") checkParsed(call, ctx);
      else if (name === "datetime.datetime") checkBuilt(call, ctx);
    },
    keyword(node, ctx) {
      if (node.arg === null || !DEFAULT_PARAMETERS.has(node.arg)) return;
      const name = ctx.model.qualifiedName(node.value);
      if (name !== "datetime.datetime.utcnow" && name !== "datetime.datetime.now") return;
      if (node.value.kind === "Call") return;
      ctx.report(node.value, "default", { data: { name: ctx.text(node.value) } });
    },
  },
});

function checkUtc(call: Call, ctx: Context): void {
  if (attributeOf(call) === "replace" || becomesAware(call, ctx.model)) return;
  const shown = isShown(call, ctx.model) ? INFORMATION : {};
  ctx.report(call, "utc", { data: { name: ctx.text(call.func) }, ...shown, fix: useUtc(call, ctx) });
}

function checkLocal(call: Call, position: number, ctx: Context): void {
  const zone = argumentOf(call, "tz", position);
  if ((zone !== undefined && !isNone(zone)) || unpacksArguments(call)) return;
  const next = attributeOf(call);
  if (next !== undefined && ZONING_METHODS.has(next)) return;
  if (isForElapsedTime(call, ctx.model) || becomesAware(call, ctx.model)) return;
  ctx.report(call, "local", {
    data: { name: ctx.text(call.func) },
    ...(isShown(call, ctx.model) || isMinuend(call, ctx.model) ? INFORMATION : {}),
    fix: useUtc(call, ctx),
  });
}

function checkParsed(call: Call, ctx: Context): void {
  const format = call.args[1] === undefined ? undefined : ctx.model.stringValue(call.args[1]);
  if (format === undefined || /%(?:z|Z|c|:z)/.test(format) || !/%[HIMSpfXsT]/.test(format)) return;
  const next = attributeOf(call);
  if (next !== undefined && (ZONING_METHODS.has(next) || next === "date" || next === "time")) return;
  ctx.report(call, "parsed", { severity: "information" });
}

/** A date with an hour is meant as a moment; midnight on some day is mostly a calendar date or a bound. */
function checkBuilt(call: Call, ctx: Context): void {
  if (call.args.length < 4 || argumentOf(call, "tzinfo", 7) !== undefined || unpacksArguments(call)) return;
  const next = attributeOf(call);
  if (next !== undefined && (ZONING_METHODS.has(next) || next === "date" || next === "time")) return;
  ctx.report(call, "built", { severity: "hint" });
}

const INFORMATION = { severity: "information" } as const;

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
