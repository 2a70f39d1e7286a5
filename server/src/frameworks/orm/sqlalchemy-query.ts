/** Queries, statements, results and loader options of SQLAlchemy and SQLModel. */

import type { Evaluation, Given } from "./evaluation.ts";
import { ANYTHING, type OrmValue, type Rows, rowOf, rowsOf, withPaths } from "./values.ts";

const LOADERS =
  /^(?:joinedload|selectinload|subqueryload|contains_eager|immediateload|defaultload|lazyload|raiseload|noload|load_only|defer|undefer|undefer_group|with_expression|Load|selectin_polymorphic|joinedload_all|subqueryload_all)$/;
/** Options after which a relation asks the database no more, because it is there or because it raises. */
const LOADS =
  /^(?:joinedload|selectinload|subqueryload|contains_eager|immediateload|raiseload|noload|joinedload_all|subqueryload_all)$/;
const KEEPS =
  /^(?:filter|filter_by|where|order_by|join|outerjoin|join_from|outerjoin_from|distinct|limit|offset|group_by|having|with_for_update|execution_options|populate_existing|enable_eagerloads|params|select_from|correlate|slice|yield_per|unique|from_statement|union|union_all|with_hint|autoflush|enable_assertions|prefix_with|all_|reset_joinpoint|stream_results)$/;
const NARROWS = /^(?:filter|filter_by|where|having)$/;
const ALL = /^(?:all|fetchall|fetchmany|partitions)$/;
const ONE =
  /^(?:first|one|one_or_none|scalar|scalar_one|scalar_one_or_none|get|first_or_404|one_or_404|get_or_404|get_one)$/;
const OTHER_ROWS =
  /^(?:with_entities|with_only_columns|add_columns|add_column|mappings|columns|subquery|cte|alias|exists|count|delete|update|scalar_subquery)$/;

export function isLoaderName(name: string): boolean {
  return (
    /(?:^|\.)(?:sqlalchemy|sqlmodel)\./.test(name) && LOADERS.test(name.slice(name.lastIndexOf(".") + 1))
  );
}

type Loader = OrmValue & { readonly kind: "loader" };

/** `selectinload(Order.items)`, and `.joinedload(Item.product)` on it. */
export function callLoader(of: Loader, name: string, given: Given): OrmValue | null {
  if (name === "Load") return { kind: "loader", paths: [], at: "", open: false };
  if (name === "options") {
    const inner = given.args.map((arg) => (arg?.kind === "loader" ? arg : null));
    const paths = inner.flatMap((it) => (it === null ? [] : it.paths.map((path) => joinPath(of.at, path))));
    return {
      ...of,
      paths: [...of.paths, ...paths],
      open: of.open || given.spread || inner.some((it) => it === null || it.open),
    };
  }
  if (!LOADERS.test(name)) return { ...of, open: true };
  if (!LOADS.test(name) && name !== "defaultload") return of;
  let at = of.at;
  let open = of.open || given.spread;
  for (const arg of given.args) {
    if (arg?.kind === "column") at = joinPath(at, arg.field.name);
    else if (arg?.kind === "text" && arg.value !== "*") at = joinPath(at, arg.value);
    else open = true;
  }
  const paths = LOADS.test(name) ? [...of.paths, at] : of.paths;
  return { kind: "loader", paths, at, open };
}

function joinPath(first: string, second: string): string {
  return first === "" ? second : `${first}.${second}`;
}

/** Calls a method on a query, statement, result or list of rows. */
export function callOnSqlalchemyRows(
  rows: Rows,
  name: string,
  given: Given,
  at: Evaluation,
): OrmValue | null {
  if (name === "options") return withOptions(rows, given);
  if (name === "scalars") return { ...rows, shape: "list" };
  if (name === "paginate") return { ...rows, shape: "list", limit: null };
  if (OTHER_ROWS.test(name)) return null;
  if (KEEPS.test(name)) return kept(rows, name, given);
  if (ALL.test(name)) return { ...rows, shape: rows.shape === "result" ? "result" : "list" };
  if (ONE.test(name)) {
    at.emit({
      kind: "query",
      model: rows.model,
      field: null,
      method: name,
      origin: rows.origin,
      perRow: rows.perRow,
      via: at.via,
    });
    return rows.shape === "result" && !name.startsWith("scalar") ? null : rowOf(rows, false);
  }
  return null;
}

function kept(rows: Rows, name: string, given: Given): Rows {
  const pinned = new Set(rows.pinned);
  if (name === "filter_by") for (const key of Object.keys(given.named)) pinned.add(key);
  for (const arg of given.args) if (arg?.kind === "compare") pinned.add(arg.column);
  return {
    ...rows,
    pinned,
    filtered: rows.filtered || NARROWS.test(name),
    ordered: rows.ordered || name === "order_by",
    limit: name === "limit" || name === "slice" ? (rows.limit ?? Number.POSITIVE_INFINITY) : rows.limit,
  };
}

function withOptions(rows: Rows, given: Given): Rows {
  let { loads } = rows;
  for (const arg of given.args) {
    if (arg?.kind === "loader") {
      loads = withPaths(loads, arg.paths);
      if (arg.open) loads = { ...loads, open: true };
    } else loads = { ...loads, open: true };
  }
  return { ...rows, loads: given.spread ? { ...loads, open: true } : loads };
}

/** Calls a method on something unknown that may be a session: what it is given tells. */
export function callOnSession(name: string, given: Given, at: Evaluation): OrmValue | null {
  const [first = null, ...others] = given.args;
  if (first?.kind === "model" && first.model.orm === "sqlalchemy") {
    if (name === "query" && others.length === 0) return rowsOf(first.model, "query");
    if (/^(?:get|get_one)$/.test(name) && others.length > 0) {
      const rows = rowsOf(first.model, "query");
      at.emit({
        kind: "query",
        model: first.model,
        field: null,
        method: name,
        origin: rows.origin,
        perRow: false,
        via: at.via,
      });
      return rowOf(withOptionsArgument(rows, given), false);
    }
    return null;
  }
  if (first?.kind !== "rows" || first.model.orm !== "sqlalchemy") return null;
  if (!/^(?:execute|exec|scalars|scalar|stream|stream_scalars)$/.test(name)) return null;
  at.emit({
    kind: "query",
    model: first.model,
    field: null,
    method: name,
    origin: first.origin,
    perRow: false,
    via: at.via,
  });
  if (name === "scalar") return rowOf(first, false);
  return { ...first, shape: name === "execute" || name === "stream" ? "result" : "list" };
}

function withOptionsArgument(rows: Rows, given: Given): Rows {
  return given.named.options === undefined ? rows : { ...rows, loads: ANYTHING };
}
