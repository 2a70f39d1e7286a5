/** What a guard learns of an item or an attribute is kept in the object that has it. */

import type { Expr } from "../syntax/ast.ts";
import { writeItem } from "./containers.ts";
import { writeAttribute } from "./instances.ts";
import type { Frame, Run } from "./program.ts";
import { copyState, type State } from "./state.ts";
import type { Value } from "./value.ts";

/**
 * Replaces an item or attribute in the object itself, where that is known: what is written to it later, by
 * whatever name, is then seen. False where nothing is known of the object.
 */
export function learnOfPart(run: Run, frame: Frame, state: State, node: Expr, learnt: Value): boolean {
  const owner = node.kind === "Attribute" || node.kind === "Subscript" ? node.value : lookedUpIn(node);
  if (owner === null) return false;
  const object = run.interpreter.evaluate(run, frame, copyState(state), owner);
  if (object.refs.length === 0) return false;
  const strong = object.refs.length === 1 && !object.opaque;
  if (strong && node.kind === "Attribute") writeAttribute(state, object, node.attr, learnt);
  const key = node.kind === "Subscript" ? node.slice : node.kind === "Call" ? node.args[0] : undefined;
  // What a look-up gives where there is no such key is no item.
  const isItem = node.kind === "Subscript" || !learnt.consts.some(({ type }) => type === "None");
  if (strong && key !== undefined && isItem)
    writeItem(state, object, run.interpreter.evaluate(run, frame, copyState(state), key), learnt);
  return true;
}

/** Of `d.get("a")`: `d`. */
function lookedUpIn(node: Expr): Expr | null {
  return node.kind === "Call" && node.func.kind === "Attribute" ? node.func.value : null;
}
