/** What a name may hold, where all that is ever assigned to it stands in the module. */

import type { Expr, Name, Node } from "../syntax/ast.ts";
import type { SemanticModel } from "./model.ts";

/**
 * Every expression that is assigned to a name in its scope, in document order; undefined where the name is bound
 * in another way as well (a parameter, a loop, an import, `+=`, unpacking), so that nothing is known.
 */
export function assignedValues(name: Name, model: SemanticModel): readonly Expr[] | undefined {
  const binding = model.resolve(name);
  if (binding === undefined || binding.definitions.length === 0) return undefined;
  const values: Expr[] = [];
  for (const definition of binding.definitions) {
    const value = assignedBy(definition, name.id);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** The one expression that a name stands for, or undefined. */
export function assignedValue(name: Name, model: SemanticModel): Expr | undefined {
  const values = assignedValues(name, model);
  return values?.length === 1 ? values[0] : undefined;
}

/** The value that a definition gives to a name, if it is a plain assignment. */
function assignedBy(definition: Node, name: string): Expr | undefined {
  const statement = definition.kind === "Name" ? definition.parent : definition;
  switch (statement?.kind) {
    case "Assign":
      return statement.targets.some((target) => isName(target, name)) ? statement.value : undefined;
    case "AnnAssign":
      return isName(statement.target, name) ? (statement.value ?? undefined) : undefined;
    case "NamedExpr":
      return isName(statement.target, name) ? statement.value : undefined;
    default:
      return undefined;
  }
}

function isName(node: Expr, name: string): boolean {
  return node.kind === "Name" && node.id === name;
}

/** What a target is called: a name, an attribute, or the constant key of an item (`config["SECRET_KEY"]`). */
export function targetName(target: Expr, model: SemanticModel): string | undefined {
  if (target.kind === "Name") return target.id;
  if (target.kind === "Attribute") return target.attr;
  return target.kind === "Subscript" ? model.stringValue(target.slice) : undefined;
}
