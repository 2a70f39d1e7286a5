/** Makes the project's models out of what its files say: inheritance, targets of relations, ways back. */

import { createNameIndex, type NameIndex } from "../names.ts";
import { USER_MODEL } from "./fields-django.ts";
import type {
  FieldPart,
  ModelPart,
  Orm,
  OrmField,
  OrmModel,
  OrmPart,
  OrmSchema,
  Relation,
  RelationPart,
  TablePart,
} from "./types.ts";

/** A file's contribution, with where it stands. */
export interface PlacedPart {
  readonly path: string;
  readonly part: OrmPart;
}

type Fields = Map<string, OrmField>;
interface Draft extends Omit<OrmModel, "fields"> {
  readonly fields: Fields;
  /** Relations as their own files wrote them, until all models are known. */
  readonly open: Map<string, FieldPart>;
}
interface Declared {
  readonly part: ModelPart;
  readonly path: string;
}

/** Merges the parts of all files. */
export function createSchema(parts: readonly PlacedPart[], complete: boolean): OrmSchema {
  const declared = parts.flatMap(({ path, part }) => part.models.map((model) => ({ part: model, path })));
  const index = createNameIndex(declared.map((it) => [it.part.name, it] as const));
  const drafts = declared.flatMap((it) => draftOf(it, index) ?? []);
  const byName = createNameIndex(drafts.map((draft) => [draft.name, draft] as const));
  const labels = labelsOf(drafts);
  const finder = createFinder(drafts, byName, labels);
  for (const draft of drafts) for (const field of draft.open.values()) close(draft, field, finder);
  for (const draft of drafts) addWaysBack(draft, finder);
  return {
    complete,
    models: drafts,
    tables: parts.flatMap(({ part }) => part.tables),
    modelNamed: (name) => byName.find(name),
    modelLabelled: (label) => labels.get(label) ?? undefined,
  };
}

/** A class and its bases, the nearest first; each once. */
function lineage(
  start: Declared,
  index: NameIndex<Declared>,
): { readonly found: Declared[]; readonly unknown: string[] } {
  const found: Declared[] = [start];
  const unknown: string[] = [];
  for (const { part } of found) {
    for (const base of part.bases) {
      const next = index.find(base);
      if (next === undefined) unknown.push(base);
      else if (!found.includes(next)) found.push(next);
    }
  }
  return { found, unknown };
}

const KNOWN_BASES =
  /^(?:builtins\.object|django\.(?:\w+\.)*models\.Model|sqlalchemy\.|sqlmodel\.|pydantic\.|typing\.|flask_sqlalchemy\.|abc\.|enum\.)|\.db\.Model$|^\.?db\.Model$|Base$/;

function draftOf(declared: Declared, index: NameIndex<Declared>): Draft | null {
  const { found, unknown } = lineage(declared, index);
  const orm = ormOf(found, unknown);
  if (orm === null) return null;
  const { part, path } = declared;
  const open = new Map<string, FieldPart>();
  for (const { part: base } of found) {
    for (const field of base.fields) if (!open.has(field.name)) open.set(field.name, field);
  }
  const managers = new Map<string, string | null>();
  for (const { part: base } of found) {
    for (const [name, cls] of Object.entries(base.managers)) if (!managers.has(name)) managers.set(name, cls);
  }
  return {
    name: part.name,
    label: part.name.slice(part.name.lastIndexOf(".") + 1),
    orm,
    abstract: part.abstract,
    table: part.table,
    appLabel: part.appLabel,
    fields: new Map(),
    open,
    managers,
    uniques: found.flatMap((it) => it.part.uniques),
    indexes: found.flatMap((it) => it.part.indexes),
    ordering: found.find((it) => it.part.ordering !== null)?.part.ordering ?? null,
    lineage: [...found.slice(1).map((it) => it.part.name), ...unknown],
    closed: unknown.every((base) => KNOWN_BASES.test(base)),
    path,
  };
}

/** What the bases say; a class that none of them says anything of is no model. */
function ormOf(found: readonly Declared[], unknown: readonly string[]): Orm | null {
  if (unknown.some((base) => /(?:^|\.)models\.Model$/.test(base))) return "django";
  return found.find(({ part }) => part.orm !== null)?.part.orm ?? null;
}

/** Models by `app.Model` and by `Model`; null where a bare name stands for several. */
function labelsOf(drafts: readonly Draft[]): ReadonlyMap<string, Draft | null> {
  const labels = new Map<string, Draft | null>();
  for (const draft of drafts) {
    if (draft.abstract) continue;
    for (const label of [`${draft.appLabel}.${draft.label}`, draft.label]) {
      labels.set(label, labels.has(label) ? null : draft);
    }
  }
  return labels;
}

interface Finder {
  /** The model that a relation of another names. */
  target(from: Draft, name: string): Draft | null;
  /** The model whose table a foreign key of SQLAlchemy names. */
  table(reference: string): Draft | null;
}

function createFinder(
  drafts: readonly Draft[],
  byName: NameIndex<Draft>,
  labels: ReadonlyMap<string, Draft | null>,
): Finder {
  const users = drafts.filter((draft) => draft.lineage.some((base) => /\.Abstract(?:Base)?User$/.test(base)));
  const concrete = users.filter((draft) => !draft.abstract);
  const tables = new Map<string, Draft>();
  for (const draft of drafts) {
    for (const name of [draft.label.toLowerCase(), snakeCase(draft.label)]) {
      if (draft.orm === "sqlalchemy" && !tables.has(name)) tables.set(name, draft);
    }
  }
  for (const draft of drafts) if (draft.table !== null) tables.set(draft.table, draft);
  return {
    target(from, name) {
      if (name === "self") return from;
      if (name === "") return null;
      if (name === USER_MODEL) return concrete.length === 1 ? (concrete[0] ?? null) : null;
      const sameApp = labels.get(`${from.appLabel}.${name}`) ?? null;
      if (!name.includes(".") && sameApp !== null) return sameApp;
      return byName.find(name) ?? labels.get(name) ?? labels.get(name.split(".").slice(-2).join(".")) ?? null;
    },
    table: (reference) => {
      const parts = reference.split(".");
      return (
        tables.get(parts.slice(0, -1).join(".")) ??
        tables.get(parts.at(-2) ?? "") ??
        byName.find(parts.slice(0, -1).join(".")) ??
        null
      );
    },
  };
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, "_$&").toLowerCase();
}

/** Gives a field its relation with the target that was found. */
function close(draft: Draft, field: FieldPart, finder: Finder): void {
  const { relation } = field;
  draft.fields.set(field.name, {
    ...field,
    relation: relation === null ? null : closed(draft, relation, finder),
  });
}

function closed(draft: Draft, part: RelationPart, finder: Finder): Relation {
  const target = finder.target(draft, part.target);
  const many = part.many ?? !holdsKey(draft, target, finder);
  return {
    target: target?.name ?? null,
    form: part.form !== "unknown" ? part.form : many ? "unknown" : "foreign-key",
    many,
    lazy: part.lazy,
    back: backName(draft, part),
    reverse: false,
  };
}

/** True where a column of this model refers to the target's table: the relation leads to one row. */
function holdsKey(draft: Draft, target: Draft | null, finder: Finder): boolean {
  if (target === null) return false;
  return [...draft.open.values()].some(
    (field) => field.references !== null && finder.table(field.references) === target,
  );
}

/** The name of the way back, with Django's default and its placeholders filled in. */
function backName(draft: Draft, part: RelationPart): string | null {
  if (draft.orm === "sqlalchemy") return part.back;
  if (!part.makesBack) return null;
  const lower = draft.label.toLowerCase();
  const fallback = part.form === "one-to-one" ? lower : `${lower}_set`;
  return (part.back ?? fallback).replace("%(class)s", lower).replace("%(app_label)s", draft.appLabel);
}

/** Adds to the targets the attributes that this model's relations make there. */
function addWaysBack(draft: Draft, finder: Finder): void {
  if (draft.abstract) return;
  for (const field of draft.open.values()) {
    const { relation } = field;
    if (relation === null || !relation.makesBack) continue;
    const target = finder.target(draft, relation.target);
    const name = backName(draft, relation);
    if (target === null || name === null || target.fields.has(name)) continue;
    target.fields.set(name, wayBack(draft, field, relation, name));
  }
}

function wayBack(draft: Draft, field: FieldPart, relation: RelationPart, name: string): OrmField {
  const forward = draft.fields.get(field.name)?.relation;
  const many =
    relation.form === "one-to-one"
      ? false
      : draft.orm === "django" || relation.form === "many-to-many" || forward?.many === false;
  return {
    name,
    type: "",
    nullable: true,
    unique: false,
    indexed: false,
    primaryKey: false,
    column: false,
    references: null,
    relation: {
      target: draft.name,
      form: relation.form,
      many,
      lazy: relation.backLazy,
      back: field.name,
      reverse: true,
    },
  };
}

/** True where a single row is found by these fields: one of them is unique, or a constraint covers them. */
export function identifiesRow(model: OrmModel, names: readonly string[]): boolean {
  const bare = names.map((name) => name.replace(/__(?:exact|pk|id|iexact)$/, "").replace(/_id$/, ""));
  const given = new Set([...names, ...bare]);
  if (given.has("pk") || given.has("id")) return true;
  if ([...given].some((name) => model.fields.get(name)?.unique === true)) return true;
  return model.uniques.some((fields) => fields.length > 0 && fields.every((field) => given.has(field)));
}

/** The table that a foreign key of SQLAlchemy points to, for a table without a class. */
export function tableNamed(schema: OrmSchema, name: string): TablePart | undefined {
  return schema.tables.find((table) => table.table === name);
}
