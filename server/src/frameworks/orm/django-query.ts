/** Methods of Django's managers and query sets: what they load, narrow, and run. */

import { type Evaluation, type Given, runs } from "./evaluation.ts";
import { ANYTHING, NOTHING, type OrmValue, type Rows, rowOf, withPaths } from "./values.ts";

/** Methods that give a query set of the same model. */
const KEEPS =
  /^(?:all|filter|exclude|order_by|distinct|annotate|alias|reverse|using|select_for_update|extra|union|intersection|difference|none|complex_filter|only|defer|iterator|get_queryset|aiterator|fetch_mode)$/;
const NARROWS = /^(?:filter|exclude|none|complex_filter)$/;
/** Methods that run a query and give one row. */
const ONE = /^a?(?:get|first|last|earliest|latest|create|get_or_create|update_or_create)$/;
/** Methods that run a query and give no rows. */
const RUNS = /^a?(?:count|exists|aggregate|in_bulk|contains|explain)$/;
/** Methods that write. */
const WRITES =
  /^a?(?:add|remove|set|clear|create|update|delete|bulk_create|bulk_update|get_or_create|update_or_create)$/;
/** What a prefetched relation answers from memory. */
const FROM_CACHE = /^(?:all|count|exists|iterator|get_queryset|)$/;

/** Calls a method on rows of a Django model. */
export function callOnRows(rows: Rows, name: string, given: Given, at: Evaluation): OrmValue | null {
  if (name === "select_related") return selectRelated(rows, given);
  if (name === "prefetch_related") return prefetchRelated(rows, given);
  if (KEEPS.test(name)) return kept(rows, name, given, at);
  if (WRITES.test(name)) return ONE.test(name) ? { ...rowOf(rows, false), loads: ANYTHING } : null;
  if (ONE.test(name)) {
    ran(rows, name, at);
    return rowOf(rows, false);
  }
  if (RUNS.test(name)) {
    ran(rows, name, at);
    return null;
  }
  return ownMethod(rows, name, given, at);
}

function kept(rows: Rows, name: string, given: Given, at: Evaluation): Rows {
  const isNew = !FROM_CACHE.test(name);
  if (rows.related !== null && isNew) ran(rows, name, at);
  return {
    ...rows,
    shape: "query",
    // A query of its own is told of here; iterating over it tells nothing more.
    related: isNew ? null : rows.related,
    filtered:
      rows.filtered ||
      (NARROWS.test(name) && (given.args.length > 0 || Object.keys(given.named).length > 0 || given.spread)),
    ordered: name === "order_by" ? given.args.length > 0 || given.spread : rows.ordered,
    pinned: name === "filter" ? new Set([...rows.pinned, ...Object.keys(given.named)]) : rows.pinned,
  };
}

/** Tells of a query, or of a relation that is read by one. */
function ran(rows: Rows, method: string, at: Evaluation): void {
  const { related } = rows;
  if (related === null) {
    at.emit({
      kind: "query",
      model: rows.model,
      field: null,
      method,
      origin: rows.origin,
      perRow: rows.perRow,
      via: at.via,
    });
  } else if (FROM_CACHE.test(method)) {
    runs(rows, method, at);
  } else {
    at.emit({
      kind: "unloadable",
      model: related.owner,
      field: related.field,
      method,
      origin: rows.origin,
      perRow: rows.perRow,
      via: at.via,
    });
  }
}

function selectRelated(rows: Rows, given: Given): Rows {
  const texts = textsOf(given);
  // Without names every foreign key that cannot be null is followed.
  const loads =
    texts === null || given.args.length === 0 ? { ...rows.loads, open: true } : withPaths(rows.loads, texts);
  return { ...rows, shape: "query", loads };
}

function prefetchRelated(rows: Rows, given: Given): Rows {
  let { loads } = rows;
  for (const arg of given.args) {
    if (arg?.kind === "text") loads = withPaths(loads, [dotted(arg.value)]);
    else if (arg?.kind === "prefetch") {
      const path = dotted(arg.path);
      loads = withPaths(loads, [path, ...[...arg.loads.paths].map((inner) => `${path}.${inner}`)]);
      if (arg.loads.open) loads = { ...loads, open: true };
    } else loads = { ...loads, open: true };
  }
  return { ...rows, shape: "query", loads: given.spread ? { ...loads, open: true } : loads };
}

function textsOf(given: Given): readonly string[] | null {
  if (given.spread) return null;
  const texts = given.args.map((arg) => (arg?.kind === "text" ? dotted(arg.value) : null));
  return texts.includes(null) ? null : (texts as string[]);
}

function dotted(path: string): string {
  return path.replaceAll("__", ".");
}

/** A method of the project's own manager or query set. */
function ownMethod(rows: Rows, name: string, given: Given, at: Evaluation): OrmValue | null {
  for (const cls of rows.model.managers.values()) {
    if (cls === null) continue;
    const member = at.code.member(cls, name);
    if (member === undefined) continue;
    const value = at.enter(member, { self: { ...rows, loads: rows.loads ?? NOTHING }, args: given.args }, at);
    return value?.kind === "rows" && value.model === rows.model ? { ...value, filtered: true } : value;
  }
  return null;
}
