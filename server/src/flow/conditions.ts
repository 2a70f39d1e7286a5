/** Expressions that decide: `not`, `and`, `or`, comparisons, and the conditional expression. */

import type { Expr } from "../syntax/ast.ts";
import { exactItems } from "./containers.ts";
import type { Frame, Run } from "./program.ts";
import { copyState, joinStates, replaceState, type State } from "./state.ts";
import { compareScalars } from "./strings.ts";
import { UNTAINTED } from "./taint.ts";
import {
  BOTTOM,
  bool,
  joinValues,
  ofConst,
  onlyConst,
  onlyConsts,
  type Scalar,
  truthOf,
  unknown,
  type Value,
} from "./value.ts";

export function evaluateUnary(op: string, value: Value): Value {
  if (op === "Not") {
    const truth = truthOf(value);
    return truth === null ? unknown(UNTAINTED, "builtins.bool") : bool(!truth);
  }
  const scalar = onlyConst(value);
  if (scalar !== null && (scalar.type === "int" || scalar.type === "float")) {
    if (op === "USub") return ofConst({ type: scalar.type, value: -scalar.value });
    if (op === "UAdd") return value;
    if (op === "Invert" && scalar.type === "int") return ofConst({ type: "int", value: -scalar.value - 1 });
  }
  return unknown(value.taint);
}

export function evaluateBoolean(
  run: Run,
  frame: Frame,
  state: State,
  op: "And" | "Or",
  values: readonly Expr[],
): Value {
  let result = BOTTOM;
  let exits: State | null = null;
  for (const [i, operand] of values.entries()) {
    const value = run.interpreter.evaluate(run, frame, state, operand);
    if (i === values.length - 1) {
      result = joinValues(result, value);
      break;
    }
    const truth = truthOf(value);
    const leaves = op === "Or";
    if (truth !== !leaves) {
      result = joinValues(result, leaves ? truthy(value) : falsy(value));
      const exit = copyState(state);
      run.interpreter.refine(run, frame, exit, operand, leaves);
      exits = exits === null ? exit : joinStates(exits, exit);
    }
    if (truth === leaves) {
      state.alive = false;
      break;
    }
    run.interpreter.refine(run, frame, state, operand, !leaves);
    if (!state.alive) break;
  }
  if (exits !== null) replaceState(state, joinStates(state, exits));
  return result;
}

/** What is left of a value that is known to be true. */
export function truthy(value: Value): Value {
  const consts = value.consts.filter((c) => (c.type === "None" ? false : Boolean(c.value)));
  return consts.length === value.consts.length ? value : { ...value, consts };
}

/** What is left of a value that is known to be false: nothing that a client could fill. */
function falsy(value: Value): Value {
  const consts = value.consts.filter((c) => (c.type === "None" ? true : !c.value));
  return { ...value, consts, taint: UNTAINTED };
}

export function evaluateConditional(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Expr, { kind: "IfExp" }>,
): Value {
  const truth = truthOf(run.interpreter.evaluate(run, frame, state, node.test));
  const other = copyState(state);
  let result = BOTTOM;
  run.interpreter.refine(run, frame, state, node.test, true);
  if (truth !== false && state.alive) result = run.interpreter.evaluate(run, frame, state, node.body);
  else state.alive = false;
  run.interpreter.refine(run, frame, other, node.test, false);
  if (truth !== true && other.alive)
    result = joinValues(result, run.interpreter.evaluate(run, frame, other, node.orelse));
  else other.alive = false;
  replaceState(state, joinStates(state, other));
  return result;
}

export function evaluateCompare(
  run: Run,
  frame: Frame,
  state: State,
  first: Expr,
  ops: readonly string[],
  comparators: readonly Expr[],
): Value {
  let left = run.interpreter.evaluate(run, frame, state, first);
  let known: boolean | null = true;
  for (const [i, op] of ops.entries()) {
    const right = run.interpreter.evaluate(run, frame, state, comparators[i] as Expr);
    const answer = compareValues(state, op, left, right);
    if (answer === false) known = false;
    else if (answer === null && known === true) known = null;
    left = right;
  }
  return known === null ? unknown(UNTAINTED, "builtins.bool") : bool(known);
}

function compareValues(state: State, op: string, left: Value, right: Value): boolean | null {
  const a = onlyConsts(left);
  if (a === null) return null;
  const members = op === "In" || op === "NotIn" ? exactItems(state, right) : null;
  const b = members === null ? onlyConsts(right) : null;
  const answers = new Set<boolean | null>();
  for (const x of a) {
    if (members !== null) answers.add(isMember(x, members, op === "In"));
    else for (const y of b ?? []) answers.add(compareScalars(op, x, y));
  }
  if (members === null && b === null) return null;
  return answers.size === 1 ? ([...answers][0] ?? null) : null;
}

function isMember(x: Scalar, members: readonly Value[], wanted: boolean): boolean | null {
  const consts = members.map(onlyConst);
  if (consts.some((c) => c !== null && compareScalars("Eq", x, c) === true)) return wanted;
  return consts.includes(null) ? null : !wanted;
}
