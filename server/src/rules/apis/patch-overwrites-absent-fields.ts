/** Rule: a PATCH handler writes fields that the client did not send. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { endpointLabel } from "../../frameworks/web/endpoint.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { keywordOf, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<"absentFields">;

export default defineRule({
  id: "patch-overwrites-absent-fields",
  title: "PATCH that writes what was not sent",
  section: "apis",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  flagship: true,
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#http-methods",
  messages: {
    absentFields:
      "`{{endpoint}}` takes every field of `{{body}}`, also those that the client left out: their defaults overwrite what is stored. Say `exclude_unset=True`.",
  },
  docs: {
    why: "PATCH means: change these fields, leave the others. A Pydantic model with defaults knows which fields were sent, but `model_dump()` gives all of them, so a client that changes a phone number also resets the address to null. Nobody notices until the data is gone.",
    bad: `from fastapi import FastAPI
from pydantic import BaseModel

from shop.customers import customer_of

app = FastAPI()


class CustomerPatch(BaseModel):
    name: str | None = None
    phone: str | None = None


@app.patch("/customers/{customer_id}")
def change(customer_id: int, patch: CustomerPatch) -> None:
    customer = customer_of(customer_id)
    for field, value in patch.model_dump().items():
        setattr(customer, field, value)
`,
    good: `from fastapi import FastAPI
from pydantic import BaseModel

from shop.customers import customer_of

app = FastAPI()


class CustomerPatch(BaseModel):
    name: str | None = None
    phone: str | None = None


@app.patch("/customers/{customer_id}")
def change(customer_id: int, patch: CustomerPatch) -> None:
    customer = customer_of(customer_id)
    for field, value in patch.model_dump(exclude_unset=True).items():
        setattr(customer, field, value)
`,
    whenFine: "PUT replaces the whole resource, and there every field counts.",
    references: [
      "https://fastapi.tiangolo.com/tutorial/body-updates/",
      "https://www.rfc-editor.org/rfc/rfc5789",
    ],
  },
  fix: "unsafe",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  const [endpoint] = handling?.endpoints ?? [];
  if (handling === undefined || endpoint === undefined) return;
  if (!handling.endpoints.every(({ methods }) => methods.length === 1 && methods[0] === "PATCH")) return;
  const bodies = new Set(endpoint.parameters.filter(({ from }) => from === "body").map(({ name }) => name));
  visit(node.body, (at) => {
    if (at.kind !== "Call") return undefined;
    const body = dumped(at);
    if (body === undefined || !bodies.has(body) || isPartial(at) || asksWhatWasSent(node, body, ctx))
      return undefined;
    ctx.report(at, "absentFields", {
      data: { endpoint: endpointLabel(endpoint), body },
      fix: (edits) => {
        const last = at.keywords.at(-1) ?? at.args.at(-1);
        if (last === undefined) edits.replace(at, `${ctx.text(at.func)}(exclude_unset=True)`);
        else edits.insertAfter(last, ", exclude_unset=True");
        return "Leave out what was not sent";
      },
    });
    return undefined;
  });
}

/** The parameter whose fields a call gives: `patch` of `patch.model_dump()`. */
function dumped({ func }: Call): string | undefined {
  if (func.kind !== "Attribute" || func.value.kind !== "Name") return undefined;
  return func.attr === "model_dump" || func.attr === "dict" ? func.value.id : undefined;
}

function isPartial(call: Call): boolean {
  const options = ["exclude_unset", "exclude_none", "exclude_defaults", "include"];
  return unpacksArguments(call) || options.some((name) => keywordOf(call, name) !== undefined);
}

/** `patch.model_fields_set`: the handler looks itself. */
function asksWhatWasSent(node: FunctionNode, body: string, ctx: Context): boolean {
  return new RegExp(`\\b${body}\\.(?:model_fields_set|__fields_set__)`).test(ctx.text(node));
}
