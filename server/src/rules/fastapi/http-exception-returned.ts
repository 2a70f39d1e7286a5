/** Rule: an error that is returned instead of raised, so that the client sees success. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { routesOf } from "../../frameworks/routes.ts";
import type { Expr, Return } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"returned">;

const HTTP_EXCEPTIONS: ReadonlySet<string> = new Set([
  "fastapi.HTTPException",
  "fastapi.exceptions.HTTPException",
  "starlette.exceptions.HTTPException",
]);

export default defineRule({
  id: "http-exception-returned",
  title: "HTTPException returned instead of raised",
  section: "fastapi",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [393],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "fastapi#error-responses",
  messages: {
    returned:
      "Returned, the exception is an ordinary answer with status 200, so the client takes the error for success. Raise it.",
  },
  docs: {
    why: "FastAPI turns whatever a handler returns into JSON with the route's status, and an exception object is no exception to that. The client gets 200, retries nothing, and reads `status_code` and `detail` as if they were data; dashboards count a success. Only `raise` leaves the handler, sets the status and runs the cleanup of dependencies.",
    bad: `from fastapi import FastAPI, HTTPException

app = FastAPI()
BOOKS = {1: "Emma"}


@app.get("/books/{book_id}")
def read_book(book_id: int) -> dict[str, str]:
    if book_id not in BOOKS:
        return HTTPException(status_code=404, detail="No such book")
    return {"title": BOOKS[book_id]}
`,
    good: `from fastapi import FastAPI, HTTPException

app = FastAPI()
BOOKS = {1: "Emma"}


@app.get("/books/{book_id}")
def read_book(book_id: int) -> dict[str, str]:
    if book_id not in BOOKS:
        raise HTTPException(status_code=404, detail="No such book")
    return {"title": BOOKS[book_id]}
`,
    whenFine:
      "A helper that builds the exception for others to raise (`raise not_found(book_id)`), and exception handlers, which return responses. Only handlers of routes are looked at.",
    references: [
      "https://fastapi.tiangolo.com/tutorial/handling-errors/",
      "https://www.rfc-editor.org/rfc/rfc9110#name-status-codes",
    ],
  },
  fix: "unsafe",
  on: {
    Return(node, ctx) {
      const handler = node.value === null ? undefined : ctx.model.enclosingFunction(node);
      // Only what has a decorator can be a route, and most functions have none.
      if (handler === undefined || handler.decorator_list.length === 0) return;
      const raised = node.value && exceptionIn(node.value, ctx);
      if (!raised) return;
      if (!routesOf(handler, ctx.model).some(({ framework }) => framework === "fastapi")) return;
      ctx.report(raised, "returned", {
        fix(edits) {
          if (raised !== node.value) return null;
          edits.replace(keywordSpan(node), "raise");
          return "Raise it";
        },
      });
    },
  },
});

/** The expression that is an HTTPException, at or below the returned one. */
function exceptionIn(node: Expr, ctx: Context): Expr | undefined {
  if (node.kind === "IfExp") return exceptionIn(node.body, ctx) ?? exceptionIn(node.orelse, ctx);
  if (HTTP_EXCEPTIONS.has(ctx.model.typeOf(node) ?? "")) return node;
  const callee = node.kind === "Call" ? ctx.model.callee(node) : undefined;
  if (callee !== undefined && HTTP_EXCEPTIONS.has(callee)) return node;
  const definition = node.kind === "Call" ? ctx.model.definitionOf(node.func) : undefined;
  return definition?.kind === "ClassDef" && ctx.model.derivesFrom(definition, HTTP_EXCEPTIONS)
    ? node
    : undefined;
}

function keywordSpan(node: Return) {
  const { start } = spanOf(node);
  return { start, end: start + "return".length };
}
