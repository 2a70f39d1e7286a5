/** What reading a relation of a row gives, and whether that asks the database. */

import type { Evaluation } from "./evaluation.ts";
import type { OrmField, Relation } from "./types.ts";
import { ANYTHING, below, type Loads, type OrmValue, type Row, rowOf, rowsOf, withPaths } from "./values.ts";

/** Reads `row.field`. A lazy relation to one row, and SQLAlchemy's to several, is loaded by the access itself. */
export function accessRelation(row: Row, field: OrmField, at: Evaluation): OrmValue | null {
  const relation = field.relation as Relation;
  const covered = isLoaded(row, field, relation);
  const target = relation.target === null ? undefined : at.schema.modelNamed(relation.target);
  const isManager = relation.many && (row.model.orm === "django" || relation.lazy === "always");
  const path = row.origin.path === "" ? field.name : `${row.origin.path}.${field.name}`;
  const origin = { root: row.origin.root, path };
  if (!isManager && !covered) {
    at.emit({
      kind: "relation",
      model: row.model,
      field,
      method: "",
      origin,
      perRow: row.perRow,
      via: at.via,
    });
  }
  if (target === undefined) return null;
  const rows = {
    ...rowsOf(target, isManager ? ("manager" as const) : ("list" as const)),
    loads: loadsBelow(row.loads, field, relation),
    origin,
    perRow: row.perRow,
    filtered: true,
    related: isManager ? { owner: row.model, field, covered } : null,
  };
  return relation.many ? rows : rowOf(rows, row.perRow);
}

function isLoaded(row: Row, field: OrmField, relation: Relation): boolean {
  if (relation.lazy === "always") return row.loads.open;
  if (relation.lazy !== "lazy" || row.loads.open || row.loads.paths.has(field.name)) return true;
  // One row for all: after the first access SQLAlchemy finds it among those that it knows.
  const pinned = row.pinned.has(field.name) || row.pinned.has(`${field.name}_id`);
  return row.model.orm === "sqlalchemy" && !relation.many && pinned;
}

/** What came along with the related rows: the way back is known, because both ORMs set it. */
function loadsBelow(loads: Loads, field: OrmField, { back, many, form }: Relation): Loads {
  if (loads.open) return ANYTHING;
  const inner = below(loads, field.name);
  const setsBack = back !== null && (form !== "many-to-many" || !many);
  return setsBack ? withPaths(inner, [back]) : inner;
}
