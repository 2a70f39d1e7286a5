/** Rule: a call to another system that may wait for ever, because it was given no deadline or told to have none. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { callsOf, someCall, someNode } from "../../engine/module-search.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains, holders } from "../../engine/search.ts";
import { CLIENT_DEADLINES, DEADLINES, type Deadline, TIME_LIMITS } from "../../models/deadlines.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, keywordOf, lastParts, unpacksArguments } from "../../syntax/calls.ts";

/** Last names of what may wait. */
const CALLED: ReadonlySet<string> = new Set([
  ...lastParts(DEADLINES.keys()),
  ...CLIENT_DEADLINES.flatMap(({ methods }) => [...methods]),
]);

type MessageId =
  | "requestWithoutTimeout"
  | "timeoutIsNone"
  | "clientCallWithoutTimeout"
  | "clientTimeoutIsNone";
type Context = RuleContext<MessageId>;

const ONE_CALL = { ruff: ["S113"], bandit: ["B113"], pylint: ["W3101"] };

export default defineRule({
  id: "outbound-call-without-timeout",
  title: "Call to another system without a deadline",
  section: "integrations",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [1088],
  equivalents: ONE_CALL,
  contexts: { offIn: ["test", "notebook"] },
  guide: "integrations#timeouts",
  messages: {
    requestWithoutTimeout:
      "`{{callee}}` waits for ever when the other side stops answering, and holds this worker meanwhile. Pass `timeout=` in seconds.",
    timeoutIsNone:
      "`timeout=None` takes the deadline away from `{{callee}}`: a server that stops answering holds this worker for ever. Give a number of seconds.",
    clientCallWithoutTimeout:
      "`{{callee}}` has no deadline of its own: a server that stops answering holds this worker for ever. Pass `{{parameter}}=` in seconds.",
    clientTimeoutIsNone:
      "`{{parameter}}=None` takes the deadline away from `{{callee}}`: every call waits as long as the other side likes. Give a number of seconds.",
  },
  retires: { requestWithoutTimeout: ONE_CALL, timeoutIsNone: ONE_CALL },
  docs: {
    why: "A connection that stays open without an answer is the commonest way for a provider to fail. Without a deadline the calling thread waits with it, the next request takes the next thread, and within minutes a healthy service answers nobody, because one of its neighbours is slow. requests, urllib, smtplib, ftplib and plain sockets have no deadline by default; httpx, aiohttp and most SDKs have one, until it is set to `None`.",
    bad: `import requests


def exchange_rate(currency: str) -> float:
    response = requests.get(f"https://rates.example.com/v1/{currency}")
    response.raise_for_status()
    return response.json()["rate"]
`,
    good: `import requests


def exchange_rate(currency: str) -> float:
    response = requests.get(f"https://rates.example.com/v1/{currency}", timeout=(3.05, 10))
    response.raise_for_status()
    return response.json()["rate"]
`,
    whenFine:
      "A call that waits by design, such as a blocking read of a queue or an event stream. Give it a connect timeout and a heartbeat, and say so with `# coach: ignore[outbound-call-without-timeout] long poll`. A surrounding `asyncio.timeout` counts as a deadline by itself.",
    references: [
      "https://requests.readthedocs.io/en/latest/user/advanced/#timeouts",
      "https://www.python-httpx.org/advanced/timeouts/",
      "https://docs.python.org/3/library/socket.html#socket.setdefaulttimeout",
    ],
  },
  fix: "unsafe",
  calls: CALLED,
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node);
      if (callee === undefined) return;
      const deadline = DEADLINES.get(callee) ?? clientDeadline(callee, ctx);
      if (deadline === undefined || isLimitedOtherwise(node, deadline, ctx)) return;
      const value = argumentOf(node, deadline.parameter, deadline.position);
      const data = { callee, parameter: deadline.parameter };
      const known = deadline.family !== "other" && DEADLINES.has(callee);
      if (value === undefined) {
        if (deadline.byDefault === "finite" || mayPass(node, deadline)) return;
        ctx.report(node.func, known ? "requestWithoutTimeout" : "clientCallWithoutTimeout", {
          data,
          fix(edits) {
            return appendArgument(edits, node, `${deadline.parameter}=10`)
              ? `Add ${deadline.parameter}=10`
              : null;
          },
        });
      } else if (ctx.model.constant(value)?.type === "None" && !(deadline.alone && hasOthers(node))) {
        ctx.report(
          keywordOf(node, deadline.parameter) ?? value,
          known ? "timeoutIsNone" : "clientTimeoutIsNone",
          {
            data,
            fix(edits) {
              edits.replace(value, "10");
              return "Wait for 10 seconds at most";
            },
          },
        );
      }
    },
  },
});

function mayPass(call: Call, { maxPositional }: Deadline): boolean {
  return unpacksArguments(call) || (maxPositional !== undefined && call.args.length > maxPositional);
}

function hasOthers(call: Call): boolean {
  return call.args.length + call.keywords.length > 1;
}

/** True where the call does not connect, goes nowhere, or something around it sets the deadline. */
function isLimitedOtherwise(call: Call, deadline: Deadline, ctx: Context): boolean {
  const { connectsWith, notWith = [] } = deadline;
  if (notWith.some((name) => keywordOf(call, name) !== undefined)) return true;
  const target = connectsWith && argumentOf(call, connectsWith.parameter, connectsWith.position);
  if (connectsWith !== undefined && target === undefined) return true;
  if (deadline.family === "other" && isLocal(target ?? call.args[0], ctx.model)) return true;
  if (deadline.usesSocketDefault && ctx.moduleFact(setsSocketDefault)) return true;
  const around = ctx.model.enclosingFunction(call);
  if (deadline.usesSocketDefault && around !== undefined && contains(around.body, isSetTimeout)) return true;
  if (
    around !== undefined &&
    contains(around.body, (node) => node.kind === "If" && asksForDeadline(node.test, ctx))
  ) {
    return true;
  }
  for (const holder of holders(call)) {
    if (holder === around) return false;
    const limits = holder.kind === "With" || holder.kind === "AsyncWith" ? holder.items : [holder];
    if (
      limits.some((limit) => isTimeLimit(limit.kind === "withitem" ? limit.context_expr : limit, ctx.model))
    ) {
      return true;
    }
  }
  return false;
}

/** `if timeout is not None:`: the function leaves the deadline to its caller. */
function asksForDeadline(test: Expr, ctx: Context): boolean {
  return /\btimeout\b/.test(ctx.text(test));
}

function isTimeLimit(node: Node, model: SemanticModel): boolean {
  return node.kind === "Call" && TIME_LIMITS.has(model.callee(node) ?? "");
}

function isSetTimeout(node: Node): boolean {
  return node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === "settimeout";
}

/** True for a host on this machine, a Unix socket or a `file:` address. */
function isLocal(node: Expr | undefined, model: SemanticModel): boolean {
  if (node?.kind === "Tuple") return isLocal(node.elts[0], model);
  const host = node && model.stringValue(node);
  return host !== undefined && /^(?:localhost|127\.|\[?::1|0\.0\.0\.0|\/|file:|data:|$)/.test(host);
}

const setsSocketDefault = defineModuleFact({
  id: "outbound-call-without-timeout/socket-default",
  compute: (model) => someCall(model, (call) => model.callee(call) === "socket.setdefaulttimeout"),
});

/** Classes whose every instance in the module is built here, plainly, and never given a deadline of its own. */
const plainClients = defineModuleFact({
  id: "outbound-call-without-timeout/plain-clients",
  compute: (model) => {
    if (someNode(model, isCustomised)) return [];
    return CLIENT_DEADLINES.filter(({ factories, constructorParameter }) => {
      const built = callsOf(model, (call) => factories.includes(model.callee(call) ?? ""));
      const isBare = (call: Call) =>
        constructorParameter === null || !(unpacksArguments(call) || keywordOf(call, constructorParameter));
      return built.length > 0 && built.every(isBare);
    }).map(({ className }) => className);
  },
});

/** `session.mount(...)` or `session.request = partial(...)`: deadlines may come from an adapter or a wrapper. */
function isCustomised(node: Node): boolean {
  if (node.kind === "Call") return node.func.kind === "Attribute" && node.func.attr === "mount";
  if (node.kind !== "Attribute" || node.ctx !== "Store") return false;
  return node.attr === "request" || node.attr === "send";
}

function clientDeadline(callee: string, ctx: Context): Deadline | undefined {
  const dot = callee.lastIndexOf(".");
  const className = callee.slice(0, dot);
  const client = CLIENT_DEADLINES.find(
    (one) => one.className === className || one.factories.includes(className),
  );
  if (client === undefined || !client.methods.has(callee.slice(dot + 1))) return undefined;
  return ctx.moduleFact(plainClients).includes(client.className) ? client.call : undefined;
}
