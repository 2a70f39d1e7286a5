/** Calls: sinks, sanitizers and sources by name; Python's own functions and methods; definitions of the workspace. */

import { ALL_RISKS, riskSet } from "../models/taint/types.ts";
import type { Call, Node } from "../syntax/ast.ts";
import { builtinCall } from "./builtins.ts";
import { containerMethod } from "./containers.ts";
import { importedValue } from "./globals.ts";
import { argumentTaint, callFunction, instantiate } from "./inline.ts";
import { classNames, methodOf, readAttribute } from "./instances.ts";
import { CLEANED } from "./notes.ts";
import type { CallArguments, Frame, Run } from "./program.ts";
import { refinementKey } from "./refine.ts";
import { mayBeSecret, secretUnder, withoutSecrets } from "./secrets.ts";
import { checkCalled, checkCallSinks, receiverNames } from "./sinks.ts";
import { enter } from "./sources.ts";
import { deepTaint, getVariable, mayRaise, type State } from "./state.ts";
import { textMethod } from "./strings.ts";
import { addStep, clearRisks, joinTaint, type TaintSet, UNTAINTED, weaken } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  type Callable,
  isBottom,
  joinValues,
  onlyConst,
  onlyConsts,
  unknown,
  type Value,
} from "./value.ts";

/** The value of a call. */
export function evaluateCall(run: Run, frame: Frame, state: State, node: Call): Value {
  if (--run.budget < 0) return degraded(run, frame, state, node);
  const refined = refinedCall(frame, state, node);
  if (refined !== null) return refined;
  const { func } = node;
  const receiver = func.kind === "Attribute" ? run.interpreter.evaluate(run, frame, state, func.value) : null;
  const static_ = frame.file.model.callee(node);
  const target =
    func.kind === "Attribute" && receiver !== null
      ? readAttribute(run, frame, state, func, receiver, static_ ?? null)
      : run.interpreter.evaluate(run, frame, state, func);
  const args = run.interpreter.evaluateArguments(run, frame, state, node);
  if (!state.alive) return BOTTOM;
  const names = calledNames(run, frame, state, node, target, receiver, static_);
  checkCallSinks(run, frame, state, node, names, args, receiver);
  const isSource = names.some((name) => run.knowledge.sources.has(name));
  if (receiver === null && target.taint.length > 0 && !isSource) checkCalled(run, frame, state, node, target);
  if (names.some((name) => run.knowledge.noReturn.has(name))) {
    state.alive = false;
    return BOTTOM;
  }
  const result =
    sanitized(run, frame, state, node, names, args, receiver) ??
    fromSource(run, frame, state, node, names) ??
    known(run, frame, state, node, names, args, receiver, target) ??
    workspaceCall(run, frame, state, node, target, args, names) ??
    methodCall(run, frame, state, node, args, names, receiver) ??
    unknownCall(run, frame, state, node, args, receiver, target);
  return lookedUp(frame, node, args, result);
}

/** `environ.get("API_KEY")`, `getenv("DB_PASSWORD")`: what is found under a credential's name. */
function lookedUp(frame: Frame, node: Call, args: CallArguments, result: Value): Value {
  const { func } = node;
  const name = nameOf(func);
  // `claims.get("id_token", {})` is a mapping of claims.
  const isMapping = args.args[1] !== undefined && args.args[1].refs.length > 0;
  const key = args.args[0] === undefined || isMapping || !LOOKUP.test(name) ? null : onlyConst(args.args[0]);
  if (key?.type !== "str" || !mayBeSecret(result)) return result;
  return addTaint(result, secretUnder(key.value, node, frame.file));
}

const LOOKUP = /^(?:get|getenv|pop|get_secret|config|env)$/;

/** What a guard has learnt of this very look-up (`request.args.get("next")`) on the way here. */
function refinedCall(frame: Frame, state: State, node: Call): Value | null {
  if (node.func.kind !== "Attribute" || node.func.attr !== "get") return null;
  const key = refinementKey(frame, node);
  return key === null ? null : (getVariable(state, frame, key) ?? null);
}

/** Past the budget nothing is followed; taint still passes from arguments to the result. */
function degraded(run: Run, frame: Frame, state: State, node: Call): Value {
  if (run.budget < -2000) return unknown();
  return unknownCall(
    run,
    frame,
    state,
    node,
    run.interpreter.evaluateArguments(run, frame, state, node),
    null,
    null,
  );
}

/** All names that the called thing goes by, the most specific first. */
function calledNames(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  target: Value,
  receiver: Value | null,
  static_: string | undefined,
): readonly string[] {
  const names = static_ === undefined ? [] : [static_];
  for (const callable of target.callables) {
    if (callable.kind === "known") names.push(callable.name);
    if (callable.kind === "class") names.push(...classNames(run, callable));
  }
  if (target.type !== null && node.func.kind === "Name") names.push(`${target.type}.__call__`);
  if (receiver !== null && node.func.kind === "Attribute") {
    const { attr } = node.func;
    for (const name of receiverNames(run, frame, state, node.func, receiver)) names.push(`${name}.${attr}`);
    if (isManager(frame, node.func.value)) names.push(`django.db.models.QuerySet.${attr}`);
    if (isFlaskQuery(node.func.value)) names.push(`sqlalchemy.orm.Query.${attr}`);
    if (receiver.type === null && receiver.taint.length > 0 && TEXT_METHODS.has(attr))
      names.push(`builtins.str.${attr}`);
  }
  return [...new Set(names)];
}

/** Methods that of all that clients send only text has. */
const TEXT_METHODS = new Set(
  "format format_map split rsplit splitlines replace strip lstrip rstrip lower upper title casefold removeprefix removesuffix".split(
    " ",
  ),
);

/** `Order.objects`, by Django's convention, wherever `Order` comes from. */
function isManager(frame: Frame, node: Node): boolean {
  if (node.kind !== "Attribute" || node.attr !== "objects" || node.value.kind !== "Name") return false;
  const { model } = frame.file;
  return (
    /^[A-Z]/.test(node.value.id) && (model.importsPackage("django") || model.importsPackage("rest_framework"))
  );
}

/** `Order.query`, by the convention of Flask-SQLAlchemy. */
function isFlaskQuery(node: Node): boolean {
  return (
    node.kind === "Attribute" &&
    node.attr === "query" &&
    node.value.kind === "Name" &&
    /^[A-Z]/.test(node.value.id)
  );
}

function allTaint(state: State, args: CallArguments, receiver: Value | null): TaintSet {
  const taint = argumentTaint(state, args);
  return receiver === null ? taint : joinTaint(deepTaint(state, receiver), taint);
}

function sanitized(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  names: readonly string[],
  args: CallArguments,
  receiver: Value | null,
): Value | null {
  for (const name of names) {
    const cleared = run.knowledge.sanitizers.get(name);
    if (cleared === undefined) continue;
    mayRaise(run, state);
    const result = builtinCall(run, frame, state, node, [name], args, receiver);
    const type = result?.type ?? frame.file.model.typeOf(node) ?? null;
    const prefix = run.knowledge.prefixes.get(name) ?? "";
    if (cleared === ALL_RISKS)
      return result === null ? unknown(UNTAINTED, type) : { ...result, taint: UNTAINTED };
    const last = name.slice(name.lastIndexOf(".") + 1);
    const cleaned = clearRisks(allTaint(state, args, receiver), cleared);
    const taint = addStep(cleaned, node, frame.file, `${CLEANED}\`${last}\``);
    return { ...(result ?? { ...unknown(UNTAINTED, type), prefix }), taint };
  }
  return null;
}

function fromSource(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  names: readonly string[],
): Value | null {
  for (const name of names) {
    const source = run.knowledge.sources.get(name);
    if (source === undefined) continue;
    mayRaise(run, state);
    const type = source.type ?? frame.file.model.typeOf(node) ?? null;
    return unknown(enter(source, node, frame.file), type);
  }
  return null;
}

/** Python's own functions, and methods of containers and text. */
function known(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  names: readonly string[],
  args: CallArguments,
  receiver: Value | null,
  target: Value,
): Value | null {
  const builtin = builtinCall(run, frame, state, node, names, args, receiver);
  if (builtin !== null || receiver === null || node.func.kind !== "Attribute") return builtin;
  const { attr } = node.func;
  const call = {
    run,
    frame,
    state,
    site: node,
    inner: node.func,
    receiver,
    args: args.args,
    keywords: args.keywords,
  };
  const contained = containerMethod(attr, call);
  if (contained !== null) return contained;
  const isText =
    receiver.type === "builtins.str" ||
    names.includes(`builtins.str.${attr}`) ||
    onlyConsts(receiver)?.every((c) => c.type === "str") === true;
  const overridden = target.callables.some((c) => c.kind !== "known");
  return isText && !overridden ? textMethod(attr, receiver, args.args) : null;
}

/** Calls of definitions of the workspace; null where the target may be something else entirely. */
function workspaceCall(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  target: Value,
  args: CallArguments,
  names: readonly string[],
): Value | null {
  const callables = target.callables.filter((c) => c.kind !== "known");
  if (callables.length > 0) return callValue(run, frame, state, node, target, args);
  for (const name of names) {
    const value = importedValue(run, state, name);
    if (value.callables.some((c) => c.kind !== "known"))
      return callValue(run, frame, state, node, value, args);
  }
  return null;
}

/** A method of a class of another file, on an instance of which only the type is known. */
function methodCall(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  args: CallArguments,
  names: readonly string[],
  receiver: Value | null,
): Value | null {
  if (receiver === null) return null;
  for (const name of names) {
    const dot = name.lastIndexOf(".");
    const cls = dot < 0 ? null : run.program.definition(name.slice(0, dot));
    if (cls?.node.kind !== "ClassDef") continue;
    const method = methodOf(run, { node: cls.node, file: cls.file }, name.slice(dot + 1), receiver);
    if (method !== null) return callValue(run, frame, state, node, method, args);
  }
  return null;
}

/** Calls a value: the join of what its callables give. */
export function callValue(
  run: Run,
  frame: Frame,
  state: State,
  site: Node,
  target: Value,
  args: CallArguments,
): Value {
  let result = BOTTOM;
  for (const callable of target.callables)
    result = joinValues(result, callOne(run, frame, state, site, callable, args));
  if (isBottom(result) && state.alive && target.callables.length === 0)
    return unknown(allTaint(state, args, null));
  return result;
}

function callOne(
  run: Run,
  frame: Frame,
  state: State,
  site: Node,
  callable: Callable,
  args: CallArguments,
): Value {
  switch (callable.kind) {
    case "function":
      return callFunction(run, frame, state, site, callable, args);
    case "class":
      return instantiate(run, frame, state, site, callable, args);
    case "partial": {
      const keywords = new Map([...callable.keywords, ...args.keywords]);
      return callValue(run, frame, state, site, callable.of, {
        ...args,
        args: [...callable.args, ...args.args],
        keywords,
      });
    }
    default:
      return unknown(allTaint(state, args, callable.self));
  }
}

/** `urlparse(x)`: remember what it was computed from, so that testing it says something of `x`. */
function linkOf(frame: Frame, node: Call): Value["link"] {
  const argument = node.args[0];
  if (argument?.kind !== "Name" || !URL_PARSERS.test(frame.file.model.callee(node) ?? "")) return null;
  return { frame, name: argument.id, how: "url" };
}

/** Packages whose functions only change the shape of what they are given, unless a model says more. */
const TRANSPARENT = new Set(
  "base64 binascii builtins bs4 codecs collections copy flask fastapi functools html httpx io itertools json operator os pathlib posixpath re requests shlex starlette string sys textwrap typing unicodedata urllib werkzeug zlib".split(
    " ",
  ),
);

/** True for a function of which nothing is known: it may well have checked what it was given. */
function isUnresolved(frame: Frame, node: Call, receiver: Value | null): boolean {
  if (receiver !== null && receiver.taint.length > 0) return false;
  if (node.func.kind === "Attribute" && node.func.attr === "joinpath") return false;
  const name = frame.file.model.callee(node);
  return name === undefined || !TRANSPARENT.has(name.split(".", 1)[0] as string);
}

/** `openai.OpenAI()`: a call of what is spelled like a class gives an instance of it. */
function instanceType(frame: Frame, node: Call): string | null {
  if (node.func.kind === "Attribute" && node.func.attr === "joinpath") return "pathlib.Path";
  const name = frame.file.model.callee(node);
  return name !== undefined && /\.[A-Z]\w*[a-z]\w*$/.test(name) && !name.startsWith(".") ? name : null;
}

/** A function of the project that says it cleans or checks what it gives back is believed. */
const SPEAKING =
  /(?:^|_)(?:safe|sanitiz\w*|sanitis\w*|escape\w*|clean\w*|validat\w*|quote\w*|normalize_url)(?:_|$)/i;

function nameOf(func: Call["func"]): string {
  return func.kind === "Attribute" ? func.attr : func.kind === "Name" ? func.id : "";
}

/** What a schema dumps has the fields of the schema, whoever filled them. */
function dumped(frame: Frame, { func }: Call, taint: TaintSet): TaintSet {
  if (func.kind !== "Attribute") return taint;
  const isDump =
    func.attr === "model_dump" || (func.attr === "dict" && frame.file.model.importsPackage("pydantic"));
  return isDump ? clearRisks(taint, riskSet("mass-assignment")) : taint;
}

/** Functions that give back what they were given in another form; of all others the result is something new. */
const CARRIERS =
  /^(?:builtins\.(?:str|bytes|repr|ascii|format|list|tuple|dict\b(?!\.))|json|string|textwrap|urllib\.parse|base64|copy|pprint|traceback|os\.path)\./;

function carriesSecrets(frame: Frame, node: Call): boolean {
  return CARRIERS.test(frame.file.model.callee(node) ?? "");
}

const URL_PARSERS = /^(urllib\.parse|urllib3\.util)\.(urlparse|urlsplit|parse_url)$/;

/** What we know nothing of: taint passes from arguments and receiver to the result. */
function unknownCall(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  args: CallArguments,
  receiver: Value | null,
  target: Value | null,
): Value {
  mayRaise(run, state);
  if (SPEAKING.test(nameOf(node.func))) return unknown(UNTAINTED, frame.file.model.typeOf(node) ?? null);
  const called = target === null || receiver !== null ? UNTAINTED : target.taint;
  const own =
    receiver === null ? null : { ...receiver, taint: receiver.taint.filter((taint) => !taint.unproven) };
  const all = joinTaint(allTaint(state, args, own), called);
  const passed = carriesSecrets(frame, node) ? all : withoutSecrets(all);
  const taint = isUnresolved(frame, node, receiver) ? weaken(passed) : dumped(frame, node, passed);
  const type = frame.file.model.typeOf(node) ?? instanceType(frame, node);
  return {
    ...unknown(addStep(taint, node, frame.file, "passed through this call"), type),
    link: linkOf(frame, node),
  };
}
