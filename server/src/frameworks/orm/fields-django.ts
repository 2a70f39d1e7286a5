/** Reads a field of a Django model from the call that declares it. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isTrue, lastName } from "../../syntax/calls.ts";
import type { FieldPart, RelationForm, RelationPart } from "./types.ts";

const RELATIONS: Readonly<Record<string, RelationForm>> = {
  ForeignKey: "foreign-key",
  OneToOneField: "one-to-one",
  ManyToManyField: "many-to-many",
  ParentalKey: "foreign-key",
  TreeForeignKey: "foreign-key",
  TreeOneToOneField: "one-to-one",
  TreeManyToManyField: "many-to-many",
  ParentalManyToManyField: "many-to-many",
  GenericForeignKey: "generic",
  GenericRelation: "generic",
};
/** Fields that have no column. */
const VIRTUAL = new Set(["ManyToManyField", "GenericForeignKey", "GenericRelation"]);

/** The field that a call declares, or null where it declares none. */
export function djangoField(name: string, call: Call, model: SemanticModel): FieldPart | null {
  const type = lastName(call.func);
  const form = RELATIONS[type];
  if (form === undefined && !/Field$/.test(type)) return null;
  const unique = isTrue(argumentOf(call, "unique")) || form === "one-to-one" || type === "AutoField";
  const primaryKey = isTrue(argumentOf(call, "primary_key"));
  const indexArgument = argumentOf(call, "db_index");
  return {
    name,
    type,
    nullable: isTrue(argumentOf(call, "null")),
    unique: unique || primaryKey,
    indexed:
      isTrue(indexArgument) || ((form === "foreign-key" || type === "SlugField") && !isFalse(indexArgument)),
    primaryKey,
    column: !VIRTUAL.has(type),
    references: null,
    relation: form === undefined ? null : relationOf(call, form, model),
  };
}

function relationOf(call: Call, form: RelationForm, model: SemanticModel): RelationPart {
  const target = argumentOf(call, "to", 0);
  const relatedName = argumentOf(call, "related_name");
  const back = relatedName === undefined ? null : (model.stringValue(relatedName) ?? "+");
  return {
    target: form === "generic" || target === undefined ? "" : djangoTarget(target, model),
    form,
    many: form === "many-to-many" || lastName(call.func) === "GenericRelation",
    lazy: "lazy",
    back,
    makesBack: form !== "generic" && back !== "+" && !back?.endsWith("+"),
    backLazy: "lazy",
  };
}

/** A model as a relation names it: `"shop.Order"`, `Order`, `settings.AUTH_USER_MODEL`. */
export function djangoTarget(node: Expr, model: SemanticModel): string {
  const text = model.stringValue(node);
  if (text !== undefined) return text;
  if (node.kind === "Call") return lastName(node.func) === "get_user_model" ? USER_MODEL : "";
  if (lastName(node) === "AUTH_USER_MODEL") return USER_MODEL;
  return model.qualifiedName(node) ?? "";
}

/** Stands for the model that the settings choose for users. */
export const USER_MODEL = "settings.AUTH_USER_MODEL";
