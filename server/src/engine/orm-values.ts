/** Asks the ORM view what an expression of the module is. */

import { createEvaluation, evaluate } from "../frameworks/orm/evaluate.ts";
import { ORM_CODE, ORM_SCHEMA } from "../frameworks/orm/facts.ts";
import type { OrmValue } from "../frameworks/orm/values.ts";
import { type Write, writeOf } from "../frameworks/orm/writes.ts";
import { symbolOf } from "../frameworks/symbols.ts";
import type { Call, Expr } from "../syntax/ast.ts";
import type { RuleContext } from "./rule.ts";

/** What an expression is, for the ORM view; null where it is none of the project's rows or models. */
export function ormValue(node: Expr, ctx: RuleContext<never>): OrmValue | null {
  const schema = ctx.projectFact(ORM_SCHEMA);
  if (schema.models.length === 0) return null;
  return evaluate(symbolOf(node, ctx.model), createEvaluation(schema, ctx.projectFact(ORM_CODE)));
}

/** What a call writes to the database; undefined where it writes nothing, or nothing that is known. */
export function ormWrite(call: Call, ctx: RuleContext<never>): Write | undefined {
  return writeOf(call, (node) => ormValue(node, ctx));
}
