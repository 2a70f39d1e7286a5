/** Comprehensions: their variables live in a copy of the state and are gone afterwards; what they allocate stays. */

import type { Comprehension, GeneratorExp, ListComp, SetComp } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { iterate } from "./containers.ts";
import type { Frame, Run } from "./program.ts";
import { sequence } from "./sequences.ts";
import { allocate, copyState, objectsOf, type State, takeHeap } from "./state.ts";
import { BOTTOM, isBottom, truthOf, type Value } from "./value.ts";

/** A list made from one list without conditions: what is known of the elements one by one stays so. */
export function mapSequence(
  run: Run,
  frame: Frame,
  state: State,
  { kind, elt, generators }: ListComp | SetComp | GeneratorExp,
): Value | null {
  const [generator, ...others] = generators;
  if (kind === "SetComp" || generator === undefined || others.length > 0 || generator.ifs.length > 0) {
    return null;
  }
  const inner = copyState(state);
  const from = run.interpreter.evaluate(run, frame, inner, generator.iter);
  const [entry, ...more] = objectsOf(inner, from);
  const list = entry?.[1];
  if (from.opaque || more.length > 0 || list?.kind !== "sequence" || list.multiple) return null;
  const made = (item: Value): Value => {
    assign(run, frame, inner, generator.target, item);
    return run.interpreter.evaluate(run, frame, inner, elt);
  };
  const items = list.items.map(made);
  const rest = isBottom(list.rest) ? BOTTOM : made(list.rest);
  takeHeap(state, inner);
  return allocate(run, frame, state, generator, sequence("builtins.list", items, rest));
}

/** Runs the body of a comprehension over any element; its variables are gone afterwards. */
export function inComprehension(
  run: Run,
  frame: Frame,
  state: State,
  generators: readonly Comprehension[],
  body: (inner: State) => Value,
): Value {
  const inner = copyState(state);
  for (const { target, iter, ifs } of generators) {
    const element = iterate(inner, run.interpreter.evaluate(run, frame, inner, iter));
    if (isBottom(element)) return BOTTOM;
    assign(run, frame, inner, target, element);
    for (const test of ifs) {
      const truth = truthOf(run.interpreter.evaluate(run, frame, inner, test));
      if (truth === false) return BOTTOM;
      run.interpreter.refine(run, frame, inner, test, true);
      if (!inner.alive) return BOTTOM;
    }
  }
  const result = body(inner);
  takeHeap(state, inner);
  return result;
}
