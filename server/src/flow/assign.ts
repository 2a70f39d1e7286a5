/** Assignment to any target: names, attributes, items, unpacking. */

import type { Expr, Name } from "../syntax/ast.ts";
import { checkWrite, exactItems, iterate, writeItem } from "./containers.ts";
import { writeAttribute } from "./instances.ts";
import type { Frame, Run } from "./program.ts";
import { mayBeSecret, secretNamed } from "./secrets.ts";
import { sequence } from "./sequences.ts";
import { checkItemSink } from "./sinks.ts";
import { allocate, forgetRefinements, getVariable, type State, setVariable } from "./state.ts";
import { addStep } from "./taint.ts";
import { addTaint, BOTTOM, joinValues, onlyConst, UNKNOWN, type Value } from "./value.ts";

export function assign(run: Run, frame: Frame, state: State, target: Expr, value: Value): void {
  switch (target.kind) {
    case "Name":
      return assignName(frame, state, target.id, named(frame, target, note(frame, target, value, target.id)));
    case "Attribute": {
      forgetParts(frame, state, target.value);
      const receiver = run.interpreter.evaluate(run, frame, state, target.value);
      writeAttribute(state, receiver, target.attr, note(frame, target, value, `.${target.attr}`));
      return checkItemSink(run, frame, state, target, receiver, value, null);
    }
    case "Subscript": {
      forgetParts(frame, state, target.value);
      const receiver = run.interpreter.evaluate(run, frame, state, target.value);
      const key = run.interpreter.evaluate(run, frame, state, target.slice);
      checkWrite(run, state, receiver, onlyConst(key));
      writeItem(state, receiver, key, note(frame, target, value, "an item"));
      return checkItemSink(run, frame, state, target, receiver, value, key);
    }
    case "Starred":
      return assign(run, frame, state, target.value, value);
    case "Tuple":
    case "List":
      return unpack(run, frame, state, target.elts, value);
    default:
      return;
  }
}

/** What was learnt of parts of a variable's value does not outlive a write to one of them. */
function forgetParts(frame: Frame, state: State, owner: Expr): void {
  let root = owner;
  while (root.kind === "Attribute" || root.kind === "Subscript") root = root.value;
  if (root.kind === "Name") forgetRefinements(state, frame, root.id);
}

/** Notes in the way of the taint that it was stored under a name. */
function note(frame: Frame, target: Expr, value: Value, name: string): Value {
  if (value.taint.length === 0) return value;
  return { ...value, taint: addStep(value.taint, target, frame.file, `stored in \`${name}\``) };
}

/** A variable whose name says so holds a credential, wherever it got it. */
function named(frame: Frame, target: Name, value: Value): Value {
  if (!mayBeSecret(value) || value.taint.some(({ kind }) => kind === "secret")) return value;
  return addTaint(value, secretNamed(target.id, target, frame.file));
}

function assignName(frame: Frame, state: State, name: string, value: Value): void {
  setVariable(state, ownerOf(frame, state, name), name, value);
}

/** The frame that a name is stored in: an outer one where the function declares it `nonlocal`. */
function ownerOf(frame: Frame, state: State, name: string): Frame {
  if (frame.outer === null || getVariable(state, frame, name) !== undefined) return frame;
  if (!declaresNonlocal(frame, name)) return frame;
  for (let at: Frame | null = frame.outer; at !== null; at = at.outer) {
    if (getVariable(state, at, name) !== undefined) return at;
  }
  return frame;
}

function declaresNonlocal(frame: Frame, name: string): boolean {
  const { node } = frame;
  if (node.kind !== "FunctionDef" && node.kind !== "AsyncFunctionDef") return false;
  return node.body.some((statement) => statement.kind === "Nonlocal" && statement.names.includes(name));
}

function unpack(run: Run, frame: Frame, state: State, targets: readonly Expr[], value: Value): void {
  const items = exactItems(state, value);
  const star = targets.findIndex((target) => target.kind === "Starred");
  const fits =
    items !== null && (star < 0 ? items.length === targets.length : items.length >= targets.length - 1);
  if (items === null || !fits) {
    const any = items === null ? iterate(state, value) : items.reduce(joinValues, BOTTOM);
    for (const target of targets) {
      const isStar = target.kind === "Starred";
      assign(run, frame, state, target, isStar ? listOf(run, frame, state, target, null, any) : any);
    }
    return;
  }
  const after = star < 0 ? 0 : targets.length - star - 1;
  for (const [i, target] of targets.entries()) {
    if (i === star) {
      const part = items.slice(star, items.length - after);
      assign(run, frame, state, target, listOf(run, frame, state, target, part, BOTTOM));
    } else {
      const at = star >= 0 && i > star ? items.length - (targets.length - i) : i;
      assign(run, frame, state, target, items[at] ?? UNKNOWN);
    }
  }
}

function listOf(
  run: Run,
  frame: Frame,
  state: State,
  site: Expr,
  items: readonly Value[] | null,
  rest: Value,
): Value {
  return allocate(run, frame, state, site, sequence("builtins.list", items, rest));
}
