/** Rule: what comes after the `yield` of a dependency is skipped when the request fails. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import type { ExprStmt, FunctionNode, Stmt } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"skipped">;

/** Calls that give something back. */
const RELEASES =
  /^(?:close|aclose|release|disconnect|shutdown|stop|quit|terminate|unlock|cleanup|remove|dispose)$/;

export default defineRule({
  id: "dependency-without-cleanup",
  title: "Clean-up that a failing request skips",
  section: "fastapi",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [772],
  equivalents: { ruff: ["RUF075"] },
  contexts: { offIn: ["test"] },
  guide: "fastapi#dependencies",
  messages: {
    skipped:
      "When the code that uses `{{name}}` raises, the exception comes out of this `yield` and `{{release}}` is never reached. Put the `yield` into `try` and the clean-up into `finally`.",
  },
  docs: {
    why: "An exception in the handler is thrown into the dependency at its `yield`. What stands below it runs only when all went well, so exactly the failing requests leave their connection open. The pool empties under errors, and a small incident becomes an outage.",
    bad: `from collections.abc import Iterator

from sqlalchemy.orm import Session

from shop.db import SessionLocal


def get_session() -> Iterator[Session]:
    session = SessionLocal()
    yield session
    session.close()
`,
    good: `from collections.abc import Iterator

from sqlalchemy.orm import Session

from shop.db import SessionLocal


def get_session() -> Iterator[Session]:
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()
`,
    whenFine: "`with SessionLocal() as session: yield session` closes in every case.",
    references: [
      "https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/",
      "https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager",
    ],
  },
  fix: "unsafe",
  on: {
    Expr(node, ctx) {
      if (node.value.kind === "Yield") check(node, ctx);
    },
  },
});

function check(node: ExprStmt, ctx: Context): void {
  const fn = ctx.model.enclosingFunction(node);
  // What a lifespan gives back at the end, the end of the process gives back as well.
  if (fn === undefined || node.parent !== fn || isFixture(fn) || /lifespan/i.test(fn.name)) return;
  for (const at of holders(node))
    if (at.kind === "Try" || at.kind === "With" || at.kind === "AsyncWith") return;
  const place = fn.body.indexOf(node);
  const after = fn.body.slice(place + 1);
  const release = after.find((statement) => releaseOf(statement) !== undefined);
  const call = release === undefined ? undefined : releaseOf(release);
  // One yield, one clean-up: a generator of many values is no dependency.
  if (release === undefined || call === undefined || after.length > 3) return;
  ctx.report(node, "skipped", {
    data: { name: fn.name, release: ctx.text(call) },
    fix: protect(node, after, ctx),
  });
}

/** A fixture of pytest is finished in every case. */
function isFixture(fn: FunctionNode): boolean {
  return fn.decorator_list.some((one) => /fixture/.test(lastName(one.kind === "Call" ? one.func : one)));
}

function releaseOf(statement: Stmt) {
  if (statement.kind !== "Expr") return undefined;
  const value = statement.value.kind === "Await" ? statement.value.value : statement.value;
  return value.kind === "Call" && value.func.kind === "Attribute" && RELEASES.test(value.func.attr)
    ? value
    : undefined;
}

function protect(node: ExprStmt, after: readonly Stmt[], ctx: Context): FixBuilder {
  return (edits) => {
    const { start } = spanOf(node);
    const last = after.at(-1);
    if (last === undefined) return null;
    const { end } = spanOf(last);
    const lineStart = edits.source.lastIndexOf("\n", start - 1) + 1;
    const indent = edits.source.slice(lineStart, start);
    const below = edits.source.slice(spanOf(node).end, end).replace(/^\s*\n/, "");
    if (indent.trim() !== "" || below.includes('"""')) return null;
    const deeper = below.replace(/^(?=.)/gm, "    ");
    const text = `try:\n${indent}    ${ctx.text(node)}\n${indent}finally:\n${deeper}`;
    edits.replace({ start, end }, text);
    return "Clean up in `finally`";
  };
}
