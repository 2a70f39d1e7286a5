/** Rule: an error is answered with status 200. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find, visit } from "../../engine/search.ts";
import { type Endpoint, endpointLabel } from "../../frameworks/web/endpoint.ts";
import type { Call, Dict, Expr, FunctionNode } from "../../syntax/ast.ts";
import { isFalse, isNone, keywordOf, lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"success">;

const ERROR_KEYS = /^(?:error|errors|error_message|err|err_msg)$/;
/** Texts that tell of a failure, under a key that may tell anything. */
const FAILURE =
  /not found|does not exist|failed|invalid|denied|unauthori[sz]ed|forbidden|missing|not allowed|required|unable to|could not/i;
/** What else an answer has that is not about one failure: several results, GraphQL, JSON-RPC. */
const OTHER_KEYS = /^(?:data|results?|items|success|ok|jsonrpc|status|valid|count|total)$/;
const RESPONSES =
  /^(?:jsonify|JsonResponse|Response|JSONResponse|ORJSONResponse|make_response|json_response|dict)$/;

export default defineRule({
  id: "error-with-success-status",
  title: "Error that looks like a success",
  section: "apis",
  level: "must-have",
  severity: "information",
  confidence: "medium",
  cwe: [393],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#status-codes",
  messages: {
    success:
      "`{{endpoint}}` answers an error with status 200: clients, retries, caches and monitoring take it for a success. Give it the status that it has ({{example}}).",
  },
  docs: {
    why: "Whoever calls an API looks at the status first, and much of what stands between looks at nothing else: retries, circuit breakers, caches, dashboards, alerts. An error with 200 is cached, counted as a success, and parsed as the thing that was asked for.",
    bad: `from flask import Flask, jsonify

from shop.orders import find_order

app = Flask(__name__)


@app.get("/orders/<int:order_id>")
def read_order(order_id):
    order = find_order(order_id)
    if order is None:
        return jsonify({"error": "no such order"})
    return jsonify(order)
`,
    good: `from flask import Flask, jsonify

from shop.orders import find_order

app = Flask(__name__)


@app.get("/orders/<int:order_id>")
def read_order(order_id):
    order = find_order(order_id)
    if order is None:
        return jsonify({"error": "no such order"}), 404
    return jsonify(order)
`,
    whenFine:
      "GraphQL, JSON-RPC and batch endpoints answer 200 with errors inside, one for each part. An answer that has data beside its errors is not reported.",
    references: [
      "https://www.rfc-editor.org/rfc/rfc9110#name-status-codes",
      "https://www.rfc-editor.org/rfc/rfc9457",
    ],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  const [endpoint] = handling?.endpoints ?? [];
  if (endpoint === undefined || /graphql|rpc|batch|bulk|health|status/i.test(endpoint.path + node.name))
    return;
  if (setsStatus(node, endpoint)) return;
  visit(node.body, (at) => {
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "Lambda") return false;
    if (at.kind !== "Return" || at.value === null) return undefined;
    const payload = payloadOf(at.value, endpoint);
    if (payload !== undefined && tellsError(payload))
      ctx.report(at, "success", {
        data: { endpoint: endpointLabel(endpoint), example: exampleOf(endpoint) },
      });
    return undefined;
  });
}

/** `response.status_code = 404`, or a status for the whole route that is none of success. */
function setsStatus(node: FunctionNode, { framework }: Endpoint): boolean {
  const sets = find(
    node.body,
    (at) => at.kind === "Attribute" && at.ctx === "Store" && /^status(?:_code)?$/.test(at.attr),
  );
  const routes = framework === "fastapi" ? node.decorator_list : [];
  return (
    sets !== undefined ||
    routes.some((one) => one.kind === "Call" && keywordOf(one, "status_code") !== undefined)
  );
}

/** What an answer without a status says: a dict, or what is made into JSON. */
function payloadOf(value: Expr, { framework }: Endpoint): Dict | Call | undefined {
  if (value.kind === "Dict") return framework === "django" || framework === "drf" ? undefined : value;
  if (value.kind !== "Call" || !RESPONSES.test(lastName(value.func))) return undefined;
  if (value.args.length > 1 || ["status", "status_code"].some((name) => keywordOf(value, name) !== undefined))
    return undefined;
  const [first] = value.args;
  const content = first ?? keywordOf(value, "content")?.value ?? keywordOf(value, "data")?.value;
  if (content === undefined) return value;
  return content.kind === "Dict" || content.kind === "Call" ? content : undefined;
}

function tellsError(payload: Dict | Call): boolean {
  const entries: (readonly [string | undefined, Expr])[] =
    payload.kind === "Dict"
      ? payload.keys.flatMap((key, i) => {
          const value = payload.values[i];
          return value === undefined ? [] : [[literalString(key), value] as const];
        })
      : payload.keywords.map(({ arg, value }) => [arg ?? undefined, value] as const);
  if (payload.kind === "Call" && !/^(?:jsonify|dict)$/.test(lastName(payload.func))) return false;
  const says = entries.some(([key = "", value]) => /^(?:ok|success)$/.test(key) && isFalse(value));
  if (entries.some(([key, value]) => key === undefined || (OTHER_KEYS.test(key) && !isFalse(value))))
    return false;
  if (says && entries.some(([key = ""]) => ERROR_KEYS.test(key) || /^(?:message|detail|msg)$/.test(key)))
    return true;
  return entries.some(([key = "", value]) => {
    if (ERROR_KEYS.test(key)) return !isNone(value) && !isFalse(value) && !isEmpty(value);
    return /^(?:message|detail|msg)$/.test(key) && FAILURE.test(literalString(value) ?? "");
  });
}

function isEmpty(value: Expr): boolean {
  if (value.kind === "Constant") return value.value === "" || value.value === 0;
  return (
    (value.kind === "List" && value.elts.length === 0) || (value.kind === "Dict" && value.keys.length === 0)
  );
}

function exampleOf({ framework }: Endpoint): string {
  switch (framework) {
    case "fastapi":
    case "starlette":
      return "`raise HTTPException(404, …)`";
    case "flask":
      return "`return jsonify(…), 404`";
    default:
      return "`status=404`";
  }
}
