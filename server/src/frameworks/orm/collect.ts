/** Collects what one module says of models: classes with fields, mixins, tables without a class. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Assign, Call, ClassDef, Expr, Stmt } from "../../syntax/ast.ts";
import { argumentOf, isTrue, keywordOf, lastName, literalString } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import { djangoField } from "./fields-django.ts";
import { columnOf, isSqlalchemyDeclaration, sqlalchemyField, sqlmodelField } from "./fields-sqlalchemy.ts";
import type { FieldPart, ModelPart, Orm, OrmPart, TablePart } from "./types.ts";

/** Bases that say for themselves that a class without fields is no model. */
const FOREIGN_BASES =
  /^(?:builtins|typing|enum|abc|pydantic|dataclasses|rest_framework|django\.(?:forms|views|contrib|test|core|http)|unittest|collections|marshmallow)\./;

/** The models of a module, or null where it has none. */
export function collectModels(model: SemanticModel): OrmPart | null {
  const models: ModelPart[] = [];
  const tables: TablePart[] = [];
  for (const { root } of model.tree.units) {
    if (root.kind === "Assign") {
      const table = tablePart(root, model);
      if (table !== null) tables.push(table);
      continue;
    }
    for (const cls of classesIn(root)) {
      const part = modelPart(cls, model);
      if (part !== null) models.push(part);
    }
  }
  return models.length + tables.length === 0 ? null : { models, tables };
}

/** A class, or those that a condition at module level holds: `if not is_model_registered(…): class Order(…)`. */
function classesIn(root: Stmt): readonly ClassDef[] {
  if (root.kind === "ClassDef") return [root];
  if (root.kind !== "If" && root.kind !== "Try") return [];
  return [...root.body, ...root.orelse].flatMap(classesIn);
}

function modelPart(cls: ClassDef, model: SemanticModel): ModelPart | null {
  const path = ownName(cls, model);
  const isSqlmodel = cls.keywords.some(({ arg, value }) => arg === "table" && isTrue(value));
  const fields = cls.body.flatMap((statement) => fieldOf(statement, isSqlmodel, model) ?? []);
  const bases = cls.bases.flatMap((base) => baseName(base, model) ?? []);
  const orm = ormOf(fields, isSqlmodel, bases);
  if (orm === null && (bases.length === 0 || bases.every((base) => FOREIGN_BASES.test(base)))) return null;
  const meta = metaClass(cls);
  const tableName = constantOf(cls, "__tablename__", model) ?? (meta && constantOf(meta, "db_table", model));
  return {
    name: path,
    orm,
    abstract: isTrue(assignedIn(meta, "abstract")) || isTrue(assignedIn(cls, "__abstract__")),
    table: tableName ?? null,
    appLabel: (meta && constantOf(meta, "app_label", model)) ?? appLabelOf(model.moduleName),
    bases,
    fields,
    managers: managersOf(cls, model),
    uniques: constraintsOf(cls, meta, UNIQUES),
    indexes: constraintsOf(cls, meta, INDEXES),
    ordering: orderingOf(meta),
  };
}

function ormOf(fields: readonly FieldPart[], isSqlmodel: boolean, bases: readonly string[]): Orm | null {
  if (isSqlmodel) return "sqlalchemy";
  if (bases.some((base) => /^django\.(?:\w+\.)*models\.Model$/.test(base))) return "django";
  const [first] = fields;
  if (first === undefined) return null;
  return fields.some((field) => /(?:Field|ForeignKey|ParentalKey)$/.test(field.type))
    ? "django"
    : "sqlalchemy";
}

/** The qualified name of a class of this module; classes inside classes keep their path. */
function ownName(cls: ClassDef, model: SemanticModel): string {
  const names = [cls.name];
  for (let at = cls.parent; at !== null; at = at.parent) if (at.kind === "ClassDef") names.unshift(at.name);
  return `${model.moduleName}.${names.join(".")}`;
}

function baseName(base: Expr, model: SemanticModel): string | undefined {
  const node = base.kind === "Subscript" ? base.value : base;
  return model.qualifiedName(node) ?? (lastName(node) || undefined);
}

/** `shop` for shop/models.py and for shop/models/order.py, as Django names an app by its folder. */
function appLabelOf(moduleName: string): string {
  const parts = moduleName.split(".");
  const at = parts.findIndex((part) => /models$/.test(part));
  return parts[at > 0 ? at - 1 : Math.max(0, parts.length - 2)] ?? "";
}

function fieldOf(statement: Stmt, isSqlmodel: boolean, model: SemanticModel): FieldPart | null {
  if (statement.kind === "FunctionDef") return declaredField(statement.decorator_list, statement, model);
  if (statement.kind === "AnnAssign" && statement.target.kind === "Name") {
    const { target, annotation, value } = statement;
    const call = value?.kind === "Call" ? value : null;
    if (isSqlmodel) return sqlmodelField(target.id, call, annotation, model);
    if (call !== null && !isSqlalchemyDeclaration(call)) return callField(target.id, call, model);
    return sqlalchemyField(target.id, call, annotation, model);
  }
  if (statement.kind !== "Assign" || statement.value.kind !== "Call") return null;
  const [target] = statement.targets;
  if (target?.kind !== "Name") return null;
  return callField(target.id, statement.value, model);
}

function callField(name: string, call: Call, model: SemanticModel): FieldPart | null {
  if (isSqlalchemyDeclaration(call)) return sqlalchemyField(name, call, null, model);
  if (!model.importsPackage("django")) return null;
  const field = djangoField(name, call, model);
  // A field of a form or serializer is none of a model.
  const owner = model.callee(call) ?? "";
  return /^(?:django\.forms|rest_framework|wtforms|marshmallow|django_filters)\./.test(owner) ? null : field;
}

/** `@declared_attr def owner(cls): return relationship(…)` of a mixin. */
function declaredField(
  decorators: readonly Expr[],
  fn: Stmt & { readonly kind: "FunctionDef" },
  model: SemanticModel,
): FieldPart | null {
  if (!decorators.some((decorator) => lastName(decorator) === "declared_attr")) return null;
  const last = fn.body.at(-1);
  if (last?.kind !== "Return" || last.value?.kind !== "Call") return null;
  return isSqlalchemyDeclaration(last.value) ? sqlalchemyField(fn.name, last.value, fn.returns, model) : null;
}

function metaClass(cls: ClassDef): ClassDef | null {
  const meta = cls.body.find((statement) => statement.kind === "ClassDef" && statement.name === "Meta");
  return meta?.kind === "ClassDef" ? meta : null;
}

function assignedIn(cls: ClassDef | null, name: string): Expr | null {
  for (const statement of cls?.body ?? []) {
    if (statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name)) {
      return statement.value;
    }
    if (statement.kind === "AnnAssign" && statement.target.kind === "Name" && statement.target.id === name) {
      return statement.value;
    }
  }
  return null;
}

function constantOf(cls: ClassDef, name: string, model: SemanticModel): string | undefined {
  const value = assignedIn(cls, name);
  return value === null ? undefined : model.stringValue(value);
}

/** `objects = OrderManager()`, `published = OrderQuerySet.as_manager()`, `Manager.from_queryset(QuerySet)()`. */
function managersOf(cls: ClassDef, model: SemanticModel): Record<string, string | null> {
  const managers: Record<string, string | null> = {};
  for (const statement of cls.body) {
    if (statement.kind !== "Assign" || statement.value.kind !== "Call") continue;
    const [target] = statement.targets;
    const { func } = statement.value;
    if (target?.kind !== "Name") continue;
    if (func.kind === "Attribute" && func.attr === "as_manager") {
      managers[target.id] = model.qualifiedName(func.value) ?? null;
    } else if (func.kind === "Call" && lastName(func.func) === "from_queryset") {
      const [querySet] = func.args;
      managers[target.id] = (querySet && model.qualifiedName(querySet)) ?? null;
    } else if (/Manager$/.test(lastName(func)) || target.id === "objects") {
      managers[target.id] = model.qualifiedName(func) ?? null;
    }
  }
  return managers;
}

interface ConstraintKind {
  readonly meta: readonly string[];
  readonly calls: RegExp;
}
const UNIQUES: ConstraintKind = { meta: ["unique_together", "constraints"], calls: /^UniqueConstraint$/ };
const INDEXES: ConstraintKind = { meta: ["index_together", "indexes"], calls: /Index$/ };

/** Sets of names that a constraint or index covers, from `Meta` and from `__table_args__`. */
function constraintsOf(
  cls: ClassDef,
  meta: ClassDef | null,
  kind: ConstraintKind,
): readonly (readonly string[])[] {
  const values = kind.meta.map((name) => assignedIn(meta, name));
  return [...values, assignedIn(cls, "__table_args__")].flatMap((value) =>
    value === null ? [] : nameSets(value, kind.calls),
  );
}

function nameSets(value: Expr, calls: RegExp): readonly (readonly string[])[] {
  if (value.kind === "Call") return constraintNames(value, calls);
  if (value.kind !== "List" && value.kind !== "Tuple") return [];
  const texts = value.elts.flatMap((element) => literalString(element) ?? []);
  if (texts.length > 0 && texts.length === value.elts.length) return [texts];
  return value.elts.flatMap((element) => nameSets(element, calls));
}

/** The fields of one constraint; a condition makes it hold for some rows only, which is no constraint here. */
export function constraintNames(call: Call, calls: RegExp): readonly (readonly string[])[] {
  const isUniqueIndex = lastName(call.func) === "Index" && isTrue(argumentOf(call, "unique"));
  if (!calls.test(lastName(call.func)) && !(isUniqueIndex && calls === UNIQUES.calls)) return [];
  if (keywordOf(call, "condition") !== undefined && calls === UNIQUES.calls) return [];
  const fields = argumentOf(call, "fields");
  if (fields?.kind === "List" || fields?.kind === "Tuple") {
    return [fields.elts.flatMap((element) => literalString(element)?.replace(/^-/, "") ?? [])];
  }
  const skipName = lastName(call.func) === "Index" && fields === undefined ? 1 : 0;
  const names = call.args.slice(skipName).flatMap((arg) => literalString(arg) ?? (lastName(arg) || []));
  return names.length === 0 ? [] : [names];
}

function orderingOf(meta: ClassDef | null): readonly string[] | null {
  const value = assignedIn(meta, "ordering");
  if (value?.kind !== "List" && value?.kind !== "Tuple") return value === null ? null : ["?"];
  return value.elts.map((element) => literalString(element) ?? "?");
}

/** `orders = Table("orders", metadata, Column(…), …)`. */
function tablePart(statement: Assign, model: SemanticModel): TablePart | null {
  const { value, targets } = statement;
  const [target] = targets;
  if (value.kind !== "Call" || lastName(value.func) !== "Table" || target?.kind !== "Name") return null;
  const table = value.args[0] && model.stringValue(value.args[0]);
  if (table === undefined) return null;
  const calls: Call[] = [];
  walk(value, (node) => {
    if (node.kind !== "Call" || node === value) return true;
    calls.push(node);
    return false;
  });
  const columns = calls.flatMap((call) => {
    const name =
      lastName(call.func) === "Column" && call.args[0] ? model.stringValue(call.args[0]) : undefined;
    return name === undefined ? [] : columnOf(name, call, null, model);
  });
  return columns.length === 0
    ? null
    : {
        name: `${model.moduleName}.${target.id}`,
        table,
        fields: columns,
        uniques: calls.flatMap((call) => constraintNames(call, UNIQUES.calls)),
        indexes: calls.flatMap((call) => constraintNames(call, INDEXES.calls)),
      };
}
