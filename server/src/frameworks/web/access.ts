/**
 * How functions reach objects: which row they look up by which key, and whether anything in them ties the row to
 * who is asking. Structure only; rules judge it.
 */

import { CHECKS, PERSONAL_OWNER, SHARED_OWNER } from "../../models/web/ownership.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, FunctionNode, Name, Node } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import { refName } from "./names.ts";
import { mentionsPrincipal, type Principals, principalsOf } from "./principals.ts";

/** A row that is looked up by a key. */
export interface Access {
  /** The outermost call of the look-up: `Order.objects.get(pk=pk)`. */
  readonly call: Call;
  /** Qualified name of the model, as far as it is known. */
  readonly model: string;
  /** What the row is looked up by: names of variables and parameters in the key. */
  readonly keys: readonly string[];
  /** Fields that the look-up filters by, without the key. */
  readonly fields: readonly string[];
  /** The variable that holds the row, or null. */
  readonly variable: string | null;
  /** What ties the row to who is asking, or null. */
  readonly tie: Tie | null;
}

export interface Tie {
  readonly how: "filter" | "comparison" | "call";
  /** The field of the row that is compared or filtered by, or null. */
  readonly field: string | null;
  readonly node: Node;
}

/** The look-ups of a function, in document order. */
export function accessesOf(
  fn: FunctionNode,
  model: SemanticModel,
  given: Iterable<string> = [],
): readonly Access[] {
  const principals = principalsOf(fn, given);
  const found: Access[] = [];
  const seen = new Set<Node>();
  for (const statement of fn.body) {
    walk(statement, (node) => {
      if (node.kind !== "Call" || seen.has(node)) return;
      const lookup = lookupIn(node, model);
      if (lookup === undefined) return;
      for (const part of chainOf(node)) seen.add(part);
      const variable = variableOf(node);
      const tie = tieOf(node, lookup, variable, fn, principals);
      found.push({ call: node, ...lookup, variable, tie });
    });
  }
  return found;
}

interface Lookup {
  readonly model: string;
  readonly keys: readonly string[];
  readonly fields: readonly string[];
}

/** The parts of a chain of calls: `a.b(x).c(y)` has the calls of `c` and of `b`. */
function chainOf(call: Call): readonly Call[] {
  const chain: Call[] = [];
  let at: Expr = call;
  while (at.kind === "Call" || at.kind === "Attribute" || at.kind === "Await") {
    if (at.kind === "Call") {
      chain.push(at);
      at = at.func;
    } else at = at.value;
  }
  return chain;
}

/** Methods that fetch, change or delete what a query finds. */
const ENDS =
  /^a?(?:get|first|one|one_or_none|get_or_404|first_or_404|one_or_404|scalar|scalars|scalar_one|scalar_one_or_none|exec|execute|update|delete|last|get_or_none)$/;
const FILTERS = /^(?:filter|filter_by|where|get|get_or_404|exclude|first_or_404|one_or_404)$/;

function lookupIn(call: Call, model: SemanticModel): Lookup | undefined {
  const name = refName(call.func, model).split(".").at(-1) ?? "";
  if (/^a?get_object_or_404$/.test(name)) return shortcut(call, model);
  if (call.func.kind !== "Attribute" || !ENDS.test(call.func.attr)) return undefined;
  // `session.get(Order, order_id)`
  const [first, second] = call.args;
  if (call.func.attr === "get" && first !== undefined && second !== undefined) {
    const entity = entityOf(first, model);
    return entity === undefined ? undefined : { model: entity, keys: namesIn(second), fields: [] };
  }
  return chained(call, model);
}

/** `get_object_or_404(Order, pk=pk)`, also of a queryset. */
function shortcut(call: Call, model: SemanticModel): Lookup | undefined {
  const [first] = call.args;
  if (first === undefined) return undefined;
  const inner = first.kind === "Call" ? chained(first, model) : undefined;
  const root = rootOf(first);
  const entity = inner?.model ?? (root === undefined ? undefined : entityOf(root, model));
  if (entity === undefined) return undefined;
  return conditions([call, ...(first.kind === "Call" ? chainOf(first) : [])], entity);
}

/** `Order.objects.filter(id=x).first()`, `db.query(Order).filter(Order.id == x).one()`, `session.scalar(select(Order)…)`. */
function chained(call: Call, model: SemanticModel): Lookup | undefined {
  const calls = [...chainOf(call), ...statementsIn(call, model)];
  const entity = calls.map((one) => queriedEntity(one, model)).find((one) => one !== undefined);
  const root = rootOf(call);
  const start = entity ?? (root === undefined ? undefined : managerEntity(root, model));
  return start === undefined ? undefined : conditions(calls, start);
}

/** The calls of a statement that is executed: `select(Order).where(…)`, also through a variable. */
function statementsIn(call: Call, model: SemanticModel): readonly Call[] {
  const [statement] = call.args;
  if (statement?.kind === "Call") return chainOf(statement);
  if (statement?.kind !== "Name") return [];
  const definitions = model.resolve(statement)?.definitions ?? [];
  return definitions.flatMap((one) => {
    const at = one.parent;
    return at?.kind === "Assign" && at.value.kind === "Call" ? chainOf(at.value) : [];
  });
}

/** The model that a queryset starts from: `Order` of `Order.objects.filter(…)`, or a class that stands for itself. */
export function modelOfQueryset(node: Expr, model: SemanticModel): string | undefined {
  const root = rootOf(node);
  return root === undefined ? undefined : (managerEntity(root, model) ?? entityOf(root, model));
}

/** The class that `query(X)` and `select(X)` start from. */
function queriedEntity(call: Call, model: SemanticModel): string | undefined {
  const name = lastName(call.func);
  const [first] = call.args;
  if (first === undefined || !/^(?:query|select|update|delete)$/.test(name)) return undefined;
  return entityOf(first, model);
}

function rootOf(node: Expr): Expr | undefined {
  let at: Expr = node;
  while (at.kind === "Call" || (at.kind === "Attribute" && !isManager(at)) || at.kind === "Await") {
    at = at.kind === "Call" ? at.func : at.value;
  }
  return at;
}

function isManager(node: Expr): boolean {
  return node.kind === "Attribute" && /^(?:objects|query|_default_manager|all_objects)$/.test(node.attr);
}

function managerEntity(root: Expr, model: SemanticModel): string | undefined {
  return root.kind === "Attribute" && isManager(root) ? entityOf(root.value, model) : undefined;
}

/** The qualified name of a class that stands for a table: `Order`, `models.Order`. */
function entityOf(node: Expr, model: SemanticModel): string | undefined {
  if (node.kind === "Attribute" && isManager(node)) return entityOf(node.value, model);
  if (node.kind !== "Name" && node.kind !== "Attribute") return undefined;
  const name = refName(node, model);
  return /(?:^|\.)[A-Z]\w*$/.test(name) ? name : undefined;
}

/** What the calls of a look-up filter by: the key, and other fields. */
function conditions(calls: readonly Call[], model: string): Lookup {
  const keys: string[] = [];
  const fields: string[] = [];
  for (const call of calls) {
    const name = lastName(call.func);
    for (const { arg, value } of call.keywords) {
      if (arg === null) continue;
      if (isKey(arg)) keys.push(...namesIn(value));
      else fields.push(arg);
    }
    if (!FILTERS.test(name)) continue;
    for (const arg of call.args) addCondition(arg, name, keys, fields);
  }
  return { model, keys, fields };
}

function addCondition(arg: Expr, method: string, keys: string[], fields: string[]): void {
  if (arg.kind === "Compare") {
    const [right] = arg.comparators;
    for (const side of [arg.left, ...(right === undefined ? [] : [right])]) {
      if (side.kind !== "Attribute" || !/^[A-Z]/.test(lastName(side.value))) continue;
      const other = side === arg.left ? right : arg.left;
      if (isKey(side.attr) && other !== undefined) keys.push(...namesIn(other));
      else fields.push(side.attr);
    }
    return;
  }
  if (arg.kind === "Call") {
    // `Q(pk=pk) & Q(owner=user)`, `and_(Order.id == x, …)`
    for (const { arg: name, value } of arg.keywords) {
      if (name !== null) (isKey(name) ? keys : fields).push(...(isKey(name) ? namesIn(value) : [name]));
    }
    for (const inner of arg.args) addCondition(inner, method, keys, fields);
    return;
  }
  if (arg.kind === "BinOp") {
    addCondition(arg.left, method, keys, fields);
    addCondition(arg.right, method, keys, fields);
    return;
  }
  // `Order.query.get(order_id)`
  if (/^(?:get|get_or_404)$/.test(method)) keys.push(...namesIn(arg));
}

function isKey(field: string): boolean {
  return /^(?:pk|id|uuid|code|slug|guid|public_id|ref|reference|number)(?:__exact|__in)?$/.test(field);
}

/** Variables that an expression reads; what the request carries goes by `request` and `self.kwargs`. */
export function namesIn(root: Expr): readonly string[] {
  const names: string[] = [];
  walk(root, (node) => {
    if (node.kind === "Attribute" && node.attr === "kwargs" && lastName(node.value) === "self") {
      names.push("self.kwargs");
      return false;
    }
    if (node.kind === "Attribute" && lastName(node) === "request") names.push("request");
    if (node.kind === "Name") names.push(node.id);
    return undefined;
  });
  return names;
}

function variableOf(call: Call): string | null {
  let at: Node = call;
  while (
    at.parent?.kind === "Await" ||
    at.parent?.kind === "BoolOp" ||
    at.parent?.kind === "Attribute" ||
    at.parent?.kind === "Call"
  ) {
    // `session.execute(…).scalar_one()` is the row of the look-up; `render(get(…))` is not.
    if (at.parent.kind === "Call" && at.parent.func !== at) return null;
    at = at.parent;
  }
  const statement = at.parent;
  if (statement?.kind === "NamedExpr" && statement.target.kind === "Name") return statement.target.id;
  if (statement?.kind === "AnnAssign" && statement.target.kind === "Name") return statement.target.id;
  if (statement?.kind !== "Assign") return null;
  const [target] = statement.targets;
  return target?.kind === "Name" ? target.id : null;
}

function tieOf(
  call: Call,
  lookup: Lookup,
  variable: string | null,
  fn: FunctionNode,
  principals: Principals,
): Tie | null {
  const owner = lookup.fields.find(namesOwner);
  if (owner !== undefined) return { how: "filter", field: firstPart(owner), node: call };
  if (mentionsPrincipal(call, principals)) return { how: "filter", field: null, node: call };
  const about = new Set([
    ...(variable === null ? [] : [variable]),
    ...lookup.keys.filter((key) => key !== "request" && key !== "self"),
  ]);
  let tie: Tie | null = null;
  for (const statement of fn.body) {
    walk(statement, (node) => {
      if (tie !== null) return false;
      tie = tieAt(node, about, variable, principals);
      return undefined;
    });
  }
  return tie;
}

function tieAt(
  node: Node,
  about: ReadonlySet<string>,
  variable: string | null,
  principals: Principals,
): Tie | null {
  if (node.kind === "Compare") {
    const field = ownerFieldIn(node, variable);
    if (field !== null) return { how: "comparison", field, node };
    const both = mentionsAny(node, about) && mentionsPrincipal(node, principals);
    return both ? { how: "comparison", field: null, node } : null;
  }
  if (node.kind !== "Call") return null;
  const touches = [node.func, ...node.args, ...node.keywords.map(({ value }) => value)].some((part) =>
    mentionsAny(part, about),
  );
  if (!touches) return null;
  const field = filteredOwner(node);
  if (field !== null) return { how: "filter", field, node };
  if (CHECKS.test(lastName(node.func))) return { how: "call", field: null, node };
  return mentionsPrincipal(node, principals) ? { how: "call", field: null, node } : null;
}

/** An owner's field among the keywords of a query on something else: `Membership.objects.filter(user=…, team=team)`. */
function filteredOwner(call: Call): string | null {
  if (!FILTERS.test(lastName(call.func))) return null;
  const keyword = call.keywords.find(({ arg }) => arg !== null && namesOwner(arg));
  return keyword?.arg === null || keyword === undefined ? null : firstPart(keyword.arg);
}

/** `order.owner_id`, `order.account.owner`, compared with anything. */
function ownerFieldIn(root: Node, variable: string | null): string | null {
  let field: string | null = null;
  walk(root, (node) => {
    if (node.kind !== "Attribute" || !namesOwner(node.attr)) return;
    if (variable !== null && rootName(node) === variable) field = node.attr;
  });
  return field;
}

function rootName(node: Expr): string | null {
  let at: Expr = node;
  while (at.kind === "Attribute" || at.kind === "Call" || at.kind === "Subscript") {
    at = at.kind === "Call" ? at.func : at.value;
  }
  return at.kind === "Name" ? at.id : null;
}

function mentionsAny(root: Node, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind === "Name" && names.has((node satisfies Name).id)) found = true;
    return found ? false : undefined;
  });
  return found;
}

/** True for `owner`, `owner_id`, `project__members`, `order__customer`: a way to whose the row is. */
export function namesOwner(field: string): boolean {
  return field
    .split("__")
    .some(
      (part) =>
        PERSONAL_OWNER.test(part) ||
        SHARED_OWNER.test(part) ||
        /^(?:members|users|owners|participants)$/.test(part),
    );
}

function firstPart(field: string): string {
  return field.replace(/__(?:id|pk|exact|in)$/, "");
}
