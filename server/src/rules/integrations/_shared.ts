/** What the rules on webhooks ask: which handlers are webhooks, and whether something verifies who sent the message. */

import { handlingOf } from "../../engine/handling.ts";
import type { RuleContext } from "../../engine/rule.ts";
import { find, visit } from "../../engine/search.ts";
import { readsRequest } from "../../frameworks/web/client-input.ts";
import { type Endpoint, endpointLabel } from "../../frameworks/web/endpoint.ts";
import { sketchFunction } from "../../frameworks/web/functions.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

const NAMED = /web_?hook|(?:^|[/_.-])hooks?(?:$|[/_.-])|(?:^|[/_-])ipn(?:$|[/_-])/i;
/** Headers by which providers sign what they send. */
const PROVIDER_HEADER =
  /^(?:http[-_])?(?:stripe-signature|x-hub-signature(?:-256)?|x-slack-signature|x-twilio-signature|x-shopify-hmac-sha256|paypal-transmission-sig|x-gitlab-token|x-signature(?:-\w+)*|webhook-signature|svix-signature|x-line-signature|x-zm-signature)$/i;

export interface Webhook {
  readonly endpoint: Endpoint;
  readonly label: string;
}

/** The webhook that a function receives; undefined for any other function. Routes behind a login manage webhooks. */
export function webhookOf(node: FunctionNode, ctx: RuleContext): Webhook | undefined {
  const handling = handlingOf(node, ctx);
  const [endpoint] = handling?.endpoints ?? [];
  if (endpoint === undefined || !takesPosts(endpoint)) return undefined;
  const isNamed = NAMED.test(endpoint.path) || NAMED.test(node.name);
  if (!isNamed && find(node.body, isProviderHeader) === undefined) return undefined;
  if (
    endpoint.guards.some(
      ({ kind }) => kind === "authentication" || kind === "permission" || kind === "object",
    )
  )
    return undefined;
  return { endpoint, label: endpointLabel(endpoint) };
}

function takesPosts({ methods }: Endpoint): boolean {
  return methods.length === 0 || methods.includes("POST");
}

function isProviderHeader(node: Node): boolean {
  return (
    node.kind === "Constant" &&
    node.type === "str" &&
    PROVIDER_HEADER.test(String(node.value).replaceAll("_", "-"))
  );
}

/** Names of functions and variables by which code says that it verifies a sender. */
const VERIFIES =
  /signature|(?:^|_)hmac|compare_digest|constant_time|construct_event|(?:^|_)verif(?:y|ied|ies)|(?:^|_)valid(?:ate|ates)?_?(?:webhook|request|token|secret|event|sender|payload_signature)|(?:^|_)(?:authenticate|authorize|check_(?:auth|token|secret|sender|ip|key))|unsign|secret|RequestValidator|(?:^|_)jwt|allowed_ips?|whitelist/i;

/** True where a handler, its decorators or a helper that gets its request verifies who sent the message. */
export function verifiesSender(node: FunctionNode, { endpoint }: Webhook, ctx: RuleContext): boolean {
  if (endpoint.guards.some(({ kind }) => kind === "signature")) return true;
  // An unguessable address is the secret of providers that offer no other.
  if (
    endpoint.parameters.some(
      ({ name, from }) => from === "path" && /token|secret|key|uuid|hash|signature/i.test(name),
    )
  )
    return true;
  if (node.decorator_list.some((one) => VERIFIES.test(ctx.text(one)))) return true;
  if (endpoint.parameters.some(({ name, provider }) => VERIFIES.test(name) || VERIFIES.test(provider ?? "")))
    return true;
  return verifiesIn(node, ctx.model, ctx, 0);
}

/** Helpers that are followed below each other. */
const MAX_DEPTH = 2;

function verifiesIn(node: FunctionNode, model: SemanticModel, ctx: RuleContext, depth: number): boolean {
  const { signals = [] } = sketchFunction(node, model);
  if (signals.includes("signature") || signals.includes("401") || signals.includes("403")) return true;
  let found = false;
  visit(node.body, (at) => {
    if (found) return false;
    if (at.kind === "Name" && VERIFIES.test(at.id)) found = true;
    else if (at.kind === "Attribute" && VERIFIES.test(at.attr)) found = true;
    else if (at.kind === "Call" && depth < MAX_DEPTH) found = verifiesCallee(at, model, ctx, depth);
    return undefined;
  });
  return found;
}

function verifiesCallee(call: Call, model: SemanticModel, ctx: RuleContext, depth: number): boolean {
  const name = model.callee(call);
  const definition =
    name === undefined || /^(?:builtins|django|flask|fastapi)\./.test(name) ? null : ctx.definition(name);
  if (definition === null || definition.node.kind === "ClassDef") return false;
  return verifiesIn(definition.node, definition.model, ctx, depth + 1);
}

/** True where a handler reads what was sent: off the request, or as a parameter. */
export function readsBody(node: FunctionNode, { endpoint }: Webhook): boolean {
  const declared = endpoint.parameters.some(({ from, type }) => from === "body" && type !== null);
  return declared || node.body.some(readsAny);
}

function readsAny(statement: Node): boolean {
  if (readsRequest(statement)) return true;
  return (
    find(
      statement,
      (at) => at.kind === "Call" && /^(?:json|body|form|get_json|get_data)$/.test(lastName(at.func)),
    ) !== undefined
  );
}

/** Calls that change something outside of the handler. */
const EFFECTS =
  /^(?:save|create|acreate|bulk_create|update|delete|add|commit|insert_one|insert_many|update_one|delay|apply_async|send|send_mail|send_email|send_message|enqueue|publish|execute|fulfill\w*|process\w*|handle\w*|mark_\w+|activate\w*|charge\w*|refund\w*|ship\w*|cancel\w*|grant\w*|credit\w*)$/;

/** The first call of a handler that acts on the message. */
export function actionOf(node: FunctionNode): Call | undefined {
  return find(
    node.body,
    (at): at is Call => at.kind === "Call" && EFFECTS.test(lastName(at.func)) && !isOfRequest(at),
  );
}

function isOfRequest({ func }: Call): boolean {
  return (
    func.kind === "Attribute" && /^(?:request|req|headers|log|logger|logging)$/.test(lastName(func.value))
  );
}
