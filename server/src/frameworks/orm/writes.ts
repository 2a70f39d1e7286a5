/** Which calls write to the database, and to which model. */

import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, keywordOf } from "../../syntax/calls.ts";
import type { OrmModel } from "./types.ts";
import type { OrmValue } from "./values.ts";

export interface Write {
  readonly kind: "create" | "save" | "update" | "delete" | "upsert" | "link";
  readonly model: OrmModel;
  /** True where one call writes many rows. */
  readonly bulk: boolean;
}

const ON_ROWS: Readonly<Record<string, Write["kind"]>> = {
  create: "create",
  acreate: "create",
  bulk_create: "create",
  abulk_create: "create",
  update: "update",
  aupdate: "update",
  bulk_update: "update",
  delete: "delete",
  adelete: "delete",
  get_or_create: "upsert",
  aget_or_create: "upsert",
  update_or_create: "upsert",
  aupdate_or_create: "upsert",
  add: "link",
  set: "link",
  remove: "link",
  clear: "link",
};
const ON_ROW: Readonly<Record<string, Write["kind"]>> = {
  save: "save",
  asave: "save",
  delete: "delete",
  adelete: "delete",
};

/** What a call writes, judged by what it is called on, and for a session by what it is given. */
export function writeOf(call: Call, valueAt: (node: Expr) => OrmValue | null): Write | undefined {
  if (call.func.kind !== "Attribute") return undefined;
  const { attr, value } = call.func;
  if (attr === "add" || attr === "merge" || attr === "delete") {
    const given = call.args[0];
    const row = given === undefined ? null : valueAt(given);
    if (row?.kind === "row" && row.model.orm === "sqlalchemy") {
      return { kind: attr === "delete" ? "delete" : "save", model: row.model, bulk: false };
    }
  }
  if (!(attr in ON_ROWS) && !(attr in ON_ROW)) return undefined;
  const of = valueAt(value);
  if (of?.kind === "row" && of.model.orm === "django") {
    const kind = ON_ROW[attr];
    return kind === undefined ? undefined : { kind, model: of.model, bulk: false };
  }
  if (of?.kind !== "rows" || of.shape === "list") return undefined;
  const kind = ON_ROWS[attr];
  if (kind === undefined || (kind === "link") !== (of.related !== null && ON_ROWS[attr] === "link"))
    return undefined;
  if (of.model.orm === "sqlalchemy" && !/^(?:update|delete)$/.test(attr)) return undefined;
  return { kind, model: of.model, bulk: /bulk|update|delete/.test(attr) };
}

/** The fields that a write sets by keyword, or null where all may change. */
export function writtenFields(call: Call): readonly string[] | null {
  const named = argumentOf(call, "update_fields");
  if (named === undefined || keywordOf(call, "update_fields") === undefined) return null;
  if (named.kind !== "List" && named.kind !== "Tuple" && named.kind !== "Set") return null;
  return named.elts.flatMap((element) =>
    element.kind === "Constant" && element.type === "str" ? [String(element.value)] : [],
  );
}
