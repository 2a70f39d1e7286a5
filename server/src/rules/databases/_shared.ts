/** What the rules on databases share: the queries that an expression of a loop runs, and where its rows come from. */

import { ormValue } from "../../engine/orm-values.ts";
import type { RuleContext } from "../../engine/rule.ts";
import { leaves } from "../../engine/search.ts";
import { readExpressions, readSymbol } from "../../frameworks/orm/code.ts";
import { createEvaluation, evaluate } from "../../frameworks/orm/evaluate.ts";
import { FEW } from "../../frameworks/orm/evaluation.ts";
import { ORM_CODE, ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { QueryEvent } from "../../frameworks/orm/values.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import type {
  AsyncFor,
  DictComp,
  Expr,
  For,
  GeneratorExp,
  ListComp,
  Node,
  SetComp,
  Stmt,
} from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";

export type Loop = For | AsyncFor | ListComp | SetComp | DictComp | GeneratorExp;

const LOOPS: ReadonlySet<string> = new Set([
  "For",
  "AsyncFor",
  "ListComp",
  "SetComp",
  "DictComp",
  "GeneratorExp",
]);

/** An expression of a loop, and a query that it runs. */
export interface LoopQuery {
  readonly node: Expr;
  readonly event: QueryEvent;
}

/** The queries that expressions of a loop's own body run, those of inner loops left out. */
export function queriesOf(loop: Loop, ctx: RuleContext<never>): readonly LoopQuery[] {
  const schema = ctx.projectFact(ORM_SCHEMA);
  if (schema.models.length === 0) return [];
  const code = ctx.projectFact(ORM_CODE);
  const found: LoopQuery[] = [];
  for (const node of expressionsOf(loop)) {
    if (runsOnce(node, loop)) continue;
    const sym = readSymbol(node, ctx.model);
    if (sym === null) continue;
    evaluate(
      sym,
      createEvaluation(schema, code, (event) => found.push({ node, event })),
    );
  }
  return found;
}

/** Expressions that run for each element: those of the body, and the iterables of inner loops. */
function expressionsOf(loop: Loop): readonly Expr[] {
  const roots: readonly Node[] = bodyOf(loop);
  return readExpressions(roots).filter((node) => innermostLoop(node) === loop);
}

/** What of a loop runs for each element. */
export function bodyOf(loop: Loop): readonly Node[] {
  switch (loop.kind) {
    case "For":
    case "AsyncFor":
      return loop.body;
    case "DictComp":
      return [
        loop.key,
        loop.value,
        ...loop.generators.flatMap((it) => it.ifs),
        ...loop.generators.slice(1).map((it) => it.iter),
      ];
    default:
      return [
        loop.elt,
        ...loop.generators.flatMap((it) => it.ifs),
        ...loop.generators.slice(1).map((it) => it.iter),
      ];
  }
}

/** The loop that an expression runs in each round of; its own iterable belongs to the loop around it. */
function innermostLoop(node: Node): Node | null {
  let below: Node = node;
  let isIterable = false;
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.kind === "For" || at.kind === "AsyncFor") {
      if (at.body.includes(below as Stmt)) return at;
    } else if (at.kind === "comprehension") {
      const isFirst = at.parent !== null && "generators" in at.parent && at.parent.generators[0] === at;
      isIterable = isFirst && below === at.iter;
    } else if (LOOPS.has(at.kind) && !isIterable) return at;
    if (/^(?:FunctionDef|AsyncFunctionDef|ClassDef|Lambda)$/.test(at.kind)) return null;
    if (at.kind !== "comprehension") isIterable = false;
    below = at;
  }
  return null;
}

/** True where an expression ends the loop, or runs only for elements that were not seen before. */
function runsOnce(node: Expr, loop: Loop): boolean {
  let below: Node = node;
  for (let at: Node | null = node.parent; at !== null && below !== loop; at = at.parent) {
    if (below.kind === "Return" || below.kind === "Raise") return true;
    if (at.kind === "If" && guardsOnce(at.test) && at.body.includes(below as Stmt)) return true;
    if (at.kind === "If" && stops(at.body, below)) return true;
    if (at.kind === "Try" && at.handlers.length > 0 && stops(at.body, below)) return true;
    if (at.kind === "IfExp" && guardsOnce(at.test)) return true;
    if (at.kind === "ExceptHandler") return true;
    if (at === loop && (loop.kind === "For" || loop.kind === "AsyncFor") && stops(loop.body, below))
      return true;
    below = at;
  }
  return false;
}

/** True where a block that holds a statement leaves the loop for good at its end. */
function stops(block: readonly Stmt[], below: Node): boolean {
  if (!block.includes(below as Stmt)) return false;
  const last = block.at(-1);
  return last !== undefined && /^(?:Return|Raise|Break)$/.test(last.kind) && leaves(block);
}

/** `key not in cache`, `cached is None`: what follows runs once for each key. */
function guardsOnce(test: Expr): boolean {
  return test.kind === "Compare" && (test.ops[0] === "NotIn" || test.ops[0] === "Is");
}

/** True where a loop goes over so few elements that its queries do not add up. */
export function isShort(loop: Loop, ctx: RuleContext<never>): boolean {
  const iter = loop.kind === "For" || loop.kind === "AsyncFor" ? loop.iter : loop.generators[0]?.iter;
  if (iter === undefined) return true;
  const value = iter.kind === "Name" ? (assignedValue(iter, ctx.model) ?? iter) : iter;
  if (value.kind === "List" || value.kind === "Tuple" || value.kind === "Set")
    return value.elts.every((it) => it.kind !== "Starred");
  if (value.kind === "Dict" || ctx.model.constant(value) !== undefined) return true;
  if (value.kind === "Call" && ctx.model.callee(value) === "builtins.range") {
    return value.args.every((arg) => ctx.model.constant(arg) !== undefined);
  }
  const rows = ormValue(iter, ctx);
  return rows?.kind === "rows" && rows.limit !== null && rows.limit <= FEW;
}

/** The names that a loop binds anew in each round. */
export function namesOf(loop: Loop): ReadonlySet<string> {
  const names = new Set<string>();
  const targets =
    loop.kind === "For" || loop.kind === "AsyncFor" ? [loop.target] : loop.generators.map((it) => it.target);
  for (const root of [...targets, ...bodyOf(loop)]) {
    walk(root, (node) => {
      if (node.kind === "Name" && node.ctx === "Store") names.add(node.id);
    });
  }
  return names;
}

/** True where an expression uses one of the names. */
export function mentions(node: Node, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= at.kind === "Name" && names.has(at.id);
    return !found;
  });
  return found;
}
