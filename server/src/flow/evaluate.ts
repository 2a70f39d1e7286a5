/** Expressions: what each may be, and what evaluating it does to the state. */

import { riskSet } from "../models/taint/types.ts";
import type { Attribute, Call, Dict, Expr, JoinedStr, Name, Subscript, TemplateStr } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { evaluateCall } from "./calls.ts";
import { inComprehension, mapSequence } from "./comprehensions.ts";
import { evaluateBoolean, evaluateCompare, evaluateConditional, evaluateUnary } from "./conditions.ts";
import { checkItem, dict, exactItems, iterate, keyOf, mergeInto, readItem, writeItem } from "./containers.ts";
import { lookupName } from "./globals.ts";
import { readAttribute } from "./instances.ts";
import type { CallArguments, Frame, Run } from "./program.ts";
import { refinementKey } from "./refine.ts";
import { allSettings, mayBeSecret, secretNamed, secretUnder, withoutSecrets } from "./secrets.ts";
import { sequence } from "./sequences.ts";
import { sourceValue } from "./sources.ts";
import { allocate, deepTaint, getVariable, mayRaise, type State } from "./state.ts";
import { asText, binary, concat, sliceText } from "./strings.ts";
import { addStep, clearRisks, joinTaint, UNTAINTED } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  bool,
  isBottom,
  joinValues,
  none,
  ofCallable,
  ofConst,
  onlyConst,
  onlyConsts,
  type Scalar,
  str,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

/** `!r` quotes control characters: no line can be forged. */
const REPR_CLEARS = riskSet("log");

/** The value of an expression; `state` is changed by its side effects. */
export function evaluate(run: Run, frame: Frame, state: State, node: Expr): Value {
  if (!state.alive) return BOTTOM;
  switch (node.kind) {
    case "Constant":
      return ofConstant(node.type, node.value);
    case "Name":
      return evaluateName(run, frame, state, node);
    case "Attribute":
      return evaluateAttribute(run, frame, state, node);
    case "Subscript":
      return evaluateSubscript(run, frame, state, node);
    case "Call":
      return evaluateCall(run, frame, state, node);
    case "BinOp":
      return evaluateBinary(run, frame, state, node);
    case "JoinedStr":
    case "TemplateStr":
      return evaluateJoined(run, frame, state, node);
    case "FormattedValue":
    case "Interpolation":
      return evaluate(run, frame, state, node.value);
    case "BoolOp":
      return evaluateBoolean(run, frame, state, node.op, node.values);
    case "IfExp":
      return evaluateConditional(run, frame, state, node);
    case "NamedExpr": {
      const value = evaluate(run, frame, state, node.value);
      assign(run, frame, state, node.target, value);
      return value;
    }
    case "Lambda":
      return ofCallable({ kind: "function", node, file: frame.file, outer: frame, self: null });
    case "Await":
    case "Starred":
      return evaluate(run, frame, state, node.value);
    default:
      return evaluateOther(run, frame, state, node);
  }
}

function evaluateOther(run: Run, frame: Frame, state: State, node: Expr): Value {
  switch (node.kind) {
    case "UnaryOp":
      return evaluateUnary(node.op, evaluate(run, frame, state, node.operand));
    case "Compare":
      return evaluateCompare(run, frame, state, node.left, node.ops, node.comparators);
    case "List":
    case "Tuple":
    case "Set":
      return evaluateSequence(run, frame, state, node);
    case "Dict":
      return evaluateDict(run, frame, state, node);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp": {
      const mapped = mapSequence(run, frame, state, node);
      if (mapped !== null) return mapped;
      const item = inComprehension(run, frame, state, node.generators, (inner) =>
        evaluate(run, frame, inner, node.elt),
      );
      return allocate(
        run,
        frame,
        state,
        node,
        sequence(node.kind === "SetComp" ? "builtins.set" : "builtins.list", null, item),
      );
    }
    case "DictComp": {
      let key = BOTTOM;
      const value = inComprehension(run, frame, state, node.generators, (inner) => {
        key = evaluate(run, frame, inner, node.key);
        return evaluate(run, frame, inner, node.value);
      });
      return allocate(run, frame, state, node, dict(new Map(), value, key));
    }
    case "Yield":
      frame.yields.push(node.value === null ? none : evaluate(run, frame, state, node.value));
      return UNKNOWN;
    case "YieldFrom":
      frame.yields.push(iterate(state, evaluate(run, frame, state, node.value)));
      return UNKNOWN;
    case "Slice":
      for (const part of [node.lower, node.upper, node.step])
        if (part !== null) evaluate(run, frame, state, part);
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function ofConstant(type: string, value: string | number | bigint | boolean | null): Value {
  switch (type) {
    case "str":
    case "bytes":
      return ofConst({ type, value: String(value) });
    case "int":
      return typeof value === "number" ? ofConst({ type, value }) : unknown(UNTAINTED, "builtins.int");
    case "float":
      return ofConst({ type, value: Number(value) });
    case "bool":
      return bool(value === true);
    case "None":
      return none;
    default:
      return UNKNOWN;
  }
}

function evaluateName(run: Run, frame: Frame, state: State, node: Name): Value {
  const value = lookupName(run, frame, state, node);
  if (value.type !== null || !value.opaque) return value;
  const type = frame.file.model.typeOf(node);
  return type === undefined ? value : { ...value, type };
}

function evaluateAttribute(run: Run, frame: Frame, state: State, node: Attribute): Value {
  const refined = knownRefinement(state, frame, node);
  if (refined !== null) return refined;
  const name = frame.file.model.qualifiedName(node);
  const source = name === undefined ? null : sourceValue(run, frame, node, [name]);
  if (source !== null) return source;
  const receiver = evaluate(run, frame, state, node.value);
  const value = readAttribute(run, frame, state, node, receiver, name ?? null);
  if (!mayBeSecret(value)) return value;
  if (node.attr === "__dict__") return addTaint(value, allSettings(node.value, node, frame.file));
  return addTaint(value, secretNamed(node.attr, node, frame.file));
}

function evaluateSubscript(run: Run, frame: Frame, state: State, node: Subscript): Value {
  const refined = knownRefinement(state, frame, node);
  if (refined !== null) return refined;
  const value = evaluate(run, frame, state, node.value);
  const { slice } = node;
  if (slice.kind !== "Slice") {
    const key = evaluate(run, frame, state, slice);
    const known = onlyConst(key);
    checkItem(run, state, value, known);
    const item = step(frame, node, typed(frame, node, readItem(state, value, key)));
    if (isNamespace(frame, node.value)) return addTaint(item, key.taint);
    if (known?.type !== "str" || !mayBeSecret(item)) return item;
    return addTaint(item, secretUnder(known.value, node, frame.file));
  }
  const bound = (part: Expr | null): Scalar | null =>
    part === null ? { type: "None", value: null } : onlyConst(evaluate(run, frame, state, part));
  const lower = bound(slice.lower);
  const upper = bound(slice.upper);
  const items = exactItems(state, value);
  const known = lower !== null && upper !== null && slice.step === null;
  if (value.refs.length > 0) {
    if (items !== null && known) {
      const at = (s: Scalar): number | undefined => (s.type === "int" ? s.value : undefined);
      const part = items.slice(at(lower), at(upper));
      return allocate(run, frame, state, node, sequence(value.type ?? "builtins.list", part));
    }
    return allocate(
      run,
      frame,
      state,
      node,
      sequence(value.type ?? "builtins.list", null, iterate(state, value)),
    );
  }
  return sliceText({ ...value, taint: withoutSecrets(value.taint) }, lower, upper, known);
}

/** `globals()[name]`: who chooses the name chooses what is found. */
function isNamespace(frame: Frame, node: Expr): boolean {
  const name = node.kind === "Call" ? frame.file.model.callee(node) : undefined;
  return name !== undefined && /^builtins\.(?:globals|locals|vars)$/.test(name);
}

/** Something untrusted, of the class that the semantic model knows for it. */
function typed(frame: Frame, node: Expr, value: Value): Value {
  if (value.type !== null || !value.opaque || value.taint.length === 0) return value;
  return { ...value, type: frame.file.model.typeOf(node) ?? null };
}

/** What a guard has learnt of this very expression on the way here. */
function knownRefinement(state: State, frame: Frame, node: Attribute | Subscript): Value | null {
  const key = refinementKey(frame, node);
  return key === null ? null : (getVariable(state, frame, key) ?? null);
}

/** Notes the place where a tainted part is taken out of something larger. */
function step(frame: Frame, node: Expr, value: Value): Value {
  return value.taint.length === 0
    ? value
    : { ...value, taint: addStep(value.taint, node, frame.file, "read here") };
}

function evaluateBinary(run: Run, frame: Frame, state: State, node: Extract<Expr, { kind: "BinOp" }>): Value {
  const left = evaluate(run, frame, state, node.left);
  const right = evaluate(run, frame, state, node.right);
  const bothRefs = left.refs.length > 0 && right.refs.length > 0;
  if (node.op === "Add" && bothRefs) {
    const a = exactItems(state, left);
    const b = exactItems(state, right);
    const both = a !== null && b !== null ? [...a, ...b] : null;
    const rest = both === null ? joinValues(iterate(state, left), iterate(state, right)) : BOTTOM;
    return allocate(run, frame, state, node, sequence(left.type ?? "builtins.list", both, rest));
  }
  if (
    node.op === "Mod" &&
    (left.type === "builtins.str" || left.prefix !== "" || onlyConsts(left)?.[0]?.type === "str")
  ) {
    return formatPercent(state, left, right);
  }
  if (node.op === "BitOr" && bothRefs) {
    const merged = allocate(run, frame, state, node, dict(new Map()));
    mergeInto(state, merged, left);
    mergeInto(state, merged, right);
    return merged;
  }
  if (/Div|Mod/.test(node.op)) mayRaise(run, state);
  return binary(node.op, left, right);
}

/** `"..." % args`: constants are filled in where each is a plain `%s` or `%d`. */
function formatPercent(state: State, template: Value, args: Value): Value {
  const text = onlyConst(template);
  const items = exactItems(state, args) ?? [args];
  const taint = joinTaint(template.taint, deepTaint(state, args));
  if (text?.type === "str") {
    const parts = text.value.split(/%[sd]/);
    if (parts.length === items.length + 1 && !text.value.replace(/%[sd]/g, "").includes("%")) {
      return items.reduce<Value>(
        (all, item, i) => concat(concat(all, asText(item)), str(parts[i + 1] as string)),
        str(parts[0] as string),
      );
    }
  }
  const prefix = text?.type === "str" ? (text.value.split("%")[0] ?? "") : "";
  return { ...unknown(taint, "builtins.str"), prefix };
}

function evaluateJoined(run: Run, frame: Frame, state: State, node: JoinedStr | TemplateStr): Value {
  let text = str("");
  for (const part of node.values) {
    let value = evaluate(run, frame, state, part);
    if (part.kind === "FormattedValue") {
      if (part.format_spec !== null) evaluate(run, frame, state, part.format_spec);
      const taint = deepTaint(state, value);
      value = asText(
        value,
        part.conversion === 114 || part.conversion === 97 ? clearRisks(taint, REPR_CLEARS) : taint,
      );
    }
    text = concat(text, value);
  }
  return text;
}

function evaluateSequence(
  run: Run,
  frame: Frame,
  state: State,
  node: Extract<Expr, { kind: "List" | "Tuple" | "Set" }>,
): Value {
  let items: Value[] | null = [];
  let rest = BOTTOM;
  for (const element of node.elts) {
    const value = evaluate(run, frame, state, element);
    if (element.kind !== "Starred") {
      if (items === null) rest = joinValues(rest, value);
      else items.push(value);
      continue;
    }
    const more = exactItems(state, value);
    if (items !== null && more !== null) items.push(...more);
    else {
      rest = [...(items ?? []), iterate(state, value)].reduce(joinValues, rest);
      items = null;
    }
  }
  const type =
    node.kind === "List" ? "builtins.list" : node.kind === "Tuple" ? "builtins.tuple" : "builtins.set";
  return allocate(run, frame, state, node, sequence(type, items, rest));
}

function evaluateDict(run: Run, frame: Frame, state: State, node: Dict): Value {
  const entries = new Map<string, Value>();
  let result: Value | null = null;
  for (const [i, key] of node.keys.entries()) {
    const value = evaluate(run, frame, state, node.values[i] as Expr);
    const at = key === null ? null : evaluate(run, frame, state, key);
    const constant = at === null ? null : onlyConst(at);
    // As long as keys are constants the object is not there yet: each write would copy what was written before.
    if (result === null && constant !== null) {
      entries.set(keyOf(constant), value);
      continue;
    }
    result ??= allocate(run, frame, state, node, dict(entries));
    if (at === null) mergeInto(state, result, value);
    else writeItem(state, result, at, value);
  }
  return result ?? allocate(run, frame, state, node, dict(entries));
}

/** Evaluates the arguments of a call. */
export function evaluateArguments(run: Run, frame: Frame, state: State, node: Call): CallArguments {
  const args: Value[] = [];
  let more = BOTTOM;
  const keywords = new Map<string, Value>();
  for (const arg of node.args) {
    const value = evaluate(run, frame, state, arg);
    if (arg.kind !== "Starred") {
      args.push(value);
      continue;
    }
    const items = exactItems(state, value);
    if (items !== null && isBottom(more)) args.push(...items);
    else more = joinValues(more, iterate(state, value));
  }
  let mapping = BOTTOM;
  for (const keyword of node.keywords) {
    const value = evaluate(run, frame, state, keyword.value);
    if (keyword.arg !== null) keywords.set(keyword.arg, value);
    else mapping = joinValues(mapping, value);
  }
  return { args, more, keywords, mapping };
}
