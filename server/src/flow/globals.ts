/** Names: variables of the open frames, closures, and what a module binds once. */

import type { Binding } from "../semantic/model.ts";
import type { ClassDef, FunctionNode, Name, Node, Stmt } from "../syntax/ast.ts";
import { type FlowFile, type Frame, newFrame, positional, type Run } from "./program.ts";
import { sourceValue } from "./sources.ts";
import { getVariable, type State } from "./state.ts";
import { BOTTOM, joinValues, ofCallable, ofKnown, UNKNOWN, type Value } from "./value.ts";

/** The value of a name where it stands. */
export function lookupName(run: Run, frame: Frame, state: State, node: Name): Value {
  for (let at: Frame | null = frame; at !== null; at = at.outer) {
    const value = getVariable(state, at, node.id);
    if (value !== undefined) return value;
  }
  const name = frame.file.model.qualifiedName(node);
  if (name !== undefined && !name.startsWith(".")) {
    const source = sourceValue(run, frame, node, [name]);
    if (source !== null) return source;
  }
  const binding = frame.file.model.resolve(node);
  if (binding === undefined || binding.scope.kind === "module") {
    return moduleName(run, state, frame.file, node.id, binding, name);
  }
  return UNKNOWN;
}

function moduleName(
  run: Run,
  state: State,
  file: FlowFile,
  id: string,
  binding: Binding | undefined,
  name: string | undefined,
): Value {
  if (binding !== undefined && binding.kind !== "import") return globalValue(run, state, file, id);
  if (name === undefined) return UNKNOWN;
  return importedValue(run, state, name);
}

/** What an imported name stands for: a definition or a global of the workspace, else something known by name. */
export function importedValue(run: Run, state: State, name: string): Value {
  const definition = run.program.definition(name);
  if (definition !== null) return definitionValue(run, state, definition.node, definition.file, null);
  const global = run.program.global(name);
  if (global !== null) return globalValue(run, state, global.file, global.name);
  return ofKnown(name);
}

/**
 * The value of a module-level name: the join of all that the module's own statements bind it to. What functions
 * put into it with `global` is not followed.
 */
export function globalValue(run: Run, state: State, file: FlowFile, name: string): Value {
  const key = `${file.path}\0${name}`;
  const cached = run.globals.get(key);
  if (cached !== undefined) return cached;
  run.globals.set(key, UNKNOWN);
  const binding = file.model.scopeOf(file.model.module).bindings.get(name);
  const frame = newFrame(run, file, file.model.module);
  let value = BOTTOM;
  for (const definition of binding?.definitions ?? []) {
    value = joinValues(value, definitionOf(run, state, frame, definition, name));
  }
  if (binding === undefined || binding.definitions.length === 0) value = UNKNOWN;
  run.globals.set(key, value);
  return value;
}

function definitionOf(run: Run, state: State, frame: Frame, definition: Node, name: string): Value {
  if (
    definition.kind === "FunctionDef" ||
    definition.kind === "AsyncFunctionDef" ||
    definition.kind === "ClassDef"
  ) {
    return definitionValue(run, state, definition, frame.file, null, frame);
  }
  const statement = statementOf(definition);
  if (statement?.unit) run.dependencies.add(statement.unit);
  if (statement?.kind === "Assign" && statement.targets.every((t) => t.kind === "Name" && t.id === name)) {
    return run.interpreter.evaluate(run, frame, state, statement.value);
  }
  if (statement?.kind === "AnnAssign" && statement.value !== null && statement.target.kind === "Name") {
    return run.interpreter.evaluate(run, frame, state, statement.value);
  }
  return UNKNOWN;
}

function statementOf(node: Node): Stmt | null {
  for (let at: Node | null = node; at !== null; at = at.parent) if ("unit" in at) return at;
  return null;
}

/** The value of a `def` or `class`: the callable, after its own decorators as far as they are known. */
export function definitionValue(
  run: Run,
  state: State,
  node: FunctionNode | ClassDef,
  file: FlowFile,
  outer: Frame | null,
  at?: Frame,
): Value {
  if (node.unit !== null) run.dependencies.add(node.unit);
  if (node.kind === "ClassDef") return ofCallable({ kind: "class", node, file, outer });
  const plain = ofCallable({ kind: "function", node, file, outer, self: null });
  const frame = at ?? outer ?? newFrame(run, file, file.model.module);
  let value = plain;
  for (const decorator of node.decorator_list.toReversed()) {
    if (decorator.kind !== "Name" && decorator.kind !== "Call") continue;
    const wrapper = run.interpreter.evaluate(run, frame, state, decorator);
    if (!wrapper.callables.some((c) => c.kind === "function")) continue;
    const wrapped = run.interpreter.callValue(run, frame, state, decorator, wrapper, positional(value));
    if (wrapped.callables.some((c) => c.kind === "function")) value = wrapped;
  }
  return value;
}
