/** Rule: a response declares or builds a field that only the server may know. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find, visit } from "../../engine/search.ts";
import { type Endpoint, endpointLabel } from "../../frameworks/web/endpoint.ts";
import { ABOUT_SECRETS, NEVER_SHOWN } from "../../models/web/sensitive.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { ClassDef, Expr, FunctionNode, Node } from "../../syntax/ast.ts";
import { isTrue, keywordOf, lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"inModel" | "inSerializer" | "inDict" | "wholeObject">;

export default defineRule({
  id: "sensitive-field-in-response",
  title: "Secret field in a response",
  section: "apis",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [201],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#sensitive-data-exposure",
  messages: {
    inModel:
      "`{{endpoint}}` answers with `{{model}}`, whose field `{{field}}` goes to the client. Answer with a model that leaves it out.",
    inSerializer:
      "`{{model}}` lists `{{field}}`, so every response that it writes shows it. Take it out, or make it write-only.",
    wholeObject:
      "`{{endpoint}}` answers with everything that the object holds, today's secrets and tomorrow's columns. Name the fields.",
    inDict: "`{{endpoint}}` puts `{{field}}` into its response. Leave it out.",
  },
  docs: {
    why: "A hash in a response is a password that somebody else can guess at leisure, and a response is copied into logs, caches, browser stores and the tools of every client. Such fields get there by reusing the model of the table for the answer, or by listing all fields. Declare what the client may see.",
    bad: `from fastapi import FastAPI
from pydantic import BaseModel

from shop.users import user_of

app = FastAPI()


class UserOut(BaseModel):
    name: str
    password_hash: str


@app.get("/users/{user_id}", response_model=UserOut)
def read_user(user_id: int):
    return user_of(user_id)
`,
    good: `from fastapi import FastAPI
from pydantic import BaseModel

from shop.users import user_of

app = FastAPI()


class UserOut(BaseModel):
    name: str


@app.get("/users/{user_id}", response_model=UserOut)
def read_user(user_id: int):
    return user_of(user_id)
`,
    whenFine:
      "A route that issues a token or a key shows it once; such routes and models are not reported. `SecretStr`, `exclude=True` and `write_only=True` keep a field inside.",
    references: [
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
      "https://fastapi.tiangolo.com/tutorial/response-model/",
    ],
  },
  fix: "none",
  on: {
    FunctionDef: checkHandler,
    AsyncFunctionDef: checkHandler,
    ClassDef: checkSerializer,
  },
});

function checkHandler(node: FunctionNode, ctx: Context): void {
  const endpoint = handlingOf(node, ctx)?.endpoints[0];
  if (endpoint === undefined || ABOUT_SECRETS.test(`${endpoint.path} ${node.name}`)) return;
  for (const declared of declaredAnswers(node)) {
    const cls = classIn(declared, ctx.model, ctx);
    const field =
      cls === null || ABOUT_SECRETS.test(cls.node.name)
        ? undefined
        : secretField(cls.node, cls.model, ctx, 0);
    if (cls === null || field === undefined) continue;
    ctx.report(declared, "inModel", {
      data: { endpoint: endpointLabel(endpoint), model: cls.node.name, field },
    });
    return;
  }
  checkDicts(node, endpoint, ctx);
}

/** The model that the route declares, else the return annotation. */
function declaredAnswers(node: FunctionNode): readonly Expr[] {
  for (const decorator of node.decorator_list) {
    const declared = decorator.kind === "Call" ? keywordOf(decorator, "response_model")?.value : undefined;
    if (declared !== undefined) return [declared];
  }
  return node.returns === null ? [] : [node.returns];
}

interface Found {
  readonly node: ClassDef;
  readonly model: SemanticModel;
}

/** The class that an annotation names: `UserOut` of `list[UserOut] | None`. */
function classIn(annotation: Expr, model: SemanticModel, ctx: Context): Found | null {
  switch (annotation.kind) {
    case "Subscript":
      return classIn(annotation.slice, model, ctx);
    case "Tuple":
      return annotation.elts.map((one) => classIn(one, model, ctx)).find((one) => one !== null) ?? null;
    case "BinOp":
      return classIn(annotation.left, model, ctx) ?? classIn(annotation.right, model, ctx);
    case "Name":
    case "Attribute":
      return classNamed(annotation, model, ctx);
    default:
      return null;
  }
}

function classNamed(reference: Expr, model: SemanticModel, ctx: Context): Found | null {
  const name = model.qualifiedName(reference);
  const definition = name === undefined ? null : ctx.definition(name);
  return definition?.node.kind === "ClassDef" ? { node: definition.node, model: definition.model } : null;
}

/** The first secret field of a class or of its own bases. */
function secretField(cls: ClassDef, model: SemanticModel, ctx: Context, depth: number): string | undefined {
  for (const statement of cls.body) {
    if (statement.kind !== "AnnAssign" || statement.target.kind !== "Name") continue;
    const { id } = statement.target;
    if (NEVER_SHOWN.test(id) && !staysInside(statement.annotation, statement.value, model)) return id;
  }
  if (depth > 3) return undefined;
  for (const base of cls.bases) {
    const above = classNamed(base, model, ctx);
    const field = above === null ? undefined : secretField(above.node, above.model, ctx, depth + 1);
    if (field !== undefined) return field;
  }
  return undefined;
}

function staysInside(annotation: Expr, value: Expr | null, model: SemanticModel): boolean {
  if (/Secret(?:Str|Bytes)$|\.bool$|^bool$/.test(model.qualifiedName(annotation) ?? lastName(annotation)))
    return true;
  return (
    value?.kind === "Call" &&
    (isTrue(keywordOf(value, "exclude")?.value) || keywordOf(value, "foreign_key") !== undefined)
  );
}

/** `fields = ["name", "password"]` of a serializer of DRF that declares nothing else about the field. */
function checkSerializer(node: ClassDef, ctx: Context): void {
  if (ABOUT_SECRETS.test(node.name)) return;
  if (
    !ctx.model.ancestors(node).some((name) => /^rest_framework\.serializers\.\w*ModelSerializer$/.test(name))
  )
    return;
  const meta = node.body.find((one) => one.kind === "ClassDef" && one.name === "Meta");
  if (meta?.kind !== "ClassDef") return;
  const option = (name: string) =>
    meta.body.find(
      (one) => one.kind === "Assign" && one.targets.some((it) => it.kind === "Name" && it.id === name),
    );
  const fields = option("fields");
  if (fields?.kind !== "Assign" || (fields.value.kind !== "List" && fields.value.kind !== "Tuple")) return;
  const text = ctx.text(node);
  for (const element of fields.value.elts) {
    const field = literalString(element);
    if (field === undefined || !NEVER_SHOWN.test(field) || isWriteOnly(field, text)) continue;
    ctx.report(element, "inSerializer", { data: { model: node.name, field } });
  }
}

/** Declared as `write_only=True`, in `extra_kwargs`, or by a method of the serializer that masks it. */
function isWriteOnly(field: string, text: string): boolean {
  const declared = new RegExp(
    `(?:^|\\n)\\s+${field}\\s*=|["']${field}["']\\s*:\\s*\\{[^}]*write_only|write_only_fields|to_representation`,
  );
  return declared.test(text);
}

/** `{"password": user.password}` in what a handler returns. */
function checkDicts(node: FunctionNode, endpoint: Endpoint, ctx: Context): void {
  visit(node.body, (at) => {
    if (at.kind !== "Return" || at.value === null) return undefined;
    const whole = find(at.value, isWholeObject);
    if (whole !== undefined)
      ctx.report(whole, "wholeObject", { data: { endpoint: endpointLabel(endpoint) } });
    visit(at.value, (inner) => {
      if (inner.kind !== "Dict") return undefined;
      for (const [i, key] of inner.keys.entries()) {
        const field = literalString(key);
        const value = inner.values[i];
        if (field === undefined || key === null || value?.kind !== "Attribute") continue;
        if (NEVER_SHOWN.test(field) && NEVER_SHOWN.test(value.attr))
          ctx.report(key, "inDict", { data: { endpoint: endpointLabel(endpoint), field } });
      }
      return undefined;
    });
    return false;
  });
}

/** `user.__dict__`, `vars(user)` */
function isWholeObject(node: Node): boolean {
  if (node.kind === "Attribute") return node.attr === "__dict__" && node.parent?.kind !== "Attribute";
  return (
    node.kind === "Call" && node.func.kind === "Name" && node.func.id === "vars" && node.args.length === 1
  );
}
