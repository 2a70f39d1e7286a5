/** Rule: a loop over rows that asks the database again for each of them. */

import { addLoader, loaderCall, queryExpression } from "../../engine/loader-edits.ts";
import { ormValue } from "../../engine/orm-values.ts";
import { defineRule, type FixBuilder, type ReportOptions, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { Expr } from "../../syntax/ast.ts";
import { isShort, type Loop, type LoopQuery, mentions, namesOf, queriesOf } from "./_shared.ts";

type Context = RuleContext<"relation" | "throughHelper" | "unloadable" | "query">;

export default defineRule({
  id: "n-plus-one-query",
  title: "One query for each row of a loop",
  section: "databases",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [1073],
  equivalents: {},
  contexts: { offIn: ["test", "script", "migration"] },
  guide: "databases#n-plus-one",
  messages: {
    relation:
      "`{{access}}` asks the database once for each row of this loop: `{{model}}.{{field}}` was not loaded with the query. Load it there: `{{loader}}`.",
    throughHelper:
      "`{{helper}}` reads `{{model}}.{{field}}`, which asks the database once for each row of this loop. Load it with the query: `{{loader}}`.",
    unloadable:
      '`{{access}}` runs a query of its own for each row of this loop, and no prefetch answers `{{method}}()`. Fetch the rows once before the loop, or prefetch them with `Prefetch("{{field}}", queryset=…, to_attr=…)`.',
    query: "`{{access}}` asks the database for `{{model}}` once for each element of this loop. {{how}}.",
  },
  docs: {
    why: "A relation of an ORM object is loaded when it is first read. In a loop over 200 orders that makes 200 more queries, one for each customer, and the page takes 2 seconds in production although it took 20 milliseconds with the five orders of the test database. The query that fetches the rows can fetch their relations as well: with a join where each row has one (`select_related`, `joinedload`), with a second query where it has several (`prefetch_related`, `selectinload`).",
    path: "shop/reports.py",
    bad: `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)


def customer_names() -> list[str]:
    return [order.customer.name for order in Order.objects.all()]
`,
    good: `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)


def customer_names() -> list[str]:
    return [order.customer.name for order in Order.objects.select_related("customer")]
`,
    whenFine:
      "Where the loop never sees more than a handful of rows. Slice the query to say so, or suppress the finding with the reason.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related",
      "https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html",
    ],
    frameworks: {
      Django:
        "`select_related` for foreign keys and one-to-one relations, `prefetch_related` for the others. `assertNumQueries` in a test keeps it so.",
      SQLAlchemy:
        '`joinedload` for one row, `selectinload` for collections, in `.options(…)` of the statement. `raiseload("*")` turns a forgotten one into an error.',
    },
  },
  fix: "unsafe",
  on: {
    For: judge,
    AsyncFor: judge,
    ListComp: judge,
    SetComp: judge,
    DictComp: judge,
    GeneratorExp: judge,
  },
});

function judge(loop: Loop, ctx: Context): void {
  const seen = new Set<string>();
  let short: boolean | null = null;
  for (const query of queriesOf(loop, ctx)) {
    const key = `${query.event.kind} ${query.event.model.name} ${query.event.origin.path} ${query.event.method}`;
    if (seen.has(key)) continue;
    if (query.event.kind === "query") {
      if (!isOwnQuery(query, loop, ctx)) continue;
      short ??= isShort(loop, ctx);
      if (short) continue;
      reportQuery(query, loop, ctx);
    } else if (query.event.perRow) reportRelation(query, loop, ctx);
    else continue;
    seen.add(key);
  }
}

/** A query of the loop's own that differs from round to round; the same one each time is another flaw. */
function isOwnQuery({ node, event }: LoopQuery, loop: Loop, ctx: Context): boolean {
  if (event.origin.path !== "" || event.via.length > 1) return false;
  // A query for a whole batch is the cure.
  if (/__in\s*=|\.in_\(/.test(ctx.text(node))) return false;
  if ([...holders(node)].some((holder) => holder === loop || holder.kind === "While")) {
    return mentions(node, namesOf(loop)) && !ctx.file.classes.has("migration");
  }
  return false;
}

function reportQuery({ node, event }: LoopQuery, loop: Loop, ctx: Context): void {
  const overRows = ormValue(iterableOf(loop), ctx)?.kind === "rows";
  ctx.report(node, "query", {
    data: { access: shown(node, ctx), model: event.model.label, how: howInOne(event.method) },
    // What is iterated over may be short, or each round may depend on the one before.
    // A method does its work for each row, whatever that is.
    ...(overRows && !isCommand(ctx) && event.via.length === 0 ? {} : { severity: "information" }),
  });
}

function howInOne(method: string): string {
  return /count|exists|aggregate/.test(method)
    ? "Ask for all of them in one query before it: group by the key and count"
    : "Fetch all of them before it, with one `in` condition, and look them up in a dict";
}

/** A management command takes its time without anybody waiting. */
function isCommand(ctx: Context): boolean {
  return /\/management\/commands\//.test(ctx.file.path);
}

function reportRelation({ node, event }: LoopQuery, loop: Loop, ctx: Context): void {
  const schema = ctx.projectFact(ORM_SCHEMA);
  const field = event.field?.name ?? "";
  const at = accessOf(node, field) ?? node;
  if (event.kind === "unloadable") {
    ctx.report(at, "unloadable", {
      data: { access: shown(node, ctx), method: event.method, field },
      ...(isCommand(ctx) || event.via.length > 0 ? { severity: "information" } : {}),
    });
    return;
  }
  const loader = loaderCall(event.origin.root, event.origin.path, schema);
  const data = { model: event.model.label, field, loader: loader.text };
  const options: ReportOptions = {
    fix: fixFor(event, loop, ctx),
    ...(isCommand(ctx) ? { severity: "information" as const } : {}),
  };
  const helper = event.via[0];
  if (helper === undefined)
    ctx.report(at, "relation", { ...options, data: { ...data, access: shown(at, ctx) } });
  else ctx.report(at, "throughHelper", { ...options, data: { ...data, helper } });
}

function fixFor({ origin }: LoopQuery["event"], loop: Loop, ctx: Context): FixBuilder {
  return (edits) => {
    const valueAt = (node: Expr) => ormValue(node, ctx);
    const query = queryExpression(iterableOf(loop), ctx.model, valueAt);
    const value = query === null ? null : valueAt(query);
    if (query === null || value?.kind !== "rows" || value.model !== origin.root || value.origin.path !== "")
      return null;
    return addLoader(edits, query, origin.root, origin.path, ctx.projectFact(ORM_SCHEMA));
  };
}

function iterableOf(loop: Loop): Expr {
  return loop.kind === "For" || loop.kind === "AsyncFor" ? loop.iter : (loop.generators[0]?.iter as Expr);
}

/** The part of a chain that reads the relation. */
function accessOf(node: Expr, field: string): Expr | null {
  let at: Expr = node;
  while (at.kind === "Attribute" || at.kind === "Call" || at.kind === "Subscript") {
    if (at.kind === "Attribute" && at.attr === field) return at;
    at = at.kind === "Call" ? at.func : at.value;
  }
  return null;
}

/** The text of an expression, short enough for a message. */
function shown(node: Expr, ctx: Context): string {
  const text = ctx.text(node).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
