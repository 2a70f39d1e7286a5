/** Rule: a request that creates or pays, sent again by an automatic retry. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import type { Call, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isNone, keywordOf, literalString } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";

type Context = RuleContext<"transport" | "decorated" | "withoutKey">;

export default defineRule({
  id: "non-idempotent-request-retried",
  title: "Payment or creation sent again by a retry",
  section: "integrations",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [837],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "integrations#idempotency",
  messages: {
    transport:
      "This retries POST as well: a request whose answer was lost is sent again, and done twice. Leave POST out of `allowed_methods`, or send an idempotency key.",
    decorated:
      "`{{function}}` is tried again as a whole, and `{{call}}` with it: when only the answer was lost, it is done twice. Send an idempotency key that stays the same over the attempts.",
    withoutKey:
      "`{{call}}` moves money without an idempotency key: a client or a task that tries again pays twice. Pass one that is made once per payment.",
  },
  docs: {
    why: "When a request times out you do not know whether it arrived. Sending a GET again is harmless; sending a charge again charges twice, and it happens exactly when the network is bad and everything is tried again. An idempotency key, made once and sent with each attempt, lets the other side answer the second with the result of the first.",
    bad: `import httpx
from tenacity import retry, stop_after_attempt, wait_exponential_jitter


@retry(stop=stop_after_attempt(3), wait=wait_exponential_jitter())
def charge(client: httpx.Client, cents: int) -> None:
    client.post("/charges", json={"amount": cents}).raise_for_status()
`,
    good: `import httpx
from tenacity import retry, stop_after_attempt, wait_exponential_jitter


@retry(stop=stop_after_attempt(3), wait=wait_exponential_jitter())
def charge(client: httpx.Client, cents: int, key: str) -> None:
    client.post("/charges", json={"amount": cents}, headers={"Idempotency-Key": key}).raise_for_status()
`,
    whenFine:
      "Where the request can be repeated by its nature: a search that is sent as POST, an upsert under a key of yours.",
    references: [
      "https://docs.stripe.com/api/idempotent_requests",
      "https://urllib3.readthedocs.io/en/stable/reference/urllib3.util.html#urllib3.util.Retry",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node) ?? "";
      if (/^urllib3\.(?:\w+\.)*Retry$/.test(callee) || /^requests\.(?:\w+\.)*Retry$/.test(callee))
        judgeTransport(node, ctx);
      else if (MONEY.test(callee)) judgeMoney(node, callee, ctx);
      else if (POSTS.test(callee) && PAYS.test(urlOf(node, ctx))) judgeMoney(node, ctx.text(node.func), ctx);
    },
    FunctionDef: judgeDecorated,
    AsyncFunctionDef: judgeDecorated,
  },
});

const MONEY = /^stripe\.(?:Charge|PaymentIntent|Refund|Transfer|Payout|Subscription)\.create$/;
/** Paths of payment services, as they stand in the code. */
const PAYS = /^f?["'](?:[^"'?]*\/)?(?:charges|payments|refunds|payouts|transfers|payment_intents)(?:[/"'])/;
const POSTS = /^(?:requests|httpx|httpx2)\.(?:Session\.|Client\.|AsyncClient\.)?post$/;
/** Paths whose POST makes something that must be made once. */
const CREATES =
  /charge|payment|\bpay|refund|transfer|payout|order|invoice|subscription|\bsms\b|message|mail/i;

function judgeTransport(call: Call, ctx: Context): void {
  const methods = argumentOf(call, "allowed_methods") ?? argumentOf(call, "method_whitelist");
  if (methods === undefined || !includesPost(methods)) return;
  const total = argumentOf(call, "total", 0);
  if (total !== undefined && (isFalse(total) || (total.kind === "Constant" && total.value === 0))) return;
  ctx.report(methods, "transport");
}

/** `None` and `False` stand for all methods. */
function includesPost(methods: Expr): boolean {
  if (isNone(methods) || isFalse(methods)) return true;
  return contains(
    methods,
    (node) => node.kind === "Constant" && literalString(node)?.toUpperCase() === "POST",
  );
}

/** A retried function that posts something which must be made once. */
function judgeDecorated(fn: FunctionNode, ctx: Context): void {
  if (!fn.decorator_list.some((it) => isRetry(it, ctx))) return;
  walk(fn, (node) => {
    if (node.kind !== "Call" || !POSTS.test(ctx.model.callee(node) ?? "") || !CREATES.test(urlOf(node, ctx)))
      return true;
    if (hasKey(fn, ctx)) return false;
    ctx.report(node.func, "decorated", { data: { function: fn.name, call: ctx.text(node.func) } });
    return true;
  });
}

function isRetry(decorator: Expr, ctx: Context): boolean {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  const name = ctx.model.qualifiedName(callee) ?? "";
  return /^(?:tenacity\.retry|backoff\.on_exception|retrying\.retry|retry\.retry)$/.test(name);
}

function urlOf(call: Call, ctx: Context): string {
  const url = argumentOf(call, "url", 0);
  return url === undefined ? "" : ctx.text(url);
}

function hasKey(node: Node, ctx: Context): boolean {
  return /idempot|request[_-]?id|dedup/i.test(ctx.text(node));
}

/** A payment that a task, or a retry around it, may repeat. */
function judgeMoney(call: Call, callee: string, ctx: Context): void {
  if (keywordOf(call, "idempotency_key") !== undefined || call.keywords.some(({ arg }) => arg === null))
    return;
  const fn = ctx.model.enclosingFunction(call);
  // A retried function is judged as a whole.
  if (fn === undefined || hasKey(fn, ctx) || fn.decorator_list.some((it) => isRetry(it, ctx))) return;
  const isKnown = MONEY.test(callee);
  ctx.report(call.func, "withoutKey", {
    data: { call: callee },
    ...(isKnown ? {} : { severity: "information" }),
  });
}
