/** Sinks: whether what arrives at a call, an assignment or a return may still do harm there. */

import { type Argument, CALLED_VALUE, RISKS, type SinkModel } from "../models/taint/types.ts";
import type { Attribute, Node, Subscript } from "../syntax/ast.ts";
import { exactItems } from "./containers.ts";
import { dangerousTaint, loggedValues } from "./harm.ts";
import { classNames } from "./instances.ts";
import { noteSafety } from "./notes.ts";
import { type CallArguments, type Frame, type Hit, positional, type Run } from "./program.ts";
import { objectsOf, type State } from "./state.ts";
import { addStep, type Step, stepsOf } from "./taint.ts";
import { BOTTOM, isBottom, joinValues, onlyConsts, type Value } from "./value.ts";

/** The value of a parameter in a call: by position, by keyword, or out of `*args` and `**kwargs`. */
export function argumentOf(args: CallArguments, which: Argument): Value {
  if (which.mapping === true) return args.mapping;
  if (which.from !== undefined) return args.args.slice(which.from).reduce(joinValues, args.more);
  const named = which.name === undefined ? undefined : args.keywords.get(which.name);
  if (named !== undefined) return named;
  const positional = which.at === undefined ? undefined : args.args[which.at];
  if (positional !== undefined) return positional;
  const spread = which.at === undefined ? BOTTOM : args.more;
  return which.name === undefined ? spread : joinValues(spread, args.mapping);
}

function conditionHolds(sink: SinkModel, args: CallArguments): boolean {
  return (sink.when ?? []).every((condition) => {
    const value = argumentOf(args, condition);
    const { oneOf, noneOf, like, given } = condition;
    if (given !== undefined && isBottom(value) === given) return false;
    if (noneOf?.some((name) => value.callables.some((c) => c.kind === "known" && c.name === name)))
      return false;
    const consts = onlyConsts(value);
    if (like !== undefined && value.taint.length === 0)
      return consts?.some((c) => c.type === "str" && like.test(c.value)) === true;
    if (oneOf === undefined) return true;
    if (isBottom(value)) return oneOf.includes(null);
    return consts?.some((c) => c.type !== "None" && oneOf.includes(c.value)) === true;
  });
}

/** Checks a call against the sinks of its names; the first name that is a sink decides. */
export function checkCallSinks(
  run: Run,
  frame: Frame,
  state: State,
  node: Node,
  names: readonly string[],
  args: CallArguments,
  receiver: Value | null,
): void {
  for (const name of names) {
    const sinks = run.knowledge.sinks.get(name);
    if (sinks === undefined) continue;
    for (const sink of sinks) {
      if (!conditionHolds(sink, args)) continue;
      if (sink.receiver === true && receiver !== null) arrive(run, frame, state, node, sink, receiver);
      for (const value of argumentsOf(sink, args)) {
        const harmed = arrive(run, frame, state, node, sink, value);
        if (!harmed && state.alive) noteSafety(run, frame, state, node, sink, value, args);
      }
    }
    return;
  }
}

/** The dangerous arguments of a call; of a log call only those that its format does not quote. */
function argumentsOf(sink: SinkModel, args: CallArguments): readonly Value[] {
  if (sink.part === "logged") return loggedValues(sink, args);
  return sink.args.map((which) => argumentOf(args, which));
}

const LOOK_UPS = /^(?:getattr|attrgetter|import_module|import_string|__import__|get|locate|load_object)$/;

/** True for what finds a thing by its name: only there a client's text decides what is called. */
function isLookUp(node: Node): boolean {
  if (node.kind === "Subscript") return true;
  if (node.kind !== "Call") return false;
  const { func } = node;
  return LOOK_UPS.test(func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "");
}

function isLookUpStep({ node }: Step): boolean {
  return isLookUp(node);
}

/** Checks a value that is called: what a client named decides what runs. */
export function checkCalled(run: Run, frame: Frame, state: State, node: Node, called: Value): void {
  if (node.kind === "Call" && node.func.kind === "Call" && !isLookUp(node.func)) return;
  const proven = called.taint.filter((taint) => !taint.unproven && stepsOf(taint).some(isLookUpStep));
  for (const sink of run.knowledge.sinks.get(CALLED_VALUE) ?? []) {
    arrive(run, frame, state, node, sink, { ...called, taint: proven });
  }
}

/** Checks `receiver.attr = value` and `receiver[key] = value`: sinks named `<class>.__setattr__` or `__setitem__`. */
export function checkItemSink(
  run: Run,
  frame: Frame,
  state: State,
  target: Attribute | Subscript,
  receiver: Value,
  value: Value,
  key: Value | null,
): void {
  const method = key === null ? "__setattr__" : "__setitem__";
  const names = receiverNames(run, frame, state, target, receiver).map((name) => `${name}.${method}`);
  const attr = target.kind === "Attribute" ? [`${names[0]?.slice(0, -method.length)}${target.attr}=`] : [];
  const args = positional(key ?? BOTTOM, value);
  checkCallSinks(run, frame, state, target, [...attr, ...names], args, receiver);
}

/** Qualified names of what a receiver is: by the semantic model, by its type, by the classes of its objects. */
export function receiverNames(
  run: Run,
  frame: Frame,
  state: State,
  target: Attribute | Subscript,
  receiver: Value,
): readonly string[] {
  const names: string[] = [];
  const written = frame.file.model.qualifiedName(target.value);
  if (written !== undefined) names.push(written);
  if (receiver.type !== null) names.push(receiver.type);
  const type = frame.file.model.typeOf(target.value);
  if (type !== undefined) names.push(type);
  for (const callable of receiver.callables) if (callable.kind === "known") names.push(callable.name);
  for (const [, object] of objectsOf(state, receiver)) {
    if (object.kind === "instance" && object.cls !== null) names.push(...classNames(run, object.cls));
    else if (object.type !== null) names.push(object.type);
  }
  return [...new Set(names)];
}

/** Checks what a request handler returns against the sink of its framework, if it has one. */
export function checkReturn(
  run: Run,
  frame: Frame,
  state: State,
  node: Node,
  name: string,
  value: Value,
): void {
  for (const sink of run.knowledge.sinks.get(name) ?? []) {
    const items = value.type === "builtins.tuple" ? exactItems(state, value) : null;
    const body = items?.[0] ?? value;
    const isJson = body.type === "builtins.dict" || body.type === "builtins.list";
    if (isJson && sink.risk === "xss") continue;
    // What an unknown function made of it is as likely a response object as a page.
    const isPage = sink.risk === "xss";
    const proven = isPage ? { ...body, taint: body.taint.filter((taint) => !taint.unproven) } : body;
    arrive(run, frame, state, node, sink, proven);
  }
}

/** A value has come to a sink: what of its taint may still do harm there is a hit. True where there is some. */
function arrive(run: Run, frame: Frame, state: State, node: Node, sink: SinkModel, value: Value): boolean {
  if (isBottom(value) || !state.alive) return false;
  const bit = 1 << RISKS.indexOf(sink.risk);
  const taints = dangerousTaint(state, sink, value).filter((taint) => (taint.cleared & bit) === 0);
  if (taints.length === 0) return false;
  for (const taint of addStep(
    taints,
    node,
    frame.file,
    `arrives in ${sink.label ?? `\`${lastName(sink.name)}\``}`,
  )) {
    if (run.hits.some((hit) => hit.node === node && hit.risk === sink.risk && hit.taint.site === taint.site))
      continue;
    run.hits.push({
      risk: sink.risk,
      sink,
      taint,
      node,
      file: frame.file,
      calls: callsTo(frame),
      whole: value.prefix === "",
    });
  }
  return true;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function callsTo(frame: Frame): Hit["calls"] {
  const calls: { node: Node; file: Frame["file"] }[] = [];
  for (let at: Frame | null = frame; at !== null; at = at.caller) {
    if (at.site !== null && at.caller !== null) calls.unshift({ node: at.site, file: at.caller.file });
  }
  return calls;
}
