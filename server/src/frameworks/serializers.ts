/** Serializers of Django REST framework: which attributes of a row each one reads. */

import type { SemanticModel } from "../semantic/model.ts";
import { defineProjectFact } from "../semantic/project.ts";
import type { Call, ClassDef, Expr, Stmt } from "../syntax/ast.ts";
import { argumentOf, isTrue, lastName, literalString } from "../syntax/calls.ts";
import { createNameIndex } from "./names.ts";
import type { Evaluation } from "./orm/evaluation.ts";
import { runs } from "./orm/evaluation.ts";
import { accessRelation } from "./orm/relations.ts";
import { type OrmValue, type Row, rowOf } from "./orm/values.ts";
import { classPath } from "./symbols.ts";

interface SerializerFieldPart {
  readonly name: string;
  /** What it does with the attribute: serialize the related rows, show them, call a method, or read a value. */
  readonly kind: "nested" | "shown" | "keys" | "method" | "value";
  /** Attributes that lead to the value. */
  readonly source: readonly string[];
  /** The serializer of the related rows. */
  readonly serializer: string | null;
  /** True where the client only writes it. */
  readonly writeOnly: boolean;
}

export interface SerializerPart {
  readonly name: string;
  readonly bases: readonly string[];
  /** `Meta.fields`: names, `["__all__"]`, or null where they cannot be told. */
  readonly fields: readonly string[] | null;
  readonly declared: readonly SerializerFieldPart[];
}

export interface SerializerIndex {
  find(name: string): SerializerPart | undefined;
}

export const SERIALIZERS = defineProjectFact<readonly SerializerPart[], SerializerIndex>({
  id: "drf.serializers",
  words: ["Serializer"],
  collect(model) {
    const parts = model.tree.units.flatMap(({ root }) =>
      root.kind === "ClassDef" && root.bases.some((base) => /Serializer/.test(lastName(base)))
        ? [partOf(root, model)]
        : [],
    );
    return parts.length === 0 ? null : parts;
  },
  merge: (parts) => createNameIndex(parts.flatMap(({ part }) => part.map((one) => [one.name, one] as const))),
});

function partOf(cls: ClassDef, model: SemanticModel): SerializerPart {
  return {
    name: `${model.moduleName}.${classPath(cls)}`,
    bases: cls.bases.flatMap((base) => model.qualifiedName(base) ?? []),
    fields: metaFields(cls),
    declared: cls.body.flatMap((statement) => declaredField(statement, model) ?? []),
  };
}

function metaFields(cls: ClassDef): readonly string[] | null {
  const meta = cls.body.find((statement) => statement.kind === "ClassDef" && statement.name === "Meta");
  if (meta?.kind !== "ClassDef") return null;
  for (const statement of meta.body) {
    if (
      statement.kind !== "Assign" ||
      !statement.targets.some((it) => it.kind === "Name" && it.id === "fields")
    )
      continue;
    const { value } = statement;
    if (literalString(value) !== undefined) return [literalString(value) as string];
    if (value.kind !== "List" && value.kind !== "Tuple") return null;
    return value.elts.flatMap((element) => literalString(element) ?? []);
  }
  return null;
}

function declaredField(statement: Stmt, model: SemanticModel): SerializerFieldPart | undefined {
  if (statement.kind !== "Assign" || statement.value.kind !== "Call") return undefined;
  const [target] = statement.targets;
  if (target?.kind !== "Name") return undefined;
  const call = statement.value;
  const type = lastName(call.func);
  const source = argumentOf(call, "source");
  const path = source === undefined ? target.id : (literalString(source) ?? "");
  return {
    name: target.id,
    kind: kindOf(call, type),
    source: path === "" || path === "*" ? [] : path.split("."),
    serializer: /Serializer$/.test(type) ? (model.qualifiedName(call.func as Expr) ?? null) : null,
    writeOnly: isTrue(argumentOf(call, "write_only")),
  };
}

function kindOf(call: Call, type: string): SerializerFieldPart["kind"] {
  if (type === "SerializerMethodField") return "method";
  if (/Serializer$/.test(type)) return "nested";
  if (/^(?:StringRelatedField|SlugRelatedField|HyperlinkedRelatedField)$/.test(type)) return "shown";
  if (/PrimaryKeyRelatedField$/.test(type)) return isTrue(argumentOf(call, "many")) ? "shown" : "keys";
  return "value";
}

/** Serializers below each other, at most. */
const MAX_DEPTH = 4;

/** Reads all that a serializer shows of a row, so that the evaluation hears of the queries. */
export function serialize(
  serializer: SerializerPart,
  row: Row,
  index: SerializerIndex,
  at: Evaluation,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) return;
  const lineage = lineageOf(serializer, index);
  const declared = new Map(
    lineage.toReversed().flatMap((it) => it.declared.map((field) => [field.name, field] as const)),
  );
  const names = lineage.find((it) => it.fields !== null)?.fields ?? null;
  for (const field of declared.values()) {
    if (names !== null && names[0] !== "__all__" && !names.includes(field.name)) continue;
    if (!field.writeOnly) readDeclared(field, row, { serializer, index, at, depth });
  }
  for (const name of names?.[0] === "__all__" ? allFields(row) : (names ?? [])) {
    if (!declared.has(name)) readImplicit(name, row, at);
  }
}

function lineageOf(serializer: SerializerPart, index: SerializerIndex): readonly SerializerPart[] {
  const found = [serializer];
  for (const one of found) {
    for (const base of one.bases) {
      const next = index.find(base);
      if (next !== undefined && !found.includes(next)) found.push(next);
    }
  }
  return found;
}

/** `__all__` means the model's own fields; the ways back are not among them. */
function allFields(row: Row): readonly string[] {
  return [...row.model.fields.values()].flatMap((field) =>
    field.relation?.reverse === true ? [] : [field.name],
  );
}

interface Place {
  readonly serializer: SerializerPart;
  readonly index: SerializerIndex;
  readonly at: Evaluation;
  readonly depth: number;
}

function readDeclared(field: SerializerFieldPart, row: Row, { serializer, index, at, depth }: Place): void {
  if (field.kind === "method") {
    const method = at.code.member(serializer.name, `get_${field.name}`);
    if (method !== undefined) at.enter(method, { self: null, args: [row] }, at);
    return;
  }
  // A field of the project's own may show the key alone.
  const [first = ""] = field.source;
  const showsKey =
    field.kind === "keys" || (field.kind === "value" && row.model.fields.get(first)?.relation != null);
  if (showsKey && field.source.length === 1) return;
  const value = readPath(row, field.source, at);
  const related = value?.kind === "rows" ? rowsRead(value, at) : value;
  const nested = field.serializer === null ? undefined : index.find(field.serializer);
  if (nested !== undefined && related?.kind === "row") serialize(nested, related, index, at, depth + 1);
}

function rowsRead(value: OrmValue & { readonly kind: "rows" }, at: Evaluation): Row {
  runs(value, "all", at);
  return rowOf(value, true);
}

function readPath(row: Row, path: readonly string[], at: Evaluation): OrmValue | null {
  let value: OrmValue | null = row;
  for (const name of path) {
    if (value?.kind !== "row") return null;
    value = readName(value, name, at);
  }
  return value;
}

function readName(row: Row, name: string, at: Evaluation): OrmValue | null {
  const field = row.model.fields.get(name);
  if (field?.relation != null) return accessRelation(row, field, at);
  const member = field === undefined ? at.code.member(row.model.name, name) : undefined;
  return member === undefined ? null : at.enter(member, { self: row, args: [] }, at);
}

/** A name of `Meta.fields` without a field of its own: a key shows no row, several relations are read. */
function readImplicit(name: string, row: Row, at: Evaluation): void {
  const relation = row.model.fields.get(name)?.relation;
  if (relation != null && !relation.many && !relation.reverse) return;
  const value = readName(row, name, at);
  if (value?.kind === "rows") runs(value, "all", at);
}
