/** Migrations of Django and Alembic: which follow which, and what one does. */

import type { SemanticModel } from "../semantic/model.ts";
import { defineProjectFact } from "../semantic/project.ts";
import type { Call, ClassDef, Expr, FunctionDef } from "../syntax/ast.ts";
import { lastName, literalString } from "../syntax/calls.ts";
import { walk } from "../syntax/walk.ts";

/** Names of the migrations that others are built on: `shop.0007_number`, or an Alembic revision. */
export interface MigrationIndex {
  readonly complete: boolean;
  /** True where another migration follows this one: it has been released, most likely. */
  hasFollower(name: string): boolean;
}

interface MigrationPart {
  readonly follows: readonly string[];
}

export const MIGRATIONS = defineProjectFact<MigrationPart, MigrationIndex>({
  id: "migrations",
  words: ["down_revision", "dependencies"],
  collect(model, file) {
    if (!file.classes.has("migration") && !/\/versions\//.test(file.relativePath)) return null;
    const follows = [...dependenciesOf(model), ...downRevisions(model)];
    return follows.length === 0 ? null : { follows };
  },
  merge(parts, { complete }) {
    const names = new Set(parts.flatMap(({ part }) => part.follows));
    return { complete, hasFollower: (name) => names.has(name) };
  },
});

function dependenciesOf(model: SemanticModel): readonly string[] {
  const value = migrationClass(model)?.body.flatMap((statement) =>
    statement.kind === "Assign" &&
    statement.targets.some((it) => it.kind === "Name" && it.id === "dependencies")
      ? [statement.value]
      : [],
  )[0];
  if (value?.kind !== "List" && value?.kind !== "Tuple") return [];
  return value.elts.flatMap((element) => {
    if (element.kind !== "Tuple") return [];
    const [app, name] = element.elts.map(literalString);
    return app === undefined || name === undefined ? [] : [`${app}.${name}`];
  });
}

function downRevisions(model: SemanticModel): readonly string[] {
  const value = moduleValue(model, "down_revision");
  if (value?.kind === "Tuple" || value?.kind === "List")
    return value.elts.flatMap((it) => literalString(it) ?? []);
  const text = literalString(value);
  return text === undefined ? [] : [text];
}

function moduleValue(model: SemanticModel, name: string): Expr | undefined {
  for (const statement of model.module.body) {
    if (statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name)) {
      return statement.value;
    }
    if (statement.kind === "AnnAssign" && statement.target.kind === "Name" && statement.target.id === name) {
      return statement.value ?? undefined;
    }
  }
  return undefined;
}

/** The class of a Django migration. */
export function migrationClass(model: SemanticModel): ClassDef | undefined {
  return model.module.body.find(
    (statement): statement is ClassDef => statement.kind === "ClassDef" && statement.name === "Migration",
  );
}

/** The name under which others follow this migration. */
export function migrationName(model: SemanticModel, path: string): string | undefined {
  const revision = literalString(moduleValue(model, "revision"));
  if (revision !== undefined) return revision;
  const [, app, stem] = /([^/]+)\/migrations\/([^/]+)\.py$/.exec(path) ?? [];
  return app === undefined ? undefined : `${app}.${stem}`;
}

/** One operation: of Django's `operations`, or a call of Alembic's `op`. */
export interface MigrationStep {
  readonly call: Call;
  /** `RemoveField`, `drop_column`. */
  readonly name: string;
}

/** The steps forward of a migration, in order. */
export function stepsForward(model: SemanticModel): readonly MigrationStep[] {
  const cls = migrationClass(model);
  if (cls !== undefined) return djangoSteps(cls);
  const upgrade = functionNamed(model, "upgrade");
  return upgrade === undefined ? [] : alembicSteps(upgrade);
}

/** A function of the module. */
export function functionNamed(model: SemanticModel, name: string): FunctionDef | undefined {
  return model.module.body.find(
    (statement): statement is FunctionDef => statement.kind === "FunctionDef" && statement.name === name,
  );
}

function djangoSteps(cls: ClassDef): readonly MigrationStep[] {
  const steps: MigrationStep[] = [];
  for (const statement of cls.body) {
    if (statement.kind !== "Assign" || statement.value.kind !== "List") continue;
    if (!statement.targets.some((it) => it.kind === "Name" && it.id === "operations")) continue;
    for (const element of statement.value.elts) {
      if (element.kind === "Call") steps.push({ call: element, name: lastName(element.func) });
    }
  }
  return steps;
}

/** The calls of `op`, and of what `op.batch_alter_table` gives. */
export function alembicSteps(fn: FunctionDef): readonly MigrationStep[] {
  const steps: MigrationStep[] = [];
  walk(fn, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Attribute") return;
    const owner = lastName(node.func.value);
    if (owner === "op" || owner === "batch_op") steps.push({ call: node, name: node.func.attr });
  });
  return steps;
}
