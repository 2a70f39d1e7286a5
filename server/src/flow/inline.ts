/** Calls of the workspace's own functions: the callee is interpreted with the caller's values. */

import type { Arg, Arguments, Node } from "../syntax/ast.ts";
import { dict } from "./containers.ts";
import { classNames, findMember } from "./instances.ts";
import { type CallArguments, type Frame, isRecursive, MAX_DEPTH, newFrame, type Run } from "./program.ts";
import { sequence } from "./sequences.ts";
import {
  allocate,
  closeFrame,
  copyState,
  deepTaint,
  getObject,
  joinStates,
  replaceState,
  type State,
  setObject,
  setVariable,
} from "./state.ts";
import { addStep, joinTaint, type TaintSet, UNTAINTED } from "./taint.ts";
import { BOTTOM, type Callable, isBottom, joinValues, none, UNKNOWN, unknown, type Value } from "./value.ts";

type FunctionCallable = Extract<Callable, { kind: "function" }>;

/** The value that a call of a function of the workspace gives; `state` gets its effects. */
export function callFunction(
  run: Run,
  frame: Frame,
  state: State,
  site: Node,
  callable: FunctionCallable,
  args: CallArguments,
): Value {
  const { node } = callable;
  if (frame.depth >= MAX_DEPTH || isRecursive(frame, node) || run.budget <= 0)
    return unknown(argumentTaint(state, args));
  if ("unit" in node && node.unit !== null) run.dependencies.add(node.unit);
  if (isFarAway(frame, callable) && bringsNothing(run, state, callable, args))
    return unknown(UNTAINTED, site.kind === "Call" ? (frame.file.model.typeOf(site) ?? null) : null);
  const callee = newFrame(run, callable.file, node, { outer: callable.outer, caller: frame, site });
  const withSelf = callable.self === null ? args : { ...args, args: [callable.self, ...args.args] };
  bindParameters(run, callee, state, node.args, withSelf);
  if (node.kind === "Lambda") return run.interpreter.evaluate(run, callee, state, node.body);
  const end = run.interpreter.runBody(run, callee, copyState(state), node.body);
  return finish(run, callee, state, site, end);
}

/** Calls of the root and of what it calls are followed whatever they pass: their constants may decide a branch. */
const FOLLOWED_ANYWAY = 2;
/** Statements; a shorter function may be there to raise, or to give a constant. */
const SHORT = 3;

/** True further down, and in other files; constructors are followed there, because of what they make of the object. */
function isFarAway({ depth, file }: Frame, callable: FunctionCallable): boolean {
  if (depth >= FOLLOWED_ANYWAY) return true;
  const isConstructor = callable.node.kind !== "Lambda" && callable.node.name === "__init__";
  return callable.file !== file && !isConstructor;
}

/** True for a call that hands over nothing untrusted, to a function that meets nothing untrusted either. */
function bringsNothing(
  run: Run,
  state: State,
  { node, file, outer, self }: FunctionCallable,
  args: CallArguments,
): boolean {
  if (node.kind === "Lambda" || outer !== null || node.body.length <= SHORT) return false;
  if (run.program.meetsSources(file, node) || argumentTaint(state, args).length > 0) return false;
  return self === null || deepTaint(state, self).length === 0;
}

/** The taint of everything that a call passes. */
export function argumentTaint(state: State, args: CallArguments): TaintSet {
  let taint = UNTAINTED;
  for (const value of [...args.args, args.more, ...args.keywords.values(), args.mapping]) {
    taint = joinTaint(taint, deepTaint(state, value));
  }
  return taint;
}

/** Joins the states and values at all exits of a callee; a callee that never returns ends the caller's path. */
function finish(run: Run, callee: Frame, state: State, site: Node, end: State | null): Value {
  let result = BOTTOM;
  let after: State | null = null;
  for (const exit of callee.returns) {
    result = joinValues(result, exit.value);
    after = after === null ? exit.state : joinStates(after, exit.state);
  }
  if (end?.alive === true) {
    result = joinValues(result, none);
    after = after === null ? end : joinStates(after, end);
  }
  if (after === null) {
    state.alive = false;
    return BOTTOM;
  }
  replaceState(state, after);
  if (callee.yields.length > 0) {
    return allocate(
      run,
      callee,
      state,
      site,
      sequence("builtins.list", null, callee.yields.reduce(joinValues, BOTTOM)),
    );
  }
  if (result.callables.length === 0) closeFrame(state, callee);
  if (result.taint.length === 0 || callee.caller === null) return result;
  return { ...result, taint: addStep(result.taint, site, callee.caller.file, "returned from this call") };
}

/** Binds the parameters of a callee to the arguments of a call, as Python does. */
export function bindParameters(
  run: Run,
  callee: Frame,
  state: State,
  parameters: Arguments,
  args: CallArguments,
): void {
  const positional = [...parameters.posonlyargs, ...parameters.args];
  const used = new Set<string>();
  for (const [i, parameter] of positional.entries()) {
    const fallback = parameters.defaults[i - positional.length + parameters.defaults.length];
    const given = args.args[i] ?? args.keywords.get(parameter.arg);
    used.add(parameter.arg);
    bind(run, callee, state, parameter, given, spread(args), fallback);
  }
  for (const [i, parameter] of parameters.kwonlyargs.entries()) {
    used.add(parameter.arg);
    bind(
      run,
      callee,
      state,
      parameter,
      args.keywords.get(parameter.arg),
      args.mapping,
      parameters.kw_defaults[i] ?? undefined,
    );
  }
  if (parameters.vararg !== null) {
    const object = sequence(
      "builtins.tuple",
      isBottom(args.more) ? args.args.slice(positional.length) : null,
      args.more,
    );
    setVariable(
      state,
      callee,
      parameters.vararg.arg,
      allocate(run, callee, state, parameters.vararg, object),
    );
  }
  if (parameters.kwarg !== null) {
    const rest = [...args.keywords]
      .filter(([name]) => !used.has(name))
      .map(([name, value]) => [`str:${name}`, value] as const);
    const object = dict(new Map(rest), args.mapping);
    setVariable(state, callee, parameters.kwarg.arg, allocate(run, callee, state, parameters.kwarg, object));
  }
}

function spread(args: CallArguments): Value {
  return joinValues(args.more, args.mapping);
}

function bind(
  run: Run,
  callee: Frame,
  state: State,
  parameter: Arg,
  given: Value | undefined,
  rest: Value,
  fallback: import("../syntax/ast.ts").Expr | undefined,
): void {
  let value = given ?? rest;
  if (given === undefined && fallback !== undefined) {
    const at =
      callee.outer ?? newFrame(run, callee.file, callee.file.model.module, { caller: callee.caller });
    value = joinValues(value, run.interpreter.evaluate(run, at, state, fallback));
  }
  if (isBottom(value)) value = UNKNOWN;
  if (value.type === null && value.opaque) {
    const type =
      parameter.annotation === null ? undefined : callee.file.model.annotationType(parameter.annotation);
    if (type !== undefined) value = { ...value, type };
  }
  const taint = addStep(value.taint, parameter, callee.file, `passed as \`${parameter.arg}\``);
  setVariable(state, callee, parameter.arg, { ...value, taint, link: null });
}

/** `Class(...)`: a new object, after its `__init__` if the workspace defines one. */
export function instantiate(
  run: Run,
  frame: Frame,
  state: State,
  site: Node,
  cls: Extract<Callable, { kind: "class" }>,
  args: CallArguments,
): Value {
  const names = classNames(run, cls);
  const self = allocate(run, frame, state, site, {
    kind: "instance",
    type: names[0] ?? null,
    multiple: false,
    cls: { node: cls.node, file: cls.file },
    attrs: new Map(),
    rest: BOTTOM,
  });
  const init = findMember(run, cls, "__init__");
  if (init?.node) {
    callFunction(
      run,
      frame,
      state,
      site,
      { kind: "function", node: init.node, file: init.owner.file, outer: cls.outer, self },
      args,
    );
    return self;
  }
  return fillFields(state, cls, self, args);
}

/** A class without `__init__`: a dataclass, a Pydantic model, or a library's subclass. Fields take the arguments. */
function fillFields(
  state: State,
  cls: Extract<Callable, { kind: "class" }>,
  self: Value,
  args: CallArguments,
): Value {
  const fields = cls.node.body.flatMap((s) =>
    s.kind === "AnnAssign" && s.target.kind === "Name" ? [s.target.id] : [],
  );
  const [id] = self.refs;
  const object = id === undefined ? undefined : getObject(state, id);
  if (id === undefined || object?.kind !== "instance") return self;
  const attrs = new Map(object.attrs);
  for (const [i, value] of args.args.entries()) {
    const name = fields[i];
    if (name !== undefined) attrs.set(name, value);
  }
  for (const [name, value] of args.keywords) attrs.set(name, value);
  const rest = [args.more, args.mapping].reduce(joinValues, object.rest);
  setObject(state, id, { ...object, attrs, rest });
  return self;
}
