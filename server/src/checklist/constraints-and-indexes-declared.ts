/** Constraints and indexes declared. */

import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { SERVICES } from "./_common.ts";

export default defineCheck({
  id: "constraints-and-indexes-declared",
  title: "Constraints and indexes declared",
  why: "wrong data cannot enter, and lookups stay fast",
  section: "databases",
  level: "must-have",
  roles: SERVICES,
  guide: "databases#indexes",
  actions: [
    { kind: "snippet", prefix: "dj-model" },
    { kind: "snippet", prefix: "sa-model" },
  ],
  judge(stack) {
    const models = stack.models();
    if (models.length < 2)
      return notApplicable(models.length === 0 ? "There are no models." : "There is only one model.");
    const fields = models.flatMap((model) =>
      [...model.fields.values()].map((field) => ({ ...field, model })),
    );
    const at = (model: { readonly path: string } | undefined) => model && { path: model.path, line: 1 };
    const relation = fields.find((field) => field.relation !== null || field.references !== null);
    const unique = fields.find((field) => field.unique && !field.primaryKey);
    const together = models.find(({ uniques }) => uniques.length > 0);
    const index = fields.find(
      (field) => field.indexed && field.references === null && field.relation === null,
    );
    const indexes = models.find(({ indexes: own }) => own.length > 0);
    const unindexed = unindexedFilters(fields, stack.calls(/(?:^|\.)order_by$/));
    return weigh([
      foundAt(
        at(relation?.model),
        `${models.length} models, related by foreign keys`,
        "No model refers to another by a foreign key",
      ),
      foundAt(
        at(unique?.model ?? together),
        "What must be unique is declared unique",
        "Nothing is declared unique",
      ),
      foundAt(at(index?.model ?? indexes), "Indexes are declared", "No index is declared"),
      ...(unindexed.length === 0 ? [found("Rows are ordered by what has an index")] : unindexed),
    ]);
  },
});

type Field = {
  readonly name: string;
  readonly indexed: boolean;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  readonly column: boolean;
  readonly references: string | null;
  readonly relation: unknown;
  readonly model: {
    readonly label: string;
    readonly indexes: readonly (readonly string[])[];
    readonly uniques: readonly (readonly string[])[];
    readonly path: string;
  };
};

/** Fields that rows are ordered by, where every model that has such a field leaves it without an index. */
function unindexedFilters(
  fields: readonly Field[],
  orders: readonly { readonly args: readonly unknown[]; readonly path: string; readonly line: number }[],
) {
  const seen = new Set<string>();
  return orders.flatMap((order) => {
    const [first] = order.args as readonly { readonly kind: string; readonly value?: unknown }[];
    const name =
      first?.kind === "constant" && typeof first.value === "string" ? first.value.replace(/^-/, "") : null;
    if (name === null || seen.has(name)) return [];
    const own = fields.filter((field) => field.name === name && field.column);
    if (own.length === 0 || own.some(isIndexed)) return [];
    seen.add(name);
    return seen.size > 5 ? [] : [lacks(`Rows are ordered by ${name}, which has no index`, order)];
  });
}

function isIndexed({ name, indexed, unique, primaryKey, references, relation, model }: Field): boolean {
  return (
    indexed ||
    unique ||
    primaryKey ||
    references !== null ||
    relation !== null ||
    [...model.indexes, ...model.uniques].some(([head]) => head === name)
  );
}
