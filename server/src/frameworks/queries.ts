/** Which table's rows an expression is, in the styles of SQLAlchemy and SQLModel. */

import { assignedValues } from "../semantic/assigned.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Call, ClassDef, Expr, Name } from "../syntax/ast.ts";
import { isTrue } from "../syntax/calls.ts";

/** Methods at the end of a query that yield rows of the entity. */
const YIELDS_ROWS: ReadonlySet<string> = new Set([
  "first",
  "one",
  "one_or_none",
  "all",
  "scalar",
  "scalar_one",
  "scalar_one_or_none",
  "unique",
  "get",
]);
/** Steps of a query that keep it a query of the same entity. */
const KEEPS_QUERY: ReadonlySet<string> = new Set([
  "filter",
  "filter_by",
  "where",
  "order_by",
  "limit",
  "offset",
  "options",
  "join",
  "outerjoin",
  "distinct",
  "with_for_update",
]);
/** Steps that run the statement which they are given. */
const RUNS: ReadonlySet<string> = new Set(["scalars", "exec", "execute"]);
const TABLE_BASES: ReadonlySet<string> = new Set([
  "sqlalchemy.orm.DeclarativeBase",
  "sqlalchemy.orm.DeclarativeBaseNoMeta",
  "sqlalchemy.orm.MappedAsDataclass",
]);
/** Chains longer than this are given up on. */
const MAX_DEPTH = 12;

/** A SQLModel with `table=True`, or a declarative class. */
export function isTable(cls: ClassDef, model: SemanticModel): boolean {
  if (cls.keywords.some(({ arg, value }) => arg === "table" && isTrue(value))) return true;
  return model.derivesFrom(cls, TABLE_BASES);
}

/** The entity whose rows an expression certainly is, or undefined. */
export function rowEntity(node: Expr, model: SemanticModel, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (node.kind === "Await") return rowEntity(node.value, model, depth + 1);
  if (node.kind === "Name") {
    const values = assignedValues(node, model);
    if (values === undefined) return parameterTable(node, model);
    const entities = new Set(values.map((value) => rowEntity(value, model, depth + 1)));
    return entities.size === 1 ? [...entities][0] : undefined;
  }
  if (node.kind !== "Call") return undefined;
  // `Hero(name="Ann")`, an instance of the table itself
  if (node.func.kind === "Name") return tableName(node.func, model);
  if (node.func.kind !== "Attribute") return undefined;
  // `session.get(User, user_id)`
  if (node.func.attr === "get" && node.args.length >= 2) return entityName(node.args[0], model);
  return YIELDS_ROWS.has(node.func.attr) ? queriedEntity(node.func.value, model, depth + 1) : undefined;
}

/** The table that a parameter is annotated with: `hero: Hero`. */
function parameterTable(node: Name, model: SemanticModel): string | undefined {
  const [parameter, ...others] = model.resolve(node)?.definitions ?? [];
  if (parameter?.kind !== "arg" || others.length > 0 || parameter.annotation?.kind !== "Name")
    return undefined;
  return tableName(parameter.annotation, model);
}

function tableName(node: Name, model: SemanticModel): string | undefined {
  const definition = model.definitionOf(node);
  return definition?.kind === "ClassDef" && isTable(definition, model) ? node.id : undefined;
}

/** The entity of `db.query(User).filter(…)`, `session.scalars(select(User))`, `session.exec(statement)`. */
function queriedEntity(node: Expr, model: SemanticModel, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (node.kind === "Await") return queriedEntity(node.value, model, depth + 1);
  if (node.kind === "Name") {
    const [value, ...others] = assignedValues(node, model) ?? [];
    return value === undefined || others.length > 0 ? undefined : queriedEntity(value, model, depth + 1);
  }
  if (node.kind !== "Call") return undefined;
  const step = node.func.kind === "Attribute" ? node.func.attr : "";
  if (isSelect(node, model) || step === "query") {
    return node.args.length === 1 ? entityName(node.args[0], model) : undefined;
  }
  if (node.func.kind !== "Attribute") return undefined;
  const [statement] = node.args;
  if (RUNS.has(step)) return queriedEntity(statement ?? node.func.value, model, depth + 1);
  return KEEPS_QUERY.has(step) ? queriedEntity(node.func.value, model, depth + 1) : undefined;
}

function isSelect(call: Call, model: SemanticModel): boolean {
  return /^(?:sqlalchemy|sqlmodel)\.(?:\w+\.)*select$/.test(model.callee(call) ?? "");
}

/** The name of a class that is handed to a query; a column of one (`User.id`) is no entity. */
function entityName(node: Expr | undefined, model: SemanticModel): string | undefined {
  if (node?.kind !== "Name" || !/^[A-Z]/.test(node.id)) return undefined;
  if (!model.importsPackage("sqlalchemy") && !model.importsPackage("sqlmodel")) return undefined;
  const binding = model.resolve(node);
  return binding?.kind === "class" || binding?.kind === "import" ? node.id : undefined;
}
