/** Adds to a query the relations that it shall load, for fixes. */

import type { OrmField, OrmModel, OrmSchema } from "../frameworks/orm/types.ts";
import type { OrmValue } from "../frameworks/orm/values.ts";
import { assignedValue } from "../semantic/assigned.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Expr } from "../syntax/ast.ts";
import type { SourceEdits } from "./edits.ts";

/** Expressions looked through on the way to the query, at most. */
const MAX_STEPS = 12;

/** The expression that is a query still: `Order.objects.filter(…)` of a list, a name or a result made from it. */
export function queryExpression(
  node: Expr,
  model: SemanticModel,
  valueAt: (node: Expr) => OrmValue | null,
): Expr | null {
  let at: Expr | undefined = node;
  for (let step = 0; step < MAX_STEPS && at !== undefined; step++) {
    if (at.kind === "Await") at = at.value;
    else if (at.kind === "Name") at = assignedValue(at, model);
    else if (at.kind === "Subscript") at = at.value;
    else if (at.kind === "Call") {
      const value = valueAt(at);
      if (value?.kind === "rows" && value.shape === "query") return at;
      const next: Expr | undefined = at.args[0] ?? (at.func.kind === "Attribute" ? at.func.value : undefined);
      at = next;
    } else if (at.kind === "Attribute") {
      // `User.query` is a query without a call.
      const value = valueAt(at);
      return value?.kind === "rows" && value.shape === "query" ? at : null;
    } else return null;
  }
  return null;
}

/** How a relation is loaded with its rows: the call, and where its text can be written as it stands. */
export interface LoaderCall {
  /** `select_related("customer")`, `selectinload(Order.items)`: for messages. */
  readonly text: string;
  /** True where each step of the path leads to one row: a join does. */
  readonly single: boolean;
}

/** The loader call for a path from a model, with dots. */
export function loaderCall(root: OrmModel, path: string, schema: OrmSchema): LoaderCall {
  const steps = stepsOf(root, path, schema);
  const single = steps.every(
    ({ field }) => field.relation?.many !== true && field.relation?.form !== "generic",
  );
  if (root.orm === "django") {
    const name = single ? "select_related" : "prefetch_related";
    return { text: `${name}("${path.replaceAll(".", "__")}")`, single };
  }
  const calls = steps.map(({ owner, field }) => {
    const name = field.relation?.many === true ? "selectinload" : "joinedload";
    return `${name}(${owner.label}.${field.name})`;
  });
  return { text: calls.join("."), single };
}

function stepsOf(root: OrmModel, path: string, schema: OrmSchema) {
  const steps: { readonly owner: OrmModel; readonly field: OrmField }[] = [];
  let owner: OrmModel | undefined = root;
  for (const name of path.split(".")) {
    const field: OrmField | undefined = owner?.fields.get(name);
    if (owner === undefined || field === undefined) break;
    steps.push({ owner, field });
    const target: string | null = field.relation?.target ?? null;
    owner = target === null ? undefined : schema.modelNamed(target);
  }
  return steps;
}

/** Writes the loader call behind a query. Null where it would name a class that the file may not know. */
export function addLoader(
  edits: SourceEdits,
  query: Expr,
  root: OrmModel,
  path: string,
  schema: OrmSchema,
): string | null {
  const { text } = loaderCall(root, path, schema);
  if (root.orm === "django") {
    edits.insertAfter(query, `.${text}`);
    return `Add \`${text}\``;
  }
  if (path.includes(".") || !edits.source.includes(root.label)) return null;
  const name = text.slice(0, text.indexOf("("));
  const loader = edits.ensureImport("sqlalchemy.orm", name);
  edits.insertAfter(query, `.options(${loader}${text.slice(name.length)})`);
  return `Add \`options(${text})\``;
}
