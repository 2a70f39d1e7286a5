/**
 * Statements: structured abstract interpretation. Python has no goto, so following the statements with a state for
 * each way out of them (fall through, break, continue, return, raise) decides the same as a graph would.
 */

import type { ExceptHandler, Expr, Stmt, WithItem } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { callValue } from "./calls.ts";
import { deleteItem, exactItems, extendSequence, iterate } from "./containers.ts";
import { evaluate } from "./evaluate.ts";
import { definitionValue } from "./globals.ts";
import { boundMethod } from "./instances.ts";
import { matchCases } from "./match.ts";
import { type Frame, positional, type Run } from "./program.ts";
import { refine } from "./refine.ts";
import { caughtTaint } from "./secrets.ts";
import {
  copyState,
  equalStates,
  getVariable,
  joinStates,
  mayRaise,
  type State,
  setVariable,
  widenState,
} from "./state.ts";
import { binary } from "./strings.ts";
import { isBottom, none, ofCallable, truthOf, UNKNOWN, unknown, type Value } from "./value.ts";

/** Rounds of a loop before constants that still change are given up. */
const PLAIN_ROUNDS = 3;
const MAX_ROUNDS = 24;

/** Interprets statements one after the other; the state after them, or null where control never gets there. */
export function runBody(run: Run, frame: Frame, state: State, body: readonly Stmt[]): State | null {
  let at: State | null = state;
  for (const statement of body) {
    if (at === null || !at.alive) return null;
    if (--run.budget <= 0) return at;
    at = runStatement(run, frame, at, statement);
  }
  return at?.alive === true ? at : null;
}

function alive(state: State): State | null {
  return state.alive ? state : null;
}

function runStatement(run: Run, frame: Frame, state: State, node: Stmt): State | null {
  switch (node.kind) {
    case "Expr":
      evaluate(run, frame, state, node.value);
      return alive(state);
    case "Assign": {
      const value = evaluate(run, frame, state, node.value);
      if (state.alive) for (const target of node.targets) assign(run, frame, state, target, value);
      return alive(state);
    }
    case "AnnAssign":
      if (node.value !== null)
        assign(run, frame, state, node.target, evaluate(run, frame, state, node.value));
      return alive(state);
    case "AugAssign":
      return runAugmented(run, frame, state, node);
    case "Return": {
      const value = node.value === null ? none : evaluate(run, frame, state, node.value);
      if (state.alive) frame.returns.push({ state: copyState(state), value, node: node.value });
      return null;
    }
    case "If":
      return runIf(run, frame, state, node.test, node.body, node.orelse);
    case "For":
    case "AsyncFor":
      return runFor(run, frame, state, node);
    case "While":
      return runWhile(run, frame, state, node);
    case "Raise":
      if (node.exc !== null) evaluate(run, frame, state, node.exc);
      mayRaise(run, state);
      return null;
    default:
      return runOther(run, frame, state, node);
  }
}

function runOther(run: Run, frame: Frame, state: State, node: Stmt): State | null {
  switch (node.kind) {
    case "Try":
    case "TryStar":
      return runTry(run, frame, state, node);
    case "With":
    case "AsyncWith":
      return runWith(run, frame, state, node.items, node.body);
    case "Match":
      return matchCases(run, frame, state, node);
    case "Assert":
      evaluate(run, frame, state, node.test);
      mayRaise(run, state);
      refine(run, frame, state, node.test, true);
      return alive(state);
    case "Break":
      frame.loops.at(-1)?.breaks.push(copyState(state));
      return null;
    case "Continue":
      frame.loops.at(-1)?.continues.push(copyState(state));
      return null;
    case "FunctionDef":
    case "AsyncFunctionDef":
      setVariable(state, frame, node.name, definitionValue(run, state, node, frame.file, closure(frame)));
      return alive(state);
    case "ClassDef":
      setVariable(
        state,
        frame,
        node.name,
        ofCallable({ kind: "class", node, file: frame.file, outer: closure(frame) }),
      );
      return alive(state);
    case "Delete":
      for (const target of node.targets) runDelete(run, frame, state, target);
      return alive(state);
    default:
      return state;
  }
}

/** A function at module level closes over nothing: module names are looked up by themselves. */
function closure(frame: Frame): Frame | null {
  return frame.node.kind === "Module" ? null : frame;
}

function runAugmented(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Stmt, { kind: "AugAssign" }>,
): State | null {
  const left = evaluate(run, frame, state, node.target);
  const right = evaluate(run, frame, state, node.value);
  if (!state.alive) return null;
  if (node.op === "Add" && left.refs.length > 0) {
    extendSequence(state, left, right);
    return alive(state);
  }
  assign(run, frame, state, node.target, binary(node.op, left, right));
  return alive(state);
}

function runIf(
  run: Run,
  frame: Frame,
  state: State,
  test: Expr,
  body: readonly Stmt[],
  orelse: readonly Stmt[],
): State | null {
  const truth = truthOf(evaluate(run, frame, state, test));
  if (!state.alive) return null;
  const other = copyState(state);
  refine(run, frame, state, test, true);
  const then = truth === false || !state.alive ? null : runBody(run, frame, state, body);
  refine(run, frame, other, test, false);
  const otherwise = truth === true || !other.alive ? null : runBody(run, frame, other, orelse);
  return merge(then, otherwise);
}

function merge(a: State | null, b: State | null): State | null {
  if (a === null) return b;
  return b === null ? a : joinStates(a, b);
}

type LoopStep = (state: State) => State | null;

/**
 * Runs a loop's body until nothing new is learnt. `enter` takes the state at the head to the start of the body
 * (or null where the body cannot start); returns the state at the head, and the states that broke out.
 */
function fixpoint(
  run: Run,
  frame: Frame,
  state: State,
  enter: LoopStep,
  body: readonly Stmt[],
): { head: State; breaks: State | null } {
  let head = state;
  let breaks: State | null = null;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = copyState(head);
    const start = enter(copyState(head));
    if (start === null) break;
    frame.loops.push({ breaks: [], continues: [] });
    let end = runBody(run, frame, start, body);
    const loop = frame.loops.pop();
    for (const one of loop?.continues ?? []) end = merge(end, one);
    for (const one of loop?.breaks ?? []) breaks = merge(breaks, one);
    if (end === null) break;
    head = joinStates(copyState(before), end);
    if (round >= PLAIN_ROUNDS) widenState(before, head);
    if (equalStates(before, head) || run.budget <= 0) break;
  }
  return { head, breaks };
}

function runFor(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Stmt, { kind: "For" | "AsyncFor" }>,
): State | null {
  const iterable = evaluate(run, frame, state, node.iter);
  if (!state.alive) return null;
  const items = exactItems(state, iterable);
  if (items === null) mayRaise(run, state);
  const enter: LoopStep = (head) => {
    const element = iterate(head, iterable);
    if (isBottom(element)) return null;
    assign(run, frame, head, node.target, element);
    return head;
  };
  const { head, breaks } = fixpoint(run, frame, state, enter, node.body);
  const after = items !== null && items.length === 0 ? state : head;
  return merge(runBody(run, frame, after, node.orelse), breaks);
}

function runWhile(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Stmt, { kind: "While" }>,
): State | null {
  const enter: LoopStep = (head) => {
    if (truthOf(evaluate(run, frame, head, node.test)) === false) return null;
    refine(run, frame, head, node.test, true);
    return alive(head);
  };
  const { head, breaks } = fixpoint(run, frame, state, enter, node.body);
  const truth = truthOf(evaluate(run, frame, head, node.test));
  refine(run, frame, head, node.test, false);
  const after = truth === true || !head.alive ? null : runBody(run, frame, head, node.orelse);
  return merge(after, breaks);
}

function runTry(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Stmt, { kind: "Try" | "TryStar" }>,
): State | null {
  const returns = frame.returns.length;
  const loop = frame.loops.at(-1);
  const exits = { breaks: loop?.breaks.length ?? 0, continues: loop?.continues.length ?? 0 };
  run.tries.push([]);
  let end = runBody(run, frame, copyState(state), node.body);
  const raised = run.tries.pop() ?? [];
  run.tries.push(node.handlers.some((handler) => catchesAll(frame, handler)) ? [] : raised.map(copyState));
  if (end !== null && node.orelse.length > 0) end = runBody(run, frame, end, node.orelse);
  for (const handler of node.handlers) {
    const start = raised.length === 0 ? copyState(state) : raised.map(copyState).reduce(joinStates);
    const handled = runHandler(run, frame, start, handler);
    // Nothing that we know of raises: the handler is read for what it does, but control does not come from it.
    if (raised.length > 0) end = merge(end, handled);
  }
  const escaping = run.tries.pop() ?? [];
  const { finalbody } = node;
  if (finalbody.length > 0) {
    const leave = (at: State): State | null => runBody(run, frame, at, finalbody);
    throughFinally(frame.returns, returns, (exit) => {
      const end = leave(exit.state);
      return end === null ? null : { ...exit, state: end };
    });
    if (loop !== undefined) {
      throughFinally(loop.breaks, exits.breaks, leave);
      throughFinally(loop.continues, exits.continues, leave);
    }
  }
  escapeHandlers(run, frame, escaping, finalbody);
  return end === null ? null : runBody(run, frame, end, finalbody);
}

/** What no handler takes goes through `finally` to the handlers further out. */
function escapeHandlers(
  run: Run,
  frame: Frame,
  escaping: readonly State[],
  finalbody: readonly Stmt[],
): void {
  if (escaping.length === 0) return;
  const state = escaping.map(copyState).reduce(joinStates);
  const after = runBody(run, frame, state, finalbody);
  if (after !== null) mayRaise(run, after);
}

const CATCH_ALL = /^builtins\.(Exception|BaseException)$/;

function catchesAll(frame: Frame, { type }: ExceptHandler): boolean {
  if (type === null) return true;
  const types = type.kind === "Tuple" ? type.elts : [type];
  return types.some((one) => CATCH_ALL.test(frame.file.model.qualifiedName(one) ?? ""));
}

function runHandler(run: Run, frame: Frame, state: State, handler: ExceptHandler): State | null {
  if (handler.name !== null) {
    const types = handler.type?.kind === "Tuple" ? handler.type.elts : [handler.type];
    const names = types.flatMap((one) => (one === null ? [] : (frame.file.model.qualifiedName(one) ?? [])));
    const type = names.length === 1 ? names[0] : undefined;
    const taint = caughtTaint(handler, names, frame.file);
    setVariable(state, frame, handler.name, unknown(taint, type ?? null));
  }
  return runBody(run, frame, state, handler.body);
}

/** Control that leaves by `return`, `break` or `continue` passes the `finally` block, which may leave by its own. */
function throughFinally<Exit>(exits: Exit[], from: number, leave: (exit: Exit) => Exit | null): void {
  for (const exit of exits.splice(from)) {
    const end = leave(exit);
    if (end !== null) exits.push(end);
  }
}

function runWith(
  run: Run,
  frame: Frame,
  state: State,
  items: readonly WithItem[],
  body: readonly Stmt[],
): State | null {
  let suppresses = false;
  for (const item of items) {
    const manager = evaluate(run, frame, state, item.context_expr);
    if (!state.alive) return null;
    mayRaise(run, state);
    if (
      item.context_expr.kind === "Call" &&
      frame.file.model.callee(item.context_expr) === "contextlib.suppress"
    )
      suppresses = true;
    const entered = enterManager(run, frame, state, item, manager);
    if (item.optional_vars !== null) assign(run, frame, state, item.optional_vars, entered);
  }
  if (!suppresses) return runBody(run, frame, state, body);
  run.tries.push([]);
  const end = runBody(run, frame, copyState(state), body);
  const raised = run.tries.pop() ?? [];
  return merge(end, raised.length === 0 ? state : raised.reduce(joinStates));
}

/** What `with x as y` binds: the result of the workspace's `__enter__`, a generator's element, else `x` itself. */
function enterManager(run: Run, frame: Frame, state: State, item: WithItem, manager: Value): Value {
  const method =
    boundMethod(run, state, manager, "__enter__") ?? boundMethod(run, state, manager, "__aenter__");
  const nothing = positional();
  if (method !== null) return callValue(run, frame, state, item, method, nothing);
  if (manager.type === "builtins.list" && item.context_expr.kind === "Call") return iterate(state, manager);
  const type = item.optional_vars === null ? undefined : frame.file.model.typeOf(item.optional_vars);
  return type === undefined ? manager : { ...manager, type };
}

function runDelete(run: Run, frame: Frame, state: State, target: Expr): void {
  if (target.kind === "Subscript") {
    deleteItem(state, evaluate(run, frame, state, target.value), evaluate(run, frame, state, target.slice));
  }
  if (target.kind === "Name" && getVariable(state, frame, target.id) !== undefined)
    setVariable(state, frame, target.id, UNKNOWN);
}
