/** Whose the rows of models are, and which functions of the project check it: the siblings that a message names. */

import { PERSON, PERSONAL_OWNER, SHARED_OWNER } from "../../models/web/ownership.ts";
import { defineProjectFact } from "../../semantic/project.ts";
import type { FunctionNode } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import type { OrmField, OrmModel, OrmSchema } from "../orm/types.ts";
import { accessesOf } from "./access.ts";
import { ownName } from "./names.ts";

/** A function that ties the rows of a model to who is asking. */
export interface CheckingSibling {
  readonly function: string;
  /** Qualified name of the model. */
  readonly model: string;
  /** The field that it filters or compares by, or null. */
  readonly field: string | null;
  readonly path: string;
}

/** The functions that check, by the last name of the model. */
export interface OwnershipHabit {
  readonly complete: boolean;
  readonly siblings: Readonly<Record<string, readonly CheckingSibling[]>>;
}

type Part = readonly Omit<CheckingSibling, "path">[];

export const ownershipHabit = defineProjectFact<Part, OwnershipHabit>({
  id: "ownership-habit",
  words: ["get_object_or_404", ".objects", ".query", "select(", ".get("],
  collect(model, file) {
    if (file.classes.has("test") || file.classes.has("migration")) return null;
    const found: Omit<CheckingSibling, "path">[] = [];
    walk(model.module, (node) => {
      if (node.kind !== "FunctionDef" && node.kind !== "AsyncFunctionDef") return;
      for (const access of accessesOf(node satisfies FunctionNode, model)) {
        if (access.tie === null) continue;
        found.push({ function: ownName(node, model), model: access.model, field: access.tie.field });
      }
    });
    return found.length === 0 ? null : found;
  },
  merge(parts, { complete }) {
    const siblings: Record<string, CheckingSibling[]> = Object.create(null) as Record<
      string,
      CheckingSibling[]
    >;
    for (const { part, path } of parts) {
      for (const one of part) {
        const key = one.model.split(".").at(-1) ?? one.model;
        siblings[key] = [...(siblings[key] ?? []), { ...one, path }];
      }
    }
    return { complete, siblings };
  },
});

/** The way from a row to whose it is. */
export interface OwnerPath {
  /** As Django filters by it: `owner`, `order__customer`. */
  readonly path: string;
  /** The field of the model itself. */
  readonly field: string;
  /** True where it leads to one person, false where it leads to a group. */
  readonly personal: boolean;
  readonly hops: number;
}

/** How rows of a model are tied to people; null for rows that belong to nobody. */
export function ownerPathOf(model: OrmModel, schema: OrmSchema, hops = 0): OwnerPath | null {
  const fields = [...model.fields.values()];
  const named = (pattern: RegExp, personal: boolean): OwnerPath | undefined => {
    const field = fields.find(
      (one) =>
        pattern.test(one.name) &&
        refersToRow(one) &&
        (one.relation === null || (!one.relation.many && !one.relation.reverse)),
    );
    return field === undefined ? undefined : { path: field.name, field: field.name, personal, hops: 0 };
  };
  const person = fields.find(
    ({ relation }) =>
      relation !== null &&
      !relation.many &&
      !relation.reverse &&
      PERSON.test(relation.target?.split(".").at(-1) ?? ""),
  );
  const direct =
    named(PERSONAL_OWNER, true) ??
    (person === undefined ? undefined : { path: person.name, field: person.name, personal: true, hops: 0 }) ??
    named(SHARED_OWNER, false);
  if (direct !== undefined || hops >= 1) return direct ?? null;
  for (const { name, relation } of fields) {
    if (relation === null || relation.many || relation.reverse || relation.target === null) continue;
    const target = schema.modelNamed(relation.target);
    const above = target === undefined || target === model ? null : ownerPathOf(target, schema, hops + 1);
    if (above?.personal === true)
      return { path: `${name}__${above.path}`, field: name, personal: true, hops: above.hops + 1 };
  }
  return null;
}

/** A text column called `owner` is a name, not a row. */
function refersToRow({ name, relation, references, type }: OrmField): boolean {
  return relation !== null || references !== null || /_(?:id|uuid|pk)$/.test(name) || type === "";
}

/** True for a model whose rows are people. */
export function isPerson({ label, lineage }: OrmModel): boolean {
  return PERSON.test(label) || lineage.some((one) => /(?:^|\.)Abstract(?:Base)?User$/.test(one));
}
