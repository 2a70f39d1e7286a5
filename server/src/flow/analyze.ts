/** The entry to flow analysis: interprets one root (a function, or a module's own code) and tells its hits. */

import type { Handler } from "../frameworks/handler.ts";
import type { Arg, FunctionNode, Node, Stmt } from "../syntax/ast.ts";
import type { Unit } from "../syntax/tree.ts";
import { callValue } from "./calls.ts";
import { evaluate, evaluateArguments } from "./evaluate.ts";
import { importedValue } from "./globals.ts";
import { callFunction } from "./inline.ts";
import { classNames, findMember, isDecoratedWith } from "./instances.ts";
import { runBody } from "./interpret.ts";
import type { Knowledge } from "./knowledge.ts";
import {
  type FlowFile,
  type Frame,
  type Hit,
  type Interpreter,
  newFrame,
  type Program,
  type Run,
  type SinkNote,
} from "./program.ts";
import { refine } from "./refine.ts";
import { handledTaint, secretNamed } from "./secrets.ts";
import { checkReturn } from "./sinks.ts";
import { enter } from "./sources.ts";
import { allocate, newState, type State, setVariable } from "./state.ts";
import { weaken } from "./taint.ts";
import { BOTTOM, ofCallable, UNKNOWN, unknown, type Value } from "./value.ts";

/** Statements and calls that one root may cost; past it, what follows is unknown. */
const BUDGET = 3000;

export interface FlowResult {
  readonly hits: readonly Hit[];
  readonly notes: readonly SinkNote[];
  /** Units other than the root whose text the result rests on. */
  readonly dependencies: ReadonlySet<Unit>;
  /** True where the budget ran out, so that flows may be missing. */
  readonly degraded: boolean;
}

const INTERPRETER: Interpreter = {
  evaluate,
  evaluateArguments,
  refine,
  runBody,
  callValue,
  callFunction,
  importedValue,
};

function newRun(program: Program, knowledge: Knowledge): Run {
  return {
    program,
    knowledge,
    interpreter: INTERPRETER,
    hits: [],
    notes: [],
    dependencies: new Set(),
    tries: [],
    globals: new Map(),
    sites: new Map(),
    budget: BUDGET,
    nextId: 1,
  };
}

/** Interprets a function from its start, its parameters unknown (those of a handler: the client's). */
export function analyzeFunction(
  program: Program,
  knowledge: Knowledge,
  file: FlowFile,
  node: FunctionNode,
  handler: Handler | null,
): FlowResult {
  const run = newRun(program, knowledge);
  const frame = newFrame(run, file, node);
  const state = newState();
  bindRoot(run, frame, state, node, handler);
  runBody(run, frame, state, node.body);
  if (handler?.kind === "web") {
    for (const exit of frame.returns) {
      if (exit.node !== null)
        checkReturn(run, frame, exit.state, exit.node, `${handler.decorator}.<return>`, exit.value);
    }
  }
  return { hits: run.hits, notes: run.notes, dependencies: run.dependencies, degraded: run.budget <= 0 };
}

/** Interprets the statements of a module that are neither functions nor classes. */
export function analyzeModule(program: Program, knowledge: Knowledge, file: FlowFile): FlowResult {
  const run = newRun(program, knowledge);
  const { module } = file.model;
  const frame = newFrame(run, file, module);
  runBody(run, frame, newState(), module.body.filter(isOwnCode));
  return { hits: run.hits, notes: run.notes, dependencies: run.dependencies, degraded: run.budget <= 0 };
}

function isOwnCode(statement: Stmt): boolean {
  return !/^(FunctionDef|AsyncFunctionDef|ClassDef|Import|ImportFrom|Broken)$/.test(statement.kind);
}

function bindRoot(run: Run, frame: Frame, state: State, node: FunctionNode, handler: Handler | null): void {
  const { args } = node;
  const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  for (const arg of all) setVariable(state, frame, arg.arg, parameterValue(frame, arg, handler));
  for (const arg of [args.vararg, args.kwarg])
    if (arg !== null) setVariable(state, frame, arg.arg, parameterValue(frame, arg, handler));
  const cls = node.parent;
  const self = [...args.posonlyargs, ...args.args][0];
  if (cls?.kind !== "ClassDef" || self === undefined || isDecoratedWith(node, ["staticmethod"])) return;
  const value = isDecoratedWith(node, ["classmethod"])
    ? ofCallable({ kind: "class", node: cls, file: frame.file, outer: null })
    : newSelf(run, frame, state, cls, node);
  setVariable(state, frame, self.arg, value);
}

/** `self` of a method: an object as `__init__` leaves it, whose other attributes are unknown. */
function newSelf(
  run: Run,
  frame: Frame,
  state: State,
  cls: Extract<Node, { kind: "ClassDef" }>,
  method: FunctionNode,
): Value {
  const ref = { node: cls, file: frame.file };
  const self = allocate(run, frame, state, cls, {
    kind: "instance",
    type: classNames(run, ref)[0] ?? null,
    multiple: false,
    cls: ref,
    attrs: new Map(),
    rest: BOTTOM,
  });
  const init = findMember(run, ref, "__init__");
  if (init?.node && init.node !== method) {
    const hits = run.hits.length;
    const args = { args: [], more: UNKNOWN, keywords: new Map<string, Value>(), mapping: UNKNOWN };
    callFunction(
      run,
      frame,
      state,
      cls,
      { kind: "function", node: init.node, file: init.owner.file, outer: null, self },
      args,
    );
    run.hits.length = hits;
    state.alive = true;
  }
  return self;
}

function parameterValue(frame: Frame, arg: Arg, handler: Handler | null): Value {
  const written = arg.annotation === null ? null : (frame.file.model.annotationType(arg.annotation) ?? null);
  const type = handler?.typed.get(arg) ?? written;
  const entering = handler?.parameters.find((parameter) => parameter.arg === arg);
  if (entering === undefined) {
    const secret = secretNamed(arg.arg, arg, frame.file);
    return unknown(secret.length > 0 ? secret : handledTaint(type, arg, frame.file), type);
  }
  const kind = handler?.kind ?? "web";
  const taint = enter(
    { name: arg.arg, kind, label: entering.label, without: entering.without ?? 0 },
    arg,
    frame.file,
  );
  return unknown(entering.unproven === true ? weaken(taint) : taint, type);
}
