/** Sketches functions: their decorators, their parameters, and the evidence that they refuse requests. */

import { assignedValue } from "../../semantic/assigned.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Arg, Call, Expr, FunctionNode, Node, Raise } from "../../syntax/ast.ts";
import { argumentOf, literalString, parameterDefaults } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import { dependencyOf, mention, refName } from "./names.ts";
import type { FunctionSketch, Mention, ParameterSketch, Signal } from "./sketch.ts";

export function sketchFunction(fn: FunctionNode, model: SemanticModel): FunctionSketch {
  const { signals, calls } = evidenceIn(fn, model);
  const returns = fn.returns === null ? null : writtenType(fn.returns).slice(0, MAX_WRITTEN);
  return {
    ...(fn.kind === "AsyncFunctionDef" ? { async: true as const } : {}),
    ...(fn.decorator_list.length > 0
      ? { decorators: fn.decorator_list.map((one) => mention(one, model)) }
      : {}),
    parameters: parametersOf(fn, model),
    ...(returns === null ? {} : { returns }),
    ...(signals.length > 0 ? { signals } : {}),
    ...(calls.length > 0 ? { calls } : {}),
  };
}

/** Parameters without `self` and `cls`. */
function parametersOf(fn: FunctionNode, model: SemanticModel): readonly ParameterSketch[] {
  const defaults = new Map(parameterDefaults(fn.args));
  return [...fn.args.posonlyargs, ...fn.args.args, ...fn.args.kwonlyargs]
    .filter(({ arg }) => arg !== "self" && arg !== "cls")
    .map((arg) => sketchParameter(arg, defaults.get(arg.arg), model));
}

function sketchParameter(arg: Arg, fallback: Expr | undefined, model: SemanticModel): ParameterSketch {
  const declared = arg.annotation === null ? NOTHING_DECLARED : readAnnotation(arg.annotation, model);
  const depends = dependencyOf(fallback, model) ?? declared.depends;
  const marked = [fallback, ...declared.metadata].find((one) => one !== undefined && isMarker(one, model));
  return {
    name: arg.arg,
    type: declared.type,
    written: declared.written,
    ...(depends === undefined ? {} : { depends: typed(depends, declared.type) }),
    ...(marked === undefined ? {} : { marker: refName(marked, model).split(".").at(-1) ?? "" }),
    ...(fallback === undefined ? {} : { hasDefault: true as const }),
    ...(isBounded(marked) ? { bounded: true as const } : {}),
  };
}

/** `x: Service = Depends()` depends on the class that annotates it. */
function typed(depends: Mention, type: string | null): Mention {
  return depends.name === "" ? { ...depends, name: type ?? "" } : depends;
}

interface Declared {
  readonly type: string | null;
  readonly written: string | null;
  readonly metadata: readonly Expr[];
  readonly depends?: Mention;
}
const NOTHING_DECLARED: Declared = { type: null, written: null, metadata: [] };

/** Longer annotations are cut where they are shown. */
const MAX_WRITTEN = 60;

/** What an annotation says, `Annotated`, `Optional` and quotes taken off. */
export function readAnnotation(node: Expr, model: SemanticModel): Declared {
  const written = writtenType(node).slice(0, MAX_WRITTEN);
  if (node.kind === "Subscript" && refName(node.value, model).endsWith("Annotated")) {
    const [first, ...metadata] = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    const depends = metadata
      .map((one) => dependencyOf(one, model))
      .find((one): one is Mention => one !== undefined);
    const type = first === undefined ? null : annotationName(first, model);
    const shown = first === undefined ? written : writtenType(first).slice(0, MAX_WRITTEN);
    return {
      type,
      written: shown,
      metadata,
      ...(depends === undefined ? {} : { depends: typed(depends, type) }),
    };
  }
  return { type: annotationName(node, model), written, metadata: [] };
}

/** The qualified name of the class that an annotation names, behind `Optional`, `X | None`, `list[X]` as `list`. */
export function annotationName(node: Expr, model: SemanticModel): string | null {
  const text = literalString(node);
  if (text !== undefined) return /^[\w.]+$/.test(text) ? (text.split(".").at(-1) ?? text) : null;
  if (node.kind === "BinOp") {
    const left = annotationName(node.left, model);
    return left === null || left === "builtins.None" ? annotationName(node.right, model) : left;
  }
  if (node.kind === "Subscript" && /Optional$/.test(refName(node.value, model))) {
    return annotationName(node.slice, model);
  }
  const name = refName(node, model);
  return name === "" ? null : name;
}

/** An annotation as a person would write it, for the map of endpoints. */
export function writtenType(node: Expr): string {
  switch (node.kind) {
    case "Name":
      return node.id;
    case "Attribute":
      return node.attr;
    case "Subscript":
      return `${writtenType(node.value)}[${writtenType(node.slice)}]`;
    case "Tuple":
      return node.elts.map(writtenType).join(", ");
    case "BinOp":
      return `${writtenType(node.left)} | ${writtenType(node.right)}`;
    case "Constant":
      return node.type === "None" ? "None" : String(node.value);
    default:
      return "…";
  }
}

const MARKERS = /(?:^|\.)(?:Query|Path|Body|Header|Cookie|Form|File)$/;

function isMarker(node: Expr, model: SemanticModel): node is Call {
  return node.kind === "Call" && MARKERS.test(refName(node.func, model));
}

function isBounded(node: Expr | undefined): boolean {
  return node?.kind === "Call" && node.keywords.some(({ arg }) => arg === "le" || arg === "lt");
}

interface Evidence {
  readonly signals: readonly Signal[];
  readonly calls: readonly string[];
}

/** Names of functions that are worth following when it is asked whether a function refuses. */
const MAY_REFUSE =
  /(?:^|[._])(?:check|require[sd]?|verify|ensure|assert|validate|authenti\w*|authori\w*|permi\w*|allow\w*|can|has|is|must|deny|guard|login|logged|user|current\w*|token|admin\w*|role|access|abort|forbid\w*|restrict\w*|signature)(?:$|[_A-Z(])|current_user|[a-z](?:Permission|Auth|Access)/i;
const MAX_CALLS = 12;

function evidenceIn(fn: FunctionNode, model: SemanticModel): Evidence {
  const signals = new Set<Signal>();
  const calls = new Set<string>();
  for (const statement of fn.body) {
    walk(statement, (node) => {
      for (const signal of signalsOf(node, model)) signals.add(signal);
      if (node.kind === "Call" && calls.size < MAX_CALLS && MAY_REFUSE.test(lastNameOf(node.func, model))) {
        calls.add(refName(node.func, model));
      }
    });
  }
  return { signals: [...signals].sort(), calls: [...calls] };
}

const USER_NAMES = /^(?:current_user|is_authenticated|is_anonymous|authed|is_logged_in)$/;
const ROLE_NAMES = /^(?:is_staff|is_superuser|is_admin|superuser|has_perm|has_perms|has_role|is_admin_user)$/;
const CREDENTIALS = /^(?:authorization|x-api-key|x-token|api[-_]?key|x-auth-token|proxy-authorization)$/i;
const SIGNATURES =
  /(?:compare_digest|constant_time_compare|construct_event|validate_signature|verify_signature|is_valid_signature|verify_webhook\w*|RequestValidator|(?:^|_)unsign\w*)$/;

function signalsOf(node: Node, model: SemanticModel): readonly Signal[] {
  switch (node.kind) {
    case "Raise":
      return raised(node, model);
    case "Call":
      return called(node, model);
    case "Name":
      return USER_NAMES.test(node.id) ? ["user"] : ROLE_NAMES.test(node.id) ? ["role"] : [];
    case "Attribute":
      if (ROLE_NAMES.test(node.attr)) return ["role"];
      if (USER_NAMES.test(node.attr)) return ["user"];
      return isUserOfRequest(node.attr, node.value) ? ["user"] : [];
    case "Constant":
      return node.type === "str" && CREDENTIALS.test(String(node.value)) ? ["credential"] : [];
    case "Return":
      return node.value?.kind === "Tuple" ? statusSignal(node.value.elts[1], model) : [];
    default:
      return [];
  }
}

/** `request.user`, `g.user`, `session["user_id"]` are told by their owner. */
function isUserOfRequest(attr: string, owner: Expr): boolean {
  const name = owner.kind === "Name" ? owner.id : owner.kind === "Attribute" ? owner.attr : "";
  return attr === "user" && /^(?:request|req|g|self|info|context|state|scope)$/.test(name);
}

const UNAUTHENTICATED =
  /(?:Unauthori[sz]ed|NotAuthenticated|Authentication(?:Failed|Error|Required)|InvalidToken|CredentialsException|LoginRequired|NotLoggedIn)/i;
const FORBIDDEN =
  /(?:Forbidden|PermissionDenied|PermissionError|AccessDenied|NotAllowed|PermissionException)/i;
const REFUSES =
  /(?:HTTPException|Http404|NotFound|BadRequest|APIException|ValidationError|SuspiciousOperation)$/;

function raised({ exc }: Raise, model: SemanticModel): readonly Signal[] {
  const value = exc?.kind === "Name" ? (assignedValue(exc, model) ?? exc) : exc;
  if (value === null) return [];
  const name = refName(value, model).split(".").at(-1) ?? "";
  if (UNAUTHENTICATED.test(name)) return ["401"];
  if (FORBIDDEN.test(name)) return ["403"];
  if (value.kind !== "Call") return REFUSES.test(name) ? ["refuses"] : [];
  const status = argumentOf(value, "status_code", 0) ?? argumentOf(value, "status", 0);
  const found = statusSignal(status, model);
  if (found.length > 0) return found;
  return REFUSES.test(name) ? ["refuses"] : [];
}

/** The signal of a status: `401`, `status.HTTP_403_FORBIDDEN`, `HTTPStatus.UNAUTHORIZED`. */
function statusSignal(node: Expr | undefined, model: SemanticModel): readonly Signal[] {
  if (node === undefined) return [];
  const constant = model.constant(node);
  if (constant?.type === "int") {
    const status = Number(constant.value);
    return status === 401 ? ["401"] : status === 403 ? ["403"] : status >= 400 ? ["refuses"] : [];
  }
  const name = refName(node, model);
  if (/(?:401|UNAUTHORIZED)/.test(name)) return ["401"];
  return /(?:403|FORBIDDEN)/.test(name) ? ["403"] : [];
}

/** The last part of `refName`: an attribute says it itself, which most functions of a project are spared the rest for. */
function lastNameOf(node: Expr, model: SemanticModel): string {
  return node.kind === "Attribute" ? node.attr : (refName(node, model).split(".").at(-1) ?? "");
}

function called(call: Call, model: SemanticModel): readonly Signal[] {
  const last = lastNameOf(call.func, model);
  if (SIGNATURES.test(last)) return ["signature"];
  if (ROLE_NAMES.test(last)) return ["role"];
  if (last === "abort" || last === "error_response") return statusSignal(call.args[0], model);
  if (last === "HttpResponseForbidden") return ["403"];
  if (/unauthorized$/i.test(last)) return ["401"];
  if (/^(?:redirect_to_login|handle_no_permission)$/.test(last)) return ["login"];
  if (/^redirect$|RedirectResponse$|HttpResponseRedirect$/.test(last)) {
    return mentionsLogin(call, model) ? ["login"] : [];
  }
  const status = argumentOf(call, "status_code") ?? argumentOf(call, "status");
  return status === undefined ? [] : statusSignal(status, model).filter((one) => one !== "refuses");
}

function mentionsLogin(call: Call, model: SemanticModel): boolean {
  let found = false;
  for (const arg of call.args) {
    walk(arg, (node) => {
      const text =
        node.kind === "Constant" ? literalString(node) : node.kind === "Attribute" ? node.attr : undefined;
      if (text !== undefined && /log_?in|sign_?in/i.test(text)) found = true;
      if (node.kind === "Name" && /login/i.test(refName(node, model))) found = true;
    });
  }
  return found;
}
