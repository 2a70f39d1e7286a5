/** Rule: as many calls at once as a list is long. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { contains } from "../../engine/search.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type { Expr, GeneratorExp, ListComp } from "../../syntax/ast.ts";

type Context = RuleContext<"allAtOnce">;

export default defineRule({
  id: "unbounded-concurrency",
  title: "As many calls at once as there are items",
  section: "async",
  level: "differentiator",
  severity: "information",
  confidence: "medium",
  cwe: [770],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "async#concurrency-limits",
  messages: {
    allAtOnce:
      "This starts one call for each element of `{{items}}` at once: with thousands of them it runs out of connections, and the other side refuses. Let a semaphore pass twenty at a time.",
  },
  docs: {
    why: "`gather` starts everything it is given. Ten URLs are fine, ten thousand are ten thousand open connections, timeouts in the queue for the pool, and an answer of 429 from the other side. A semaphore in the coroutine lets a fixed number through at a time; the rest wait.",
    bad: `import asyncio


async def fetch_all(client, urls: list[str]) -> list[bytes]:
    return await asyncio.gather(*(client.get(url) for url in urls))
`,
    good: `import asyncio


async def fetch_all(client, urls: list[str]) -> list[bytes]:
    limit = asyncio.Semaphore(20)

    async def fetch(url: str) -> bytes:
        async with limit:
            return await client.get(url)

    return await asyncio.gather(*(fetch(url) for url in urls))
`,
    whenFine: "Where the list is short by its nature, or the client's own pool is the limit.",
    references: ["https://docs.python.org/3/library/asyncio-sync.html#semaphore"],
  },
  fix: "none",
  calls: new Set(["gather"]),
  on: {
    Call(node, ctx) {
      if (ctx.model.callee(node) !== "asyncio.gather") return;
      const fn = ctx.model.enclosingFunction(node);
      if (fn === undefined || /semaphore|limit|chunk|batch|throttle|concurren|pool/i.test(ctx.text(fn)))
        return;
      for (const arg of node.args) {
        const each = arg.kind === "Starred" ? comprehensionOf(arg.value, ctx) : undefined;
        const items = each?.generators[0]?.iter;
        if (each === undefined || items === undefined || isShort(items, ctx) || !calls(each)) continue;
        ctx.report(node.func, "allAtOnce", { data: { items: ctx.text(items) } });
        return;
      }
    },
  },
});

function comprehensionOf(node: Expr, ctx: Context): ListComp | GeneratorExp | undefined {
  const value = node.kind === "Name" ? assignedValue(node, ctx.model) : node;
  return value?.kind === "ListComp" || value?.kind === "GeneratorExp" ? value : undefined;
}

/** True where the elements are written in the code, or counted by a small constant. */
function isShort(items: Expr, ctx: Context): boolean {
  const value = items.kind === "Name" ? (assignedValue(items, ctx.model) ?? items) : items;
  if (value.kind === "List" || value.kind === "Tuple" || value.kind === "Set" || value.kind === "Dict")
    return true;
  if (value.kind === "Subscript") return true;
  if (value.kind !== "Call") return false;
  return (
    ctx.model.callee(value) === "builtins.range" || /\.(?:items|values|keys)$/.test(ctx.text(value.func))
  );
}

/** True where each element becomes a call that waits for another system; tasks that exist already do not start here. */
function calls(each: ListComp | GeneratorExp): boolean {
  return contains(each.elt, (node) => node.kind === "Call");
}
