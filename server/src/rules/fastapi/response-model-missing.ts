/** Rule: a path operation that answers with a database row, every column of it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { isTable, rowEntity } from "../../frameworks/queries.ts";
import { type Route, routesOf } from "../../frameworks/routes.ts";
import type { Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { isFalse, keywordOf, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"rowReturned" | "tableAsResponse">;

export default defineRule({
  id: "response-model-missing",
  title: "Path operation answers with a whole database row",
  section: "fastapi",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [213],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "fastapi#response-models",
  messages: {
    rowReturned:
      "This returns a database row, so every column of `{{entity}}` goes to the client, also the ones that are added later. Declare what the client may see with `response_model=`.",
    tableAsResponse:
      "`{{entity}}` is the table itself, so every column of it goes to the client, also the ones that are added later. Return a schema with the public fields.",
  },
  docs: {
    why: "FastAPI serialises what a handler returns. Without a declared response every attribute of the row goes out: today's password hash, next month's internal note. Nobody notices, since the client shows only what it knows. A response model is a filter as much as documentation: fields that are not in it cannot leave.",
    bad: `from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.db import get_session
from shop.models import User

app = FastAPI()


@app.get("/users/{user_id}")
def read_user(user_id: int, session: Session = Depends(get_session)):
    return session.get(User, user_id)
`,
    good: `from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.db import get_session
from shop.models import User
from shop.schemas import UserOut

app = FastAPI()


@app.get("/users/{user_id}", response_model=UserOut)
def read_user(user_id: int, session: Session = Depends(get_session)):
    return session.get(User, user_id)
`,
    whenFine:
      "Handlers that return a `Response`, a scalar or a schema, and routes that are left out of the schema (`include_in_schema=False`). A table without private columns, today, is a reason to suppress with a word of explanation.",
    references: [
      "https://fastapi.tiangolo.com/tutorial/response-model/",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
    ],
  },
  fix: "none",
  on: {
    FunctionDef: checkHandler,
    AsyncFunctionDef: checkHandler,
  },
});

function checkHandler(node: FunctionNode, ctx: Context): void {
  const routes = routesOf(node, ctx.model).filter(({ framework }) => framework === "fastapi");
  if (routes.length === 0 || routes.some(declaresResponse)) return;
  if (node.returns !== null) {
    const table = tableIn(node.returns, ctx);
    if (table !== undefined) ctx.report(node.returns, "tableAsResponse", { data: { entity: table } });
    return;
  }
  for (const value of returnedValues(node)) {
    const entity = rowEntity(value, ctx.model);
    if (entity === undefined) continue;
    ctx.report(value, "rowReturned", { data: { entity } });
    return;
  }
}

function declaresResponse({ decorator }: Route): boolean {
  if (unpacksArguments(decorator) || isFalse(keywordOf(decorator, "include_in_schema")?.value)) return true;
  return ["response_model", "response_class"].some((name) => keywordOf(decorator, name) !== undefined);
}

/** The table class in a return annotation: `User`, `list[User]`, `User | None`. */
function tableIn(annotation: Expr, ctx: Context): string | undefined {
  let found: string | undefined;
  visit(annotation, (node) => {
    if (node.kind === "Name" && found === undefined) {
      const definition = ctx.model.definitionOf(node);
      if (definition?.kind === "ClassDef" && isTable(definition, ctx.model)) found = node.id;
    }
    return found === undefined;
  });
  return found;
}

function returnedValues(node: FunctionNode): readonly Expr[] {
  const values: Expr[] = [];
  visit(node.body as readonly Node[], (at) => {
    if (at.kind === "Return" && at.value !== null) values.push(at.value);
    return (
      at.kind !== "FunctionDef" &&
      at.kind !== "AsyncFunctionDef" &&
      at.kind !== "Lambda" &&
      at.kind !== "ClassDef"
    );
  });
  return values;
}
