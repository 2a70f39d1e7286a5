/** The workspace's own predicates as guards: what `is_valid(x)` being true says of `x`. */

import type { Call, Expr } from "../syntax/ast.ts";
import { bindParameters } from "./inline.ts";
import { type CallArguments, type Frame, isRecursive, MAX_DEPTH, newFrame, type Run } from "./program.ts";
import { copyState, getVariable, type State } from "./state.ts";
import { BOTTOM, type Callable, isBottom, joinValues, truthOf, type Value } from "./value.ts";

/**
 * Interprets a predicate of the workspace and tells what its parameters still may be on the paths that give the
 * wanted answer; `learn` is called for each argument that is a plain place.
 */
export function predicateRefinements(
  run: Run,
  frame: Frame,
  state: State,
  test: Call,
  positive: boolean,
  learn: (node: Expr, value: Value) => void,
): void {
  if (frame.depth >= MAX_DEPTH || run.budget <= 0) return;
  const probe = copyState(state);
  const hits = run.hits.length;
  const target = run.interpreter.evaluate(run, frame, probe, test.func);
  const [callable, ...others] = target.callables;
  if (callable?.kind !== "function" || others.length > 0 || callable.node.kind === "Lambda") return;
  if (isRecursive(frame, callable.node)) return;
  const args = run.interpreter.evaluateArguments(run, frame, probe, test);
  const learnt = interpretPredicate(run, frame, probe, test, callable, args, positive);
  run.hits.length = hits;
  for (const [i, node] of test.args.entries()) {
    const value = learnt.get(i);
    if (value !== undefined && !isBottom(value)) learn(node, value);
  }
}

function interpretPredicate(
  run: Run,
  frame: Frame,
  state: State,
  test: Call,
  callable: Extract<Callable, { kind: "function" }>,
  args: CallArguments,
  positive: boolean,
): ReadonlyMap<number, Value> {
  const learnt = new Map<number, Value>();
  const { node } = callable;
  if (node.kind === "Lambda") return learnt;
  const callee = newFrame(run, callable.file, node, { outer: callable.outer, caller: frame, site: test });
  const withSelf = callable.self === null ? args : { ...args, args: [callable.self, ...args.args] };
  bindParameters(run, callee, state, node.args, withSelf);
  run.interpreter.runBody(run, callee, state, node.body);
  const parameters = [...node.args.posonlyargs, ...node.args.args];
  const skip = callable.self === null ? 0 : 1;
  for (const exit of callee.returns) {
    const truth = truthOf(exit.value);
    if (truth === !positive || !exit.state.alive) continue;
    if (truth === null && exit.node !== null)
      run.interpreter.refine(run, callee, exit.state, exit.node, positive);
    if (!exit.state.alive) continue;
    for (const [i, parameter] of parameters.slice(skip).entries()) {
      const value = getVariable(exit.state, callee, parameter.arg);
      if (value !== undefined) learnt.set(i, joinValues(learnt.get(i) ?? BOTTOM, value));
    }
  }
  return learnt;
}
