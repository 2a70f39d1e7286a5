/** Looks for look-ups of objects that nothing ties to the caller, in handlers and in the helpers that they call. */

import type { Handling } from "../../engine/handling.ts";
import type { FixBuilder, RuleContext } from "../../engine/rule.ts";
import { dominates } from "../../flow/dominance.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";
import type { OrmModel } from "../../frameworks/orm/types.ts";
import { type Access, accessesOf, modelOfQueryset, namesIn } from "../../frameworks/web/access.ts";
import { clientNames, type Effect, effectOf } from "../../frameworks/web/client-input.ts";
import { type Endpoint, endpointLabel } from "../../frameworks/web/endpoint.ts";
import { isPerson, type OwnerPath, ownerPathOf, ownershipHabit } from "../../frameworks/web/ownership.ts";
import { mentionsPrincipal } from "../../frameworks/web/principals.ts";
import { endpointsOfView } from "../../frameworks/web/query.ts";
import { webApplication } from "../../frameworks/web/web-application.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ClassDef, Expr, FunctionNode } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";
import { walk } from "../../syntax/walk.ts";

/** A look-up by a key of the client's that nothing ties to the caller. */
export interface Unasked {
  /** In the handler: the look-up, or the call of the helper that does it. */
  readonly call: Call;
  readonly key: string;
  readonly endpoint: string;
  /** What is called. */
  readonly name: string;
  /** Null where the helper is not at hand, so that its model is not known. */
  readonly found: OwnedRow | null;
  /** True where the row is changed first, and somebody asks afterwards. */
  readonly late: boolean;
}

export interface OwnedRow {
  readonly model: OrmModel;
  readonly owner: OwnerPath;
  readonly writes: boolean;
  /** A function of the project that does ask for rows of this model. */
  readonly sibling: string | null;
}

/** The look-ups of a handler that anybody who is logged in may reach, for any row. */
export function unaskedLookups(node: FunctionNode, handling: Handling, ctx: RuleContext): readonly Unasked[] {
  const [endpoint] = handling.endpoints;
  if (endpoint === undefined || !handling.endpoints.every(isForAnybodyKnown)) return [];
  const client = clientNames(node, handling.endpoints);
  const principals = principalsOf(handling);
  const label = endpointLabel(endpoint);
  const direct = accessesOf(node, ctx.model, principals).flatMap((access): readonly Unasked[] => {
    const key = access.keys.find((one) => client.has(one) || one === "request");
    const effect = effectOf(access, node);
    if (key === undefined || effect === null) return [];
    const late = isTooLate(access, effect);
    const found = access.tie !== null && !late ? null : ownedRow(access.model, effect, node, ctx);
    const name = lastName(access.call.func);
    return found === null ? [] : [{ call: access.call, key, endpoint: label, name, found, late }];
  });
  if (direct.length > 0) return direct;
  // A handler finds by one helper and changes by the next: the first says it.
  return helperLookups(node, { client, principals, label, endpoint }, ctx).slice(0, 1);
}

/** True where the row is certainly changed before anything asks whose it is. */
function isTooLate({ tie }: Access, { kind, node }: Effect): boolean {
  return tie !== null && tie.how !== "filter" && kind === "writes" && dominates(node, tie.node);
}

/** True where the caller is known, and nothing but that is asked of them. */
function isForAnybodyKnown({ guards }: Endpoint): boolean {
  return (
    guards.some(({ kind }) => kind === "authentication") &&
    guards.every(({ kind }) => kind === "authentication" || kind === "throttle")
  );
}

/** Parameters that hold who is asking, by what provides them. */
function principalsOf({ app, endpoints }: Handling): readonly string[] {
  return endpoints.flatMap(({ parameters }) =>
    parameters.flatMap(({ name, provider }) => {
      const kind = provider === undefined ? undefined : app.guards[provider];
      return kind === "authentication" || kind === "permission" ? [name] : [];
    }),
  );
}

function ownedRow(
  name: string,
  effect: Effect | null,
  node: FunctionNode,
  ctx: RuleContext,
): OwnedRow | null {
  const schema = ctx.projectFact(ORM_SCHEMA);
  const model = schema.modelNamed(name);
  // A profile is there to be looked at; changing somebody else's is another matter, and has a role to it.
  if (model === undefined || !schema.complete || isPerson(model)) return null;
  const owner = ownerPathOf(model, schema);
  return owner === null
    ? null
    : { model, owner, writes: effect?.kind === "writes", sibling: siblingOf(model, node, ctx) };
}

/** Another function of the project that ties rows of this model to who is asking, by its own name. */
function siblingOf(model: OrmModel, node: FunctionNode, ctx: RuleContext): string | null {
  const { siblings } = ctx.projectFact(ownershipHabit);
  const other = siblings[model.label]?.find(({ function: name }) => !name.endsWith(`.${node.name}`));
  const [owner = "", name = ""] = other?.function.split(".").slice(-2) ?? [];
  if (other === undefined) return null;
  return /^[A-Z]/.test(owner) ? `${owner}.${name}` : name;
}

interface Asking {
  readonly client: ReadonlySet<string>;
  readonly principals: readonly string[];
  readonly label: string;
  readonly endpoint: Endpoint;
}

/** Names of helpers that find one object by its id. */
const FINDS = /^(?:find|get|fetch|load|read|retrieve|lookup|delete|remove|cancel|update)(?:_|$)/;

/** Look-ups in functions of the project that get the client's key and nothing of the caller. */
function helperLookups(node: FunctionNode, asking: Asking, ctx: RuleContext): readonly Unasked[] {
  const found: Unasked[] = [];
  const principals = new Set(asking.principals);
  // Where the caller is used at all, it may be for the check.
  if (node.body.some((statement) => mentionsPrincipal(statement, principals))) return [];
  for (const statement of node.body) {
    walk(statement, (at) => {
      if (at.kind !== "Call" || at.func.kind !== "Name" || !FINDS.test(at.func.id)) return;
      const position = at.args.findIndex((arg) => arg.kind === "Name" && asking.client.has(arg.id));
      const key = position < 0 ? undefined : namesIn(at.args[position] as Call["func"])[0];
      const named = at.keywords.find(({ value }) => value.kind === "Name" && asking.client.has(value.id));
      const id = key ?? (named === undefined ? undefined : namesIn(named.value)[0]);
      if (id === undefined || !isPathId(id, asking.endpoint)) return;
      const entry = { call: at, key: id, endpoint: asking.label, name: at.func.id, late: false };
      const row = rowOfHelper(at, position, named?.arg ?? null, node, ctx);
      if (row === "unknown" && asking.principals.length > 0) found.push({ ...entry, found: null });
      else if (row !== null && row !== "unknown") found.push({ ...entry, found: row });
    });
  }
  return found;
}

function isPathId(name: string, { parameters }: Endpoint): boolean {
  return parameters.some((one) => one.name === name && one.from === "path");
}

/** The row that a helper looks up by the parameter which gets the key; "unknown" where its code is not at hand. */
function rowOfHelper(
  call: Call,
  position: number,
  keyword: string | null,
  node: FunctionNode,
  ctx: RuleContext,
): OwnedRow | null | "unknown" {
  const callee = ctx.model.callee(call);
  const definition = callee === undefined ? null : ctx.definition(callee);
  if (definition === null) return "unknown";
  if (definition.node.kind === "ClassDef") return null;
  const { posonlyargs, args } = definition.node.args;
  const parameter = keyword ?? [...posonlyargs, ...args][position]?.arg;
  const access = accessesOf(definition.node, definition.model).find(
    (one) => parameter !== undefined && one.keys.includes(parameter),
  );
  if (access === undefined || access.tie !== null) return null;
  return ownedRow(access.model, effectOf(access, definition.node), node, ctx);
}

/** Makes the owner a part of a look-up, where the framework has the caller at hand. */
export function scopeLookup(call: Access["call"], owner: OwnerPath, ctx: RuleContext): FixBuilder {
  return (edits) => {
    const takesKeywords = /^a?(?:get_object_or_404|get)$/.test(lastName(call.func));
    const last = call.keywords.at(-1);
    const request = requestOf(ctx, call);
    if (!takesKeywords || last === undefined || request === undefined) return null;
    edits.insertAfter(last, `, ${owner.path}=${request}.user`);
    return `Look up only what is the caller's (\`${owner.path}\`)`;
  };
}

/** `request` or `self.request`, whichever a Django view has. */
function requestOf(ctx: RuleContext, call: Call): string | undefined {
  const names = ctx.model.enclosingFunction(call)?.args.args.map(({ arg }) => arg) ?? [];
  if (names.includes("request")) return "request";
  return names[0] === "self" ? "self.request" : undefined;
}

/** A class-based view that finds every row of a model for whoever is logged in. */
export interface UnaskedView {
  readonly endpoint: string;
  readonly model: OrmModel;
  readonly owner: OwnerPath;
  readonly sibling: string | null;
  /** True where the view itself writes down whose a new row is. */
  readonly knowsOwner: boolean;
}

/** Methods by which a view decides whose rows it finds, or whether the caller may. */
const SCOPES =
  /^(?:get_queryset|get_object|filter_queryset|get_permissions|check_object_permissions|has_permission|test_func|dispatch|initial|get_permission_required|filter_backends)$/;

/** The view where nothing narrows its rows to the caller; undefined where something might. */
export function unaskedView(cls: ClassDef, ctx: RuleContext): UnaskedView | undefined {
  const source = attributeOf(cls, "queryset") ?? attributeOf(cls, "model");
  const named = source === undefined ? undefined : modelOfQueryset(source, ctx.model);
  if (named === undefined || source === undefined || mentionsPrincipal(source, new Set())) return undefined;
  const app = ctx.projectFact(webApplication);
  if (!app.complete) return undefined;
  // Only what the library's own `get_object` answers, for one row.
  const details = endpointsOfView(app, ctx.file, cls, ctx.model).filter(
    ({ handler, view, path }) => handler === view && path.includes("{"),
  );
  const [endpoint] = details;
  if (endpoint === undefined || !details.every(isForAnybodyKnown) || isScoped(cls, ctx.model, ctx, 0))
    return undefined;
  const schema = ctx.projectFact(ORM_SCHEMA);
  const model = schema.modelNamed(named);
  if (model === undefined || !schema.complete || isPerson(model)) return undefined;
  const owner = ownerPathOf(model, schema);
  if (owner === null || !owner.personal || owner.hops > 0) return undefined;
  const { siblings } = ctx.projectFact(ownershipHabit);
  const other = siblings[model.label]?.find(({ function: name }) => !name.includes(`.${cls.name}.`));
  return {
    endpoint: endpointLabel(endpoint),
    model,
    owner,
    sibling: other === undefined ? null : other.function.split(".").slice(-2).join("."),
    knowsOwner: new RegExp(`\\b${owner.field}\\s*=\\s*self\\.request\\.user`).test(ctx.text(cls)),
  };
}

/** True where the class, or one of its own bases, has a method that may look at the caller. */
function isScoped(cls: ClassDef, model: SemanticModel, ctx: RuleContext, depth: number): boolean {
  const own = cls.body.some((one) => {
    if (one.kind === "FunctionDef" || one.kind === "AsyncFunctionDef") return SCOPES.test(one.name);
    return (
      one.kind === "Assign" && one.targets.some((target) => target.kind === "Name" && SCOPES.test(target.id))
    );
  });
  if (own || depth > 4) return own;
  return cls.bases.some((base) => {
    const name = model.qualifiedName(base);
    if (name === undefined) return true;
    if (/^(?:django|rest_framework|builtins)\./.test(name)) return false;
    const definition = ctx.definition(name);
    if (definition === null) return !/^(?:rest_framework|django)/.test(name);
    return definition.node.kind !== "ClassDef" || isScoped(definition.node, definition.model, ctx, depth + 1);
  });
}

function attributeOf(cls: ClassDef, name: string): Expr | undefined {
  for (const statement of cls.body) {
    if (statement.kind !== "Assign") continue;
    if (statement.targets.some((target) => target.kind === "Name" && target.id === name))
      return statement.value;
  }
  return undefined;
}

/** Adds a `get_queryset` that finds only the caller's rows. */
export function scopeView(cls: ClassDef, { owner }: UnaskedView): FixBuilder {
  return (edits) => {
    const last = cls.body.at(-1);
    if (last === undefined) return null;
    const { start, end } = spanOf(last);
    const lineStart = edits.source.lastIndexOf("\n", start - 1) + 1;
    const indent = /^[ \t]*/.exec(edits.source.slice(lineStart))?.[0] ?? "    ";
    const text = `def get_queryset(self):\n${indent}    return super().get_queryset().filter(${owner.path}=self.request.user)`;
    edits.insertAfter({ start: end, end }, `\n\n${indent}${text}`);
    return "Find only what is the caller's";
  };
}
