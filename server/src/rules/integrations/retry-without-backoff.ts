/** Rule: a failing call that is tried again at once, or for ever. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, find, leaves } from "../../engine/search.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, Expr, Node, Try, While } from "../../syntax/ast.ts";
import { argumentOf, isNone, isTrue, keywordOf, lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"endless" | "hammering" | "noStop" | "noWait">;

export default defineRule({
  id: "retry-without-backoff",
  title: "Retry without a pause or an end",
  section: "integrations",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [835],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#retries-and-backoff",
  messages: {
    endless:
      "This loop tries `{{call}}` again for ever: when the other side stays down, it never ends. Count the attempts, wait longer after each, and give up.",
    hammering:
      "`{{call}}` is tried again without a pause, by every process at once, which keeps a struggling service down. Wait, twice as long each time, with some jitter.",
    noStop: "`{{decorator}}` has no `stop`: it tries for ever. Add `stop=stop_after_attempt(5)`.",
    noWait: "`{{decorator}}` has no `wait`: it tries again at once. Add `wait=wait_exponential_jitter()`.",
  },
  docs: {
    why: "A service that is overloaded recovers when it is asked less. Clients that try again at once ask it more: each failed request becomes three, from every process, in step. That turns a hiccup into an outage. Wait between attempts, longer each time and not all at the same moment, stop after a few, and do what `Retry-After` says.",
    bad: `import httpx


def rates() -> bytes:
    while True:
        try:
            return httpx.get("https://rates.example.com", timeout=10).raise_for_status().content
        except httpx.HTTPError:
            continue
`,
    good: `import random
import time

import httpx


def rates() -> bytes:
    for attempt in range(4):
        try:
            return httpx.get("https://rates.example.com", timeout=10).raise_for_status().content
        except httpx.HTTPError:
            time.sleep(2**attempt + random.random())
    return httpx.get("https://rates.example.com", timeout=10).raise_for_status().content
`,
    whenFine:
      "For a poll that ends by a deadline, and for a process that has nothing else to do than to reconnect.",
    references: [
      "https://tenacity.readthedocs.io/en/latest/",
      "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
    ],
  },
  fix: "none",
  on: {
    While(node, ctx) {
      if (!isTrue(node.test) && !(node.test.kind === "Constant" && node.test.value === 1)) return;
      const attempt = attemptIn(node, ctx);
      if (attempt === undefined || isConsumer(node)) return;
      if (!waits(attempt.holder))
        ctx.report(attempt.call.func, "hammering", { data: { call: ctx.text(attempt.call.func) } });
      else if (!counts(node))
        ctx.report(attempt.call.func, "endless", {
          data: { call: ctx.text(attempt.call.func) },
          severity: "information",
        });
    },
    FunctionDef: (node, ctx) => node.decorator_list.forEach((it) => void judgeTenacity(it, ctx)),
    AsyncFunctionDef: (node, ctx) => node.decorator_list.forEach((it) => void judgeTenacity(it, ctx)),
  },
});

interface Attempt {
  readonly call: Call;
  readonly holder: Try;
}

/** A `try` of the loop whose body leaves the loop when a call to another system succeeds, and goes on when it fails. */
function attemptIn(loop: While, ctx: Context): Attempt | undefined {
  const holder = loop.body.find((statement): statement is Try => statement.kind === "Try");
  if (holder === undefined) return undefined;
  const succeeds =
    leaves(holder.body) ||
    leaves(holder.orelse) ||
    contains(loop.body, (node) => node.kind === "Break" || node.kind === "Return");
  const goesOn = holder.handlers.some(
    (handler) => !contains(handler.body, (node) => /^(?:Raise|Return|Break)$/.test(node.kind)),
  );
  if (!succeeds || !goesOn) return undefined;
  const call = find(holder.body, (node) => node.kind === "Call" && asksOutside(node, ctx));
  return call?.kind === "Call" ? { call, holder } : undefined;
}

function asksOutside(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call) ?? "";
  return (
    BLOCKING_CALLS.get(callee)?.waitsFor === "network" ||
    /^(?:httpx|httpx2)\.AsyncClient\.\w+$|^aiohttp\.ClientSession\.\w+$/.test(callee)
  );
}

/** True where a failed attempt waits: a sleep, or a wait with a timeout. */
function waits(node: Node): boolean {
  return contains(node, (at) => at.kind === "Call" && /sleep|wait|backoff|delay/i.test(lastName(at.func)));
}

/** True where something ends the loop by count or by the clock. */
function counts(loop: While): boolean {
  return contains(loop.body, (at) => {
    if (at.kind === "AugAssign") return true;
    return at.kind === "Name" && /attempt|tries|retr|deadline|timeout|count|elapsed/i.test(at.id);
  });
}

/** A loop that takes one message after the other does not repeat an attempt. */
function isConsumer(loop: While): boolean {
  return contains(
    loop.body,
    (at) =>
      at.kind === "Yield" ||
      (at.kind === "Name" && /queue|stop|shutdown|running|page|cursor|offset/i.test(at.id)),
  );
}

/** `@retry` of tenacity without `stop` or `wait`. */
function judgeTenacity(decorator: Expr, ctx: Context): void {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  if (ctx.model.qualifiedName(callee) !== "tenacity.retry") return;
  const call = decorator.kind === "Call" ? decorator : undefined;
  if (call?.keywords.some(({ arg }) => arg === null) === true) return;
  const data = { decorator: `@${ctx.text(callee)}` };
  const stop = call && argumentOf(call, "stop");
  if (stop === undefined || isNone(stop)) ctx.report(decorator, "noStop", { data });
  else if (call !== undefined && keywordOf(call, "wait") === undefined)
    ctx.report(decorator, "noWait", { data, severity: "information" });
}
