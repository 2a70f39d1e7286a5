/** Fixes that put a resource into a `with` statement. */

import type { Assign, Attribute, Call, Name, Node, Stmt } from "../syntax/ast.ts";
import { spanOf } from "../syntax/tree.ts";
import type { FixBuilder } from "./rule.ts";
import { blockOf, holders, statementOf } from "./search.ts";
import { indentBlock, indentOf, newlineOf, removeStatements } from "./statement-edits.ts";

/** `x = open(p).read()` becomes a `with` statement around it. */
export function wrapStatement(call: Call): FixBuilder {
  return (edits) => {
    const statement = statementOf(call);
    if (statement === undefined || !runsOnce(call, statement)) return null;
    const indent = indentOf(edits.source, statement);
    if (indent === null) return null;
    const { start, end } = spanOf(call);
    const header = `with ${edits.source.slice(start, end)} as handle:`;
    edits.insertBefore(statement, `${header}${newlineOf(edits.source)}${indent}`);
    if (!indentBlock(edits, [statement])) return null;
    edits.replace(call, "handle");
    return "Open it in a `with` statement";
  };
}

/** True where the call is evaluated exactly once in its statement. */
function runsOnce(call: Call, statement: Stmt): boolean {
  if (statement.kind === "For") return statement.iter === call;
  if (!["Assign", "AnnAssign", "Return", "Expr", "AugAssign"].includes(statement.kind)) return false;
  const deferred: readonly Node["kind"][] = ["Lambda", "comprehension", "IfExp", "BoolOp", "GeneratorExp"];
  for (const at of holders(call)) {
    if (at === statement) return true;
    if (deferred.includes(at.kind)) return false;
  }
  return false;
}

/** `f = open(p)` and what follows up to its last use becomes a `with` block; the `f.close()` at its end goes. */
export function wrapBlock(
  at: Assign,
  target: Name,
  reads: readonly Name[],
  releases: readonly Attribute[],
): FixBuilder {
  return (edits) => {
    const block = blockOf(at);
    if (block === undefined || reads.length === 0 || releases.length > 1) return null;
    const indexes = reads.map((read) =>
      block.findIndex((one) => one.start <= read.start && read.end <= one.end),
    );
    const first = block.indexOf(at) + 1;
    if (Math.min(...indexes) < first) return null;
    const inside = block.slice(first, Math.max(...indexes) + 1);
    const release = inside.at(-1);
    if (releases.length === 1 && (release === undefined || !isCallOf(release, releases))) return null;
    if (!indentBlock(edits, releases.length === 1 ? inside.slice(0, -1) : inside)) return null;
    if (releases.length === 1 && release !== undefined) removeStatements(edits, release);
    const value = spanOf(at.value);
    edits.replace(at, `with ${edits.source.slice(value.start, value.end)} as ${target.id}:`);
    return "Use a `with` statement";
  };
}

function isCallOf(statement: Stmt, methods: readonly Attribute[]): boolean {
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return false;
  const { func } = statement.value;
  return methods.some((method) => method === func);
}
