/** What the parts of an evaluation share: its knowledge, its listener, and the arguments of calls. */

import type { FunctionPart, OrmCode } from "./code.ts";
import type { OrmSchema } from "./types.ts";
import type { OrmValue, QueryEvent, Rows } from "./values.ts";

/** What an evaluation knows, and what it tells. */
export interface Evaluation {
  readonly schema: OrmSchema;
  readonly code: OrmCode;
  readonly self: OrmValue | null;
  readonly parameters: readonly (OrmValue | null)[] | null;
  readonly via: readonly string[];
  readonly depth: number;
  /** Hears of each query that the program would run. */
  emit(event: QueryEvent): void;
  /** Evaluates an own function with what it is given. */
  enter(fn: FunctionPart, entry: Entry, at: Evaluation): OrmValue | null;
}

/** Evaluated arguments of a call. */
export interface Given {
  readonly args: readonly (OrmValue | null)[];
  readonly named: Readonly<Record<string, OrmValue | null>>;
  /** True where `*args` or `**kwargs` hide some. */
  readonly spread: boolean;
}

/** With what an own function is entered. */
export interface Entry {
  readonly self: OrmValue | null;
  readonly args: readonly (OrmValue | null)[];
}

/** Rows are taken for few where a query is limited to so many. */
export const FEW = 3;

/** Tells that rows which a relation leads to are read. */
export function runs(rows: Rows, method: string, at: Evaluation): void {
  const { related } = rows;
  if (related === null || related.covered) return;
  at.emit({
    kind: "relation",
    model: related.owner,
    field: related.field,
    method,
    origin: rows.origin,
    perRow: rows.perRow,
    via: at.via,
  });
}
