/** Rule: a key in Redis, or in the cache, that is meant for a while and stays for ever. */

import { appendArgument } from "../../engine/call-edits.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { composedText } from "../../semantic/composed.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isNone, isTrue, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"noExpiry" | "lockStays" | "cacheForever">;

export default defineRule({
  id: "redis-key-without-ttl",
  title: "Temporary key that never expires",
  section: "databases",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [772],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#redis",
  messages: {
    noExpiry:
      "The key `{{key}}` reads like one for a while, and stays for ever: memory fills until Redis evicts, or refuses writes. Give it an end (`ex=`).",
    lockStays:
      "This lock has no end: when its holder dies, nobody gets it any more. Set `ex=` together with `nx=True`.",
    cacheForever:
      "`timeout=None` keeps this entry for ever, also when what it was made from has changed. Give it an end.",
  },
  docs: {
    why: "Redis keeps what it is told until it is told otherwise. A session, a one-time code, a rate counter or a cached answer without an expiry is there next year, and the memory is not. When it is full Redis drops keys that somebody needs, or refuses to write. For a lock it is worse: its holder crashes, and the door stays shut until somebody notices.",
    bad: `import redis

client = redis.Redis(host="cache.internal", socket_timeout=1)


def remember(user_id: int, token: str) -> None:
    client.set(f"session:{user_id}", token)
`,
    good: `import redis

client = redis.Redis(host="cache.internal", socket_timeout=1)


def remember(user_id: int, token: str) -> None:
    client.set(f"session:{user_id}", token, ex=3600)
`,
    whenFine: "For data that Redis is the home of: counters, queues, feature switches.",
    references: [
      "https://redis.io/docs/latest/commands/set/",
      "https://redis.io/docs/latest/develop/reference/eviction/",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || unpacksArguments(node)) return;
      const { attr } = node.func;
      if (!/^(?:set|setnx|setex|hset|incr|get_or_set)$/.test(attr)) return;
      const callee = ctx.model.callee(node) ?? "";
      if (/^redis\.(?:asyncio\.)?(?:Redis|StrictRedis|client\.Pipeline)\./.test(callee))
        judgeRedis(node, attr, ctx);
      else if (/^django\.core\.cache\.(?:cache|backends\.base\.BaseCache)\.(?:set|get_or_set)$/.test(callee))
        judgeCache(node, ctx);
    },
  },
});

/** What a key that is kept for a while is called. */
const FOR_A_WHILE =
  /(?:^|[:_.-])(?:cache[ds]?|sessions?|otp|code|token|nonce|captcha|rate|limit|throttle|attempts?|tmp|temp|user|login|reset|verify|pending|online|seen)(?:[:_.-]|$)/i;
const LOCK = /lock|mutex/i;

function judgeRedis(call: Call, attr: string, ctx: Context): void {
  const key = call.args[0] ?? argumentOf(call, "name");
  if (key === undefined || expires(call, ctx)) return;
  const text = keyText(key, ctx);
  const isNew = attr === "setnx" || isTrue(argumentOf(call, "nx"));
  if (isNew && LOCK.test(text)) ctx.report(call, "lockStays");
  else if (attr !== "setnx" && text !== "" && FOR_A_WHILE.test(text) && !LOCK.test(text)) {
    ctx.report(call, "noExpiry", {
      data: { key: text },
      fix: (edits) =>
        attr === "set" && appendArgument(edits, call, "ex=3600") ? "Let it expire after an hour" : null,
    });
  }
}

/** True where the call gives the key an end, or the function does so for some key. */
function expires(call: Call, ctx: Context): boolean {
  if (["ex", "px", "exat", "pxat", "keepttl"].some((name) => argumentOf(call, name) !== undefined))
    return true;
  if (call.args.length > 2) return true;
  const fn = ctx.model.enclosingFunction(call);
  return (
    fn !== undefined &&
    contains(
      fn,
      (node) =>
        node.kind === "Attribute" && /^(?:p?expire(?:at)?|setex|psetex|delete|getdel)$/.test(node.attr),
    )
  );
}

/** The fixed parts of a key, with \`…\` for what is put in. */
function keyText(key: Expr, ctx: Context): string {
  const parts = composedText(key, ctx.model) ?? [];
  return parts.map((part) => (part.kind === "text" ? part.text : "…")).join("");
}

function judgeCache(call: Call, ctx: Context): void {
  const timeout = argumentOf(call, "timeout", 2);
  if (timeout !== undefined && isNone(timeout)) ctx.report(timeout, "cacheForever");
}
