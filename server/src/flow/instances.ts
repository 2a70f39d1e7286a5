/** Instances of the workspace's classes: attributes, methods through inheritance, properties. */

import { riskSet } from "../models/taint/types.ts";
import type { Attribute, ClassDef, FunctionNode } from "../syntax/ast.ts";
import type { InstanceObject } from "./objects.ts";
import { type FlowFile, type Frame, newFrame, positional, type Run } from "./program.ts";
import { withoutSecrets } from "./secrets.ts";
import { sourceValue } from "./sources.ts";
import { objectsOf, type State, updateObjects } from "./state.ts";
import { addStep, clearRisks } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  isBottom,
  joinValues,
  ofCallable,
  ofKnown,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

interface ClassRef {
  readonly node: ClassDef;
  readonly file: FlowFile;
}

export interface Member {
  readonly node: FunctionNode | null;
  /** The value expression of a class-level assignment. */
  readonly value: import("../syntax/ast.ts").Expr | null;
  readonly owner: ClassRef;
}

/** The bases of a class that the workspace defines. */
function basesOf(run: Run, cls: ClassRef): readonly ClassRef[] {
  const result: ClassRef[] = [];
  for (const base of cls.node.bases) {
    const here = cls.file.model.definitionOf(base);
    if (here?.kind === "ClassDef") {
      result.push({ node: here, file: cls.file });
      continue;
    }
    const name = cls.file.model.qualifiedName(base);
    const there = name === undefined ? null : run.program.definition(name);
    if (there?.node.kind === "ClassDef") result.push({ node: there.node, file: there.file });
  }
  return result;
}

/** All names that a class goes by: its own qualified name and those of its ancestors, libraries' included. */
export function classNames(run: Run, cls: ClassRef, depth = 0): readonly string[] {
  const own = [...cls.file.model.ancestors(cls.node)];
  if (depth > 6) return own;
  for (const base of basesOf(run, cls)) own.push(...classNames(run, base, depth + 1));
  return own;
}

/** A member of a class by Python's lookup order (depth first, left to right), or null. */
export function findMember(run: Run, cls: ClassRef, name: string, depth = 0): Member | null {
  for (const statement of cls.node.body) {
    if (
      (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") &&
      statement.name === name
    ) {
      if (statement.unit !== null) run.dependencies.add(statement.unit);
      return { node: statement, value: null, owner: cls };
    }
    const value = assigned(statement, name);
    if (value !== null) return { node: null, value, owner: cls };
  }
  if (depth > 8) return null;
  for (const base of basesOf(run, cls)) {
    const member = findMember(run, base, name, depth + 1);
    if (member !== null) return member;
  }
  return null;
}

function assigned(statement: ClassDef["body"][number], name: string): import("../syntax/ast.ts").Expr | null {
  if (statement.kind === "Assign" && statement.targets.some((t) => t.kind === "Name" && t.id === name))
    return statement.value;
  if (statement.kind === "AnnAssign" && statement.target.kind === "Name" && statement.target.id === name)
    return statement.value;
  return null;
}

export function isDecoratedWith(node: FunctionNode, names: readonly string[]): boolean {
  return node.decorator_list.some((d) => d.kind === "Name" && names.includes(d.id));
}

/** Characters. */
const MAX_NAME = 120;

const PROPERTY = ["property", "cached_property"];

/** `receiver.attr`. `name` is what the semantic model calls the whole expression, if it knows. */
export function readAttribute(
  run: Run,
  frame: Frame,
  state: State,
  node: Attribute,
  receiver: Value,
  name: string | null,
): Value {
  const { attr } = node;
  let result = BOTTOM;
  for (const [, object] of objectsOf(state, receiver)) {
    if (object.kind === "instance")
      result = joinValues(result, readInstance(run, frame, state, node, receiver, object));
    else result = joinValues(result, ofKnown(`${object.type}.${attr}`, receiver));
  }
  for (const callable of receiver.callables) {
    if (callable.kind === "class") result = joinValues(result, readClass(run, frame, state, callable, attr));
    if (callable.kind === "known")
      result = joinValues(result, readKnown(run, frame, state, node, `${callable.name}.${attr}`));
  }
  if (isBottom(result) || receiver.opaque || receiver.consts.length > 0) {
    result = joinValues(result, readOpaque(run, frame, node, receiver, name));
  }
  const passed = VALIDATED.has(attr)
    ? receiver.taint
    : withoutSecrets(receiver.taint).filter((taint) => !taint.unproven);
  const all = addTaint(result, TOLD.has(attr) ? receiver.taint : passed);
  const cleared = VALIDATED.has(attr) ? VALIDATION_CLEARS : lastPart(attr, receiver);
  return cleared === 0 ? all : { ...all, taint: clearRisks(all.taint, cleared) };
}

/** Attributes that tell what an exception tells. */
const TOLD = new Set(["args", "message", "strerror", "format", "encode", "strip"]);

/** `Path(x).name` has no folder in it. */
function lastPart(attr: string, receiver: Value): number {
  const isPath = receiver.type?.startsWith("pathlib.") === true;
  return isPath && /^(?:name|stem|suffix)$/.test(attr) ? riskSet("path") : 0;
}

/** What a form or serializer has validated: in SQL or a command its text is still text. */
const VALIDATED = new Set(["cleaned_data", "validated_data"]);
/** Of a form or serializer these hold what it was given; all else is its own. */
const GIVEN = new Set([...VALIDATED, "data", "files", "initial_data"]);
const FORM =
  /^(?:django\.forms|django\.contrib\.auth\.forms|rest_framework\.serializers|wtforms|flask_wtf)\.|(?:Form|Serializer)$/;
const VALIDATION_CLEARS = riskSet("redirect", "path", "ssrf", "mass-assignment", "mail", "nosql");

function readKnown(run: Run, frame: Frame, state: State, node: Attribute, name: string): Value {
  // `node = node.parent` in a loop makes names without end, and nothing is known of them.
  if (name.length > MAX_NAME) return UNKNOWN;
  const source = sourceValue(run, frame, node, [name]);
  return source ?? run.interpreter.importedValue(run, state, name);
}

function readOpaque(run: Run, frame: Frame, node: Attribute, receiver: Value, name: string | null): Value {
  const type = receiver.type ?? frame.file.model.typeOf(node.value) ?? null;
  const names = type === null ? [] : [`${type}.${node.attr}`];
  const source = sourceValue(run, frame, node, names);
  if (source !== null) return source;
  // What an unknown function gave back is an object of its own: its attributes are not what it was given.
  const carried = VALIDATED.has(node.attr)
    ? receiver.taint
    : withoutSecrets(receiver.taint).filter((taint) => !taint.unproven);
  const taint = addStep(carried, node, frame.file, `read \`.${node.attr}\``);
  const value = unknown(taint, frame.file.model.typeOf(node) ?? null);
  if (type === null && name === null) return { ...value, link: urlLink(receiver, node.attr) };
  const callables = ofKnown(names[0] ?? (name as string), receiver).callables;
  return { ...value, callables, link: urlLink(receiver, node.attr) };
}

/** `urlparse(x).netloc`: what is tested of it says something of `x`. */
function urlLink(receiver: Value, attr: string): Value["link"] {
  if (receiver.link?.how !== "url" || !/^(netloc|hostname|host|scheme)$/.test(attr)) return null;
  return { ...receiver.link, how: "url-host" };
}

function readInstance(
  run: Run,
  frame: Frame,
  state: State,
  node: Attribute,
  receiver: Value,
  object: InstanceObject,
): Value {
  const own = object.attrs.get(node.attr);
  if (own !== undefined) return joinValues(own, object.rest);
  const names = object.cls === null ? [object.type ?? ""] : classNames(run, object.cls);
  const source = sourceValue(
    run,
    frame,
    node,
    names.map((cls) => `${cls}.${node.attr}`),
  );
  if (source !== null) return source;
  const member = object.cls === null ? null : findMember(run, object.cls, node.attr);
  if (member?.node) {
    if (isDecoratedWith(member.node, PROPERTY)) {
      return run.interpreter.callFunction(run, frame, state, node, bind(member, receiver), positional());
    }
    return ofCallable(bind(member, receiver));
  }
  if (member?.value)
    return run.interpreter.evaluate(
      run,
      newFrame(run, member.owner.file, member.owner.file.model.module),
      state,
      member.value,
    );
  const library = names.map((cls) => ofKnown(`${cls}.${node.attr}`, receiver));
  const isOwn = !GIVEN.has(node.attr) && names.some((name) => FORM.test(name));
  return joinValues(library.reduce(joinValues, isOwn ? BOTTOM : object.rest), UNKNOWN);
}

function bind(member: Member, self: Value): Extract<import("./value.ts").Callable, { kind: "function" }> {
  const node = member.node as FunctionNode;
  const isStatic = isDecoratedWith(node, ["staticmethod"]);
  const isClass = isDecoratedWith(node, ["classmethod"]);
  const cls = ofCallable({ kind: "class", node: member.owner.node, file: member.owner.file, outer: null });
  return {
    kind: "function",
    node,
    file: member.owner.file,
    outer: null,
    self: isStatic ? null : isClass ? cls : self,
  };
}

/** A method of a class, bound to a receiver; null where the class has none of that name. */
export function methodOf(run: Run, cls: ClassRef, name: string, receiver: Value): Value | null {
  const member = findMember(run, cls, name);
  return member?.node ? ofCallable(bind(member, receiver)) : null;
}

function readClass(run: Run, frame: Frame, state: State, cls: ClassRef, attr: string): Value {
  const member = findMember(run, cls, attr);
  if (member === null) return UNKNOWN;
  if (member.node !== null) {
    const isClass = isDecoratedWith(member.node, ["classmethod"]);
    const self = isClass ? ofCallable({ kind: "class", node: cls.node, file: cls.file, outer: null }) : null;
    return ofCallable({ kind: "function", node: member.node, file: member.owner.file, outer: null, self });
  }
  if (member.value === null) return UNKNOWN;
  return run.interpreter.evaluate(
    run,
    newFrame(run, member.owner.file, member.owner.file.model.module, { caller: frame }),
    state,
    member.value,
  );
}

/** `receiver.attr = value`. */
export function writeAttribute(state: State, receiver: Value, attr: string, value: Value): void {
  updateObjects(state, receiver, (object) => {
    if (object.kind === "instance") return { ...object, attrs: new Map(object.attrs).set(attr, value) };
    return object;
  });
}

/** The same as `readAttribute` for a method named by the caller, on an instance: the bound function, or null. */
export function boundMethod(run: Run, state: State, receiver: Value, name: string): Value | null {
  for (const [, object] of objectsOf(state, receiver)) {
    if (object.kind !== "instance" || object.cls === null) continue;
    const member = findMember(run, object.cls, name);
    if (member?.node) return ofCallable(bind(member, receiver));
  }
  return null;
}
