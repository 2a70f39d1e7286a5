/** Rule: a path operation that answers with a database row, every column of it. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { type Route, routesOf } from "../../frameworks/routes.ts";
import { assignedValues } from "../../semantic/assigned.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ClassDef, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { isFalse, isTrue, keywordOf, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"rowReturned" | "tableAsResponse">;

/** Methods at the end of a query that yield rows of the entity. */
const YIELDS_ROWS = new Set([
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
const KEEPS_QUERY = new Set([
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
  "scalars",
  "exec",
  "execute",
  "with_for_update",
]);
const TABLE_BASES: ReadonlySet<string> = new Set([
  "sqlalchemy.orm.DeclarativeBase",
  "sqlalchemy.orm.DeclarativeBaseNoMeta",
  "sqlalchemy.orm.MappedAsDataclass",
]);

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
    const entity = entityOf(value, ctx.model, 0);
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

/** A SQLModel with `table=True`, or a declarative class with a table of its own. */
function isTable(cls: ClassDef, model: SemanticModel): boolean {
  if (cls.keywords.some(({ arg, value }) => arg === "table" && isTrue(value))) return true;
  return model.derivesFrom(cls, TABLE_BASES);
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

/** The entity whose rows an expression certainly is, or undefined. */
function entityOf(node: Expr, model: SemanticModel, depth: number): string | undefined {
  if (depth > 12) return undefined;
  if (node.kind === "Await") return entityOf(node.value, model, depth + 1);
  if (node.kind === "Name") {
    const values = assignedValues(node, model);
    if (values === undefined) return undefined;
    const entities = new Set(values.map((value) => entityOf(value, model, depth + 1)));
    return entities.size === 1 ? [...entities][0] : undefined;
  }
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return undefined;
  const [first] = node.args;
  // `session.get(User, user_id)`
  if (node.func.attr === "get" && node.args.length >= 2) return entityName(first, model);
  return YIELDS_ROWS.has(node.func.attr) ? queriedEntity(node.func.value, model, depth + 1) : undefined;
}

/** The entity of `db.query(User).filter(…)`, `session.scalars(select(User))`, `session.exec(statement)`. */
function queriedEntity(node: Expr, model: SemanticModel, depth: number): string | undefined {
  if (depth > 12) return undefined;
  if (node.kind === "Await") return queriedEntity(node.value, model, depth + 1);
  if (node.kind === "Name") {
    const [value, ...others] = assignedValues(node, model) ?? [];
    return value === undefined || others.length > 0 ? undefined : queriedEntity(value, model, depth + 1);
  }
  if (node.kind !== "Call") return undefined;
  if (isSelect(node, model) || (node.func.kind === "Attribute" && node.func.attr === "query")) {
    return node.args.length === 1 ? entityName(node.args[0], model) : undefined;
  }
  if (node.func.kind !== "Attribute" || !KEEPS_QUERY.has(node.func.attr)) return undefined;
  const isRun = ["scalars", "exec", "execute"].includes(node.func.attr) && node.args[0] !== undefined;
  return queriedEntity(isRun ? (node.args[0] as Expr) : node.func.value, model, depth + 1);
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
