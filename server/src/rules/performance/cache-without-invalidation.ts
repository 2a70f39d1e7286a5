/** Rule: rows that are cached for long, and changed by code that never tells the cache. */

import { defineModuleFact } from "../../engine/facts.ts";
import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find } from "../../engine/search.ts";
import { composedText } from "../../semantic/composed.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, isNone } from "../../syntax/calls.ts";

type Context = RuleContext<"stale">;

/** Models that a module writes, and whether it ever takes a key out of the cache. */
const WRITES = defineModuleFact({
  id: "performance.cache-writes",
  compute({ tree: { text } }): { readonly models: readonly string[]; readonly invalidates: boolean } {
    const writes = text.matchAll(
      /\b([A-Z]\w+)\.objects\b[^\n]*\n?[^\n]*\.(?:update|delete|create|bulk_update|update_or_create)\(/g,
    );
    return {
      models: [...new Set([...writes].map(([, model = ""]) => model))],
      invalidates: /\bcache\.(?:a?delete\w*|clear|touch|incr_version)\b|cache_clear|post_save/.test(text),
    };
  },
});

export default defineRule({
  id: "cache-without-invalidation",
  title: "Cached rows that nobody refreshes",
  section: "performance",
  level: "senior",
  severity: "information",
  confidence: "low",
  flagship: true,
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "performance#cache-invalidation",
  messages: {
    stale:
      "`{{model}}` is cached here for {{time}}, and this module changes it without a `cache.delete`: readers see the old value until then. Delete the key where the row is written, or keep it for a shorter time.",
  },
  docs: {
    why: "A cache answers with what was true when it was filled. When the price changes and nobody tells the cache, the old price is shown for as long as the entry lives, to some and not to others, and no log says why. Delete the key in the same function that writes the row, or choose a time for which being wrong is fine.",
    path: "shop/prices.py",
    bad: `from django.core.cache import cache
from django.db import models


class Product(models.Model):
    sku = models.CharField(max_length=20)
    cents = models.IntegerField()


def change(sku: str, cents: int) -> None:
    Product.objects.filter(sku=sku).update(cents=cents)


def price(sku: str) -> int:
    return cache.get_or_set(f"price:{sku}", lambda: Product.objects.get(sku=sku).cents, timeout=86400)
`,
    good: `from django.core.cache import cache
from django.db import models


class Product(models.Model):
    sku = models.CharField(max_length=20)
    cents = models.IntegerField()


def change(sku: str, cents: int) -> None:
    Product.objects.filter(sku=sku).update(cents=cents)
    cache.delete(f"price:{sku}")


def price(sku: str) -> int:
    return cache.get_or_set(f"price:{sku}", lambda: Product.objects.get(sku=sku).cents, timeout=86400)
`,
    whenFine: "Where another module, a signal or a version in the key does it.",
    references: ["https://docs.djangoproject.com/en/stable/topics/cache/#the-low-level-cache-api"],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      if (node.func.kind !== "Attribute" || !/^a?(?:set|get_or_set)$/.test(node.func.attr)) return;
      if (!/^django\.core\.cache\./.test(ctx.model.callee(node) ?? "")) return;
      const [key, value] = node.args;
      const time = timeOf(node, ctx);
      if (key === undefined || value === undefined || time === undefined || isVersioned(key, ctx)) return;
      const model = modelIn(value.kind === "Lambda" ? value.body : value, ctx);
      if (model === undefined) return;
      const { models, invalidates } = ctx.moduleFact(WRITES);
      if (!invalidates && models.includes(model)) ctx.report(node.func, "stale", { data: { model, time } });
    },
  },
});

/** How long the entry lives, for people; undefined where that is an hour or less, or cannot be told. */
function timeOf(call: Call, ctx: Context): string | undefined {
  const timeout = argumentOf(call, "timeout", 2);
  if (timeout === undefined) return undefined;
  if (isNone(timeout)) return "ever";
  const value = ctx.model.constant(timeout);
  const seconds = value?.type === "int" ? Number(value.value) : 0;
  if (seconds <= 3600) return undefined;
  return seconds % 86400 === 0 ? `${seconds / 86400} d` : `${Math.round(seconds / 3600)} h`;
}

function isVersioned(key: Expr, ctx: Context): boolean {
  const texts = composedText(key, ctx.model) ?? [];
  return texts.some(
    (part) => part.kind === "value" && /version|updated|modified|hash|etag/i.test(ctx.text(part.node)),
  );
}

/** The model whose rows an expression reads. */
function modelIn(node: Node, ctx: Context): string | undefined {
  let found: string | undefined;
  find(node, (at) => {
    if (at.kind !== "Name" || !/^[A-Z]/.test(at.id)) return false;
    const value = ormValue(at, ctx);
    if (value?.kind !== "model") return false;
    found = value.model.label;
    return true;
  });
  return found;
}
