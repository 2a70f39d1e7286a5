/** What expressions on the ORM evaluate to: models, rows, one row, loader options; and the queries that they run. */

import type { OrmField, OrmModel } from "./types.ts";

/** Which relations came with the rows. */
export interface Loads {
  /** Paths with dots (`items.product`), each with all paths above it. */
  readonly paths: ReadonlySet<string>;
  /** True where more may be loaded than can be seen. */
  readonly open: boolean;
}

export const NOTHING: Loads = { paths: new Set(), open: false };
export const ANYTHING: Loads = { paths: new Set(), open: true };

/** Where rows come from, seen from the query that a program can change. */
export interface Origin {
  readonly root: OrmModel;
  /** From the root to these rows, with dots; "" for the root's own. */
  readonly path: string;
}

/** A query that an evaluation ran, or would run when the program does. */
export interface QueryEvent {
  /** A relation that was not loaded; one that cannot be; or a query of its own. */
  readonly kind: "relation" | "unloadable" | "query";
  /** The model that holds the relation, or that is queried. */
  readonly model: OrmModel;
  readonly field: OrmField | null;
  /** The method that runs the query; "" for an attribute. */
  readonly method: string;
  readonly origin: Origin;
  /** True where it runs once for each row of a result. */
  readonly perRow: boolean;
  /** Functions and properties that were entered on the way, outermost first. */
  readonly via: readonly string[];
}

/** A query set, query, statement, or a list of rows. */
export interface Rows {
  readonly kind: "rows";
  readonly model: OrmModel;
  readonly loads: Loads;
  readonly origin: Origin;
  readonly shape: "manager" | "query" | "list" | "result";
  /** At most so many rows, null where nothing limits them. */
  readonly limit: number | null;
  /** True where each row of something else has these. */
  readonly perRow: boolean;
  /** The relation that leads here, while no query has read it: Django's related manager. */
  readonly related: { readonly owner: OrmModel; readonly field: OrmField; readonly covered: boolean } | null;
  /** Fields that a condition compares with one value. */
  readonly pinned: ReadonlySet<string>;
  /** True where a condition, or the relation, narrows the table down. */
  readonly filtered: boolean;
  readonly ordered: boolean;
}

export interface Row {
  readonly kind: "row";
  readonly model: OrmModel;
  readonly loads: Loads;
  readonly origin: Origin;
  readonly perRow: boolean;
  readonly pinned: ReadonlySet<string>;
}

export type OrmValue =
  | Rows
  | Row
  | { readonly kind: "model"; readonly model: OrmModel }
  /** An attribute of a model's class: `Order.customer` in a query. */
  | { readonly kind: "column"; readonly model: OrmModel; readonly field: OrmField }
  | {
      readonly kind: "loader";
      readonly paths: readonly string[];
      readonly at: string;
      readonly open: boolean;
    }
  | { readonly kind: "prefetch"; readonly path: string; readonly loads: Loads }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "list"; readonly values: readonly (OrmValue | null)[] }
  | { readonly kind: "compare"; readonly column: string }
  /** An instance of an own class that is no model: a view, a repository. */
  | { readonly kind: "instance"; readonly cls: string }
  /** An attribute that is still to be called. */
  | { readonly kind: "bound"; readonly of: OrmValue; readonly name: string }
  | { readonly kind: "name"; readonly name: string };

/** All rows of a model, nothing loaded beside them. */
export function rowsOf(model: OrmModel, shape: Rows["shape"]): Rows {
  return {
    kind: "rows",
    model,
    loads: NOTHING,
    origin: { root: model, path: "" },
    shape,
    limit: null,
    perRow: false,
    related: null,
    pinned: new Set(),
    filtered: false,
    ordered: (model.ordering?.length ?? 0) > 0,
  };
}

/** One of the rows. */
export function rowOf(rows: Rows, perRow: boolean): Row {
  const { model, loads, origin, pinned } = rows;
  return { kind: "row", model, loads, origin, pinned, perRow: perRow || rows.perRow };
}

/** Adds a path and all above it. */
export function withPaths(loads: Loads, paths: readonly string[]): Loads {
  const all = new Set(loads.paths);
  for (const path of paths) {
    const parts = path.split(".");
    for (let end = 1; end <= parts.length; end++) all.add(parts.slice(0, end).join("."));
  }
  return { paths: all, open: loads.open };
}

/** What is loaded of a relation's target, seen from there. */
export function below(loads: Loads, name: string): Loads {
  const prefix = `${name}.`;
  const paths = [...loads.paths]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
  return { paths: new Set(paths), open: loads.open };
}

/** Rows of which it is not known on which way they came: loaded is what one of the ways loads. */
export function unionOf(first: Loads, second: Loads): Loads {
  return { paths: new Set([...first.paths, ...second.paths]), open: first.open || second.open };
}

/** The value where a name may hold one of several: known only if they are of one kind and model. */
export function join(values: readonly (OrmValue | null)[]): OrmValue | null {
  const known = values.filter((value) => value !== null);
  const [first] = known;
  if (first === undefined || known.length === 1) return first ?? null;
  if (first.kind !== "rows" && first.kind !== "row") {
    return known.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : null;
  }
  let result: Rows | Row = first;
  for (const value of known.slice(1)) {
    if (value.kind !== result.kind || value.model !== result.model) return null;
    const loads = unionOf(result.loads, value.loads);
    result =
      result.kind === "rows" && value.kind === "rows"
        ? {
            ...result,
            loads,
            limit: result.limit ?? value.limit,
            ordered: result.ordered && value.ordered,
            filtered: result.filtered && value.filtered,
          }
        : { ...result, loads };
  }
  return result;
}
