/** Guards: what a condition that held, or did not, says of the values that it tested. */

import { ALL_RISKS, type RiskSet, riskSet } from "../models/taint/types.ts";
import type { Attribute, Call, Compare, Expr, Subscript } from "../syntax/ast.ts";
import { spanOf } from "../syntax/tree.ts";
import { truthy } from "./conditions.ts";
import { constantMembers } from "./containers.ts";
import { CHECKED } from "./notes.ts";
import { learnOfPart } from "./parts.ts";
import { safeClass } from "./patterns.ts";
import { predicateRefinements } from "./predicates.ts";
import type { Frame, Run } from "./program.ts";
import { argumentOf } from "./sinks.ts";
import {
  copyState,
  getVariable,
  joinStates,
  REFINEMENT,
  refineVariable,
  replaceState,
  type State,
  variablesOf,
} from "./state.ts";
import { addStep, clearRisks, sameSource, UNTAINTED } from "./taint.ts";
import {
  ofConsts,
  onlyConst,
  onlyConsts,
  pyEqual,
  type Scalar,
  sameScalar,
  truthOf,
  type Value,
} from "./value.ts";

/** Narrows `state` to the runs in which `test` was true (or false); kills it where there are none. */
export function refine(run: Run, frame: Frame, state: State, test: Expr, positive: boolean): void {
  switch (test.kind) {
    case "UnaryOp":
      if (test.op === "Not") refine(run, frame, state, test.operand, !positive);
      return;
    case "BoolOp":
      // Each operand is looked at in both ways: nested ones twice as often as those around them.
      run.budget -= test.values.length;
      if (run.budget <= 0) return;
      return refineBoolean(run, frame, state, test.values, (test.op === "And") === positive, positive);
    case "Compare":
      return refineCompare(run, frame, state, test, positive);
    case "Call":
      return refineCall(run, frame, state, test, positive);
    case "NamedExpr":
      return refine(run, frame, state, test.target, positive);
    case "Name":
    case "Attribute":
    case "Subscript":
      return refineTruth(run, frame, state, test, positive);
    default:
      return;
  }
}

/** `all`: every operand had the wanted truth. Else at least one had: the join over which was the first. */
function refineBoolean(
  run: Run,
  frame: Frame,
  state: State,
  values: readonly Expr[],
  all: boolean,
  positive: boolean,
): void {
  if (all) {
    for (const value of values) if (state.alive) refine(run, frame, state, value, positive);
    return;
  }
  let result: State | null = null;
  const rest = copyState(state);
  for (const value of values) {
    const one = copyState(rest);
    refine(run, frame, one, value, positive);
    result = result === null ? one : joinStates(result, one);
    refine(run, frame, rest, value, !positive);
    if (!rest.alive) break;
  }
  if (result !== null) replaceState(state, result);
}

/** The name under which something learnt of an expression is kept: a variable's own, or a key for a pure chain. */
export function refinementKey(frame: Frame, node: Expr): string | null {
  if (node.kind === "Name") return node.id;
  if (!isPureChain(node)) return null;
  const { start, end } = spanOf(node);
  return REFINEMENT + frame.file.model.tree.text.slice(start, end);
}

function isPureChain(node: Expr): boolean {
  if (node.kind === "Name") return true;
  if (node.kind === "Attribute") return isPureChain(node.value);
  if (node.kind === "Subscript") return node.slice.kind === "Constant" && isPureChain(node.value);
  // `request.args.get("next")`, asked twice, gives the same.
  return (
    node.kind === "Call" &&
    node.func.kind === "Attribute" &&
    node.func.attr === "get" &&
    node.keywords.length === 0 &&
    node.args.every((arg) => arg.kind === "Constant") &&
    isPureChain(node.func.value)
  );
}

/** Replaces the value of a tested expression, and of the variable that it was computed from. */
function learn(run: Run, frame: Frame, state: State, node: Expr, change: (value: Value) => Value): void {
  const value = run.interpreter.evaluate(run, frame, state, node);
  if (
    /^(?:Name|Attribute|Subscript|Call)$/.test(node.kind) &&
    !learnOfPart(run, frame, state, node, change(value))
  ) {
    const key = refinementKey(frame, node);
    if (key !== null) refineVariable(state, frame, key, change(value));
  }
  if (value.link?.how === "text") {
    const linked = getVariable(state, value.link.frame, value.link.name);
    if (linked !== undefined) refineVariable(state, value.link.frame, value.link.name, change(linked));
  }
}

/** Clears risks of a tested expression. */
export function vouch(run: Run, frame: Frame, state: State, node: Expr, risks: RiskSet): void {
  learn(run, frame, state, node, (value) => ({
    ...value,
    taint:
      risks === ALL_RISKS ? UNTAINTED : addStep(clearRisks(value.taint, risks), node, frame.file, CHECKED),
  }));
}

/**
 * A check of one part of an upload (its ending) speaks for the upload: what came from the same place is cleared
 * of the risk that its type is the client's choice.
 */
function vouchForUpload(run: Run, frame: Frame, state: State, node: Expr): void {
  const { taint } = run.interpreter.evaluate(run, frame, copyState(state), node);
  if (taint.every(({ cleared }) => (cleared & UPLOAD) !== 0)) return;
  for (const [name, value] of [...(variablesOf(state, frame.id) ?? [])]) {
    if (!value.taint.some((one) => taint.some((other) => sameSource(one, other)))) continue;
    const cleared = value.taint.map((one) =>
      taint.some((other) => sameSource(one, other)) ? { ...one, cleared: one.cleared | UPLOAD } : one,
    );
    refineVariable(state, frame, name, { ...value, taint: cleared });
  }
  vouch(run, frame, state, node, UPLOAD);
}

const UPLOAD = riskSet("upload");

function refineTruth(
  run: Run,
  frame: Frame,
  state: State,
  node: Attribute | Subscript | Expr,
  positive: boolean,
): void {
  const value = run.interpreter.evaluate(run, frame, state, node);
  const truth = truthOf(value);
  if (truth !== null && truth !== positive) {
    state.alive = false;
    return;
  }
  learn(run, frame, state, node, (v) => (positive ? truthy(v) : { ...v, taint: UNTAINTED }));
}

function refineCompare(run: Run, frame: Frame, state: State, test: Compare, positive: boolean): void {
  if (test.ops.length !== 1) return;
  const op = test.ops[0];
  const right = test.comparators[0] as Expr;
  const truth = truthOf(run.interpreter.evaluate(run, frame, state, test));
  if (truth !== null && truth !== positive) {
    state.alive = false;
    return;
  }
  const holds =
    op === "Eq" || op === "Is" || op === "In"
      ? positive
      : op === "NotEq" || op === "IsNot" || op === "NotIn"
        ? !positive
        : null;
  if (holds === null) return;
  if (op === "In" || op === "NotIn") return refineMembership(run, frame, state, test.left, right, holds);
  refineEquality(run, frame, state, test.left, right, holds);
  refineEquality(run, frame, state, right, test.left, holds);
}

function refineEquality(run: Run, frame: Frame, state: State, node: Expr, other: Expr, equal: boolean): void {
  const value = run.interpreter.evaluate(run, frame, state, other);
  const consts = onlyConsts(value);
  if (consts === null || value.taint.length > 0) {
    refineByHost(run, frame, state, node, equal && value.taint.length === 0);
    // Equal to something that no client chose.
    if (equal && value.taint.length === 0 && value.refs.length === 0 && value.callables.length === 0)
      vouch(run, frame, state, node, ALL_RISKS);
    return;
  }
  const single = onlyConst(value);
  refineByHost(run, frame, state, node, equal && consts.every((c) => c.type === "str"));
  learn(run, frame, state, node, (old) => {
    if (equal) return narrowTo(old, consts);
    return single === null ? old : { ...old, consts: old.consts.filter((c) => !sameScalar(c, single)) };
  });
}

/** The value is one of the constants. */
function narrowTo(old: Value, consts: readonly Scalar[]): Value {
  const possible = old.opaque ? consts : consts.filter((c) => old.consts.some((d) => pyEqual(c, d)));
  return possible.length === 0 ? old : ofConsts(possible);
}

const HOST_RISKS = riskSet("ssrf", "redirect");

/** `urlparse(x).netloc == HOST`: `x` goes where we said. */
function refineByHost(run: Run, frame: Frame, state: State, node: Expr, holds: boolean): void {
  if (!holds) return;
  const { link } = run.interpreter.evaluate(run, frame, state, node);
  if (link?.how !== "url-host") return;
  const value = getVariable(state, link.frame, link.name);
  if (value !== undefined)
    refineVariable(state, link.frame, link.name, { ...value, taint: clearRisks(value.taint, HOST_RISKS) });
}

const METACHARACTERS: Readonly<Record<string, RiskSet>> = {
  "..": riskSet("path"),
  "/": riskSet("path"),
  "'": riskSet("xss", "sql"),
  "<": riskSet("xss"),
  "\n": riskSet("header", "log", "mail"),
};

function refineMembership(
  run: Run,
  frame: Frame,
  state: State,
  left: Expr,
  right: Expr,
  holds: boolean,
): void {
  const container = run.interpreter.evaluate(run, frame, state, right);
  const members = constantMembers(state, container);
  if (holds) vouchForUpload(run, frame, state, left);
  if (holds && members !== null) {
    refineByHost(run, frame, state, left, true);
    return learn(run, frame, state, left, (old) => narrowTo(old, members));
  }
  if (holds && container.taint.length === 0 && container.consts.length === 0) {
    const isCollection = container.type !== "builtins.str";
    if (isCollection) {
      refineByHost(run, frame, state, left, true);
      return vouch(run, frame, state, left, ALL_RISKS);
    }
  }
  const opened = left.kind === "Subscript" ? left.value : null;
  if (!holds && opened !== null && members !== null && startsFormulas(members))
    vouch(run, frame, state, opened, riskSet("csv"));
  const part = onlyConst(run.interpreter.evaluate(run, frame, state, left));
  if (!holds && part?.type === "str") {
    const cleared = METACHARACTERS[part.value];
    if (cleared !== undefined) vouch(run, frame, state, right, cleared);
  }
}

function refineCall(run: Run, frame: Frame, state: State, test: Call, positive: boolean): void {
  const name = frame.file.model.callee(test);
  if (test.func.kind === "Attribute" && positive) refineMethod(run, frame, state, test.func, test);
  if (test.func.kind === "Attribute" && !positive) refineRefused(run, frame, state, test.func, test);
  const guard = name === undefined ? undefined : run.knowledge.guards.get(name);
  if (guard !== undefined) {
    const target =
      guard.arg === undefined
        ? test.func.kind === "Attribute"
          ? test.func.value
          : null
        : argumentNode(test, guard.arg.at);
    if (positive && target !== null) vouch(run, frame, state, target, guard.clears);
    return;
  }
  const [subject] = test.args;
  if (positive && subject !== undefined && VOUCHING.test(lastName(test.func))) {
    vouchForUpload(run, frame, state, subject);
    vouch(run, frame, state, subject, ALL_RISKS);
    return;
  }
  if (name === "builtins.isinstance") return refineIsInstance(run, frame, state, test, positive);
  if (positive && name !== undefined) refinePattern(run, frame, state, test, name);
  predicateRefinements(run, frame, state, test, positive, (node, value) =>
    learn(run, frame, state, node, (old) => ({
      ...old,
      taint: value.taint,
      consts: value.opaque ? old.consts : value.consts,
      opaque: value.opaque,
      refs: value.refs.length ? value.refs : old.refs,
    })),
  );
}

/** A project's own word that a value is fine. We believe it: a false alarm behind a check costs trust. */
const VOUCHING =
  /(?:^|_)(?:is_?)?(?:safe|valid|validates?|allow|allows|allowed|trusted|permitted|whitelisted|acceptable|local|internal|same_origin)(?:_|$)/i;

function lastName(func: Expr): string {
  if (func.kind === "Attribute") return func.attr;
  return func.kind === "Name" ? func.id : "";
}

function argumentNode(call: Call, at: number | undefined): Expr | null {
  return at === undefined ? null : (call.args[at] ?? null);
}

/** Text methods that only plain characters pass. */
const PLAIN = /^is(digit|alnum|alpha|decimal|numeric|identifier)$/;

function refineMethod(run: Run, frame: Frame, state: State, func: Attribute, test: Call): void {
  if (PLAIN.test(func.attr)) return vouch(run, frame, state, func.value, ALL_RISKS);
  if (func.attr === "is_relative_to") {
    const value = run.interpreter.evaluate(run, frame, state, func.value);
    if (value.resolved) vouch(run, frame, state, func.value, riskSet("path"));
    return;
  }
  if (func.attr === "endswith") return vouchForUpload(run, frame, state, func.value);
  if (func.attr !== "startswith") return;
  const args = run.interpreter.evaluateArguments(run, frame, state, test);
  const start = argumentOf(args, { at: 0 });
  const value = run.interpreter.evaluate(run, frame, state, func.value);
  if (start.taint.length > 0) return;
  if (value.resolved) return vouch(run, frame, state, func.value, riskSet("path"));
  const text = onlyConst(start);
  if (text?.type === "str")
    learn(run, frame, state, func.value, (old) => ({
      ...old,
      prefix: old.prefix.startsWith(text.value) ? old.prefix : text.value,
    }));
}

/** `not text.startswith(("=", "+", "-", "@"))`: no spreadsheet takes it for a formula. */
function refineRefused(run: Run, frame: Frame, state: State, func: Attribute, test: Call): void {
  const [starts] = test.args;
  if (func.attr !== "startswith" || starts === undefined) return;
  const members = constantMembers(state, run.interpreter.evaluate(run, frame, state, starts));
  if (members !== null && startsFormulas(members)) vouch(run, frame, state, func.value, riskSet("csv"));
}

function startsFormulas(members: readonly Scalar[]): boolean {
  return ["=", "+", "-", "@"].every((start) => members.some((member) => member.value === start));
}

const SAFE_TYPES = /^builtins\.(int|float|bool|complex)$|^(uuid\.UUID|decimal\.Decimal|datetime\.\w+)$/;

function refineIsInstance(run: Run, frame: Frame, state: State, test: Call, positive: boolean): void {
  const [subject, cls] = test.args;
  if (!positive || subject === undefined || cls === undefined) return;
  const classes = cls.kind === "Tuple" ? cls.elts : [cls];
  const names = classes.map((c) => frame.file.model.qualifiedName(c));
  if (names.every((name) => name !== undefined && SAFE_TYPES.test(name)))
    vouch(run, frame, state, subject, ALL_RISKS);
  // Nobody sends a path object: the program made it.
  const value = run.interpreter.evaluate(run, frame, state, subject);
  if (value.type === null && names.every((name) => name?.startsWith("pathlib.") === true))
    vouch(run, frame, state, subject, ALL_RISKS);
  // A text is no mapping of operators.
  if (names.every((name) => name === "builtins.str")) vouch(run, frame, state, subject, riskSet("nosql"));
}

/** `re.fullmatch(r"[a-z0-9_]+", x)`: clears what the class of characters cannot express. */
function refinePattern(run: Run, frame: Frame, state: State, test: Call, name: string): void {
  const method = /^re\.(?:Pattern\.)?(fullmatch|match|search)$/.exec(name)?.[1];
  if (method === undefined) return;
  const isMethod = name.startsWith("re.Pattern.");
  const subject = test.args[isMethod ? 0 : 1];
  const pattern = isMethod ? patternOf(frame, test) : frame.file.model.stringValue(test.args[0] as Expr);
  if (subject === undefined || pattern === undefined) return;
  const cleared = safeClass(pattern, method);
  if (cleared !== 0) vouch(run, frame, state, subject, cleared);
}

/** The text of a compiled pattern: `NAME = re.compile("...")` once at module level. */
function patternOf(frame: Frame, test: Call): string | undefined {
  if (test.func.kind !== "Attribute" || test.func.value.kind !== "Name") return undefined;
  const binding = frame.file.model.resolve(test.func.value);
  const definition = binding?.single === true ? binding.definitions[0] : undefined;
  const statement = definition?.kind === "Name" ? definition.parent : definition;
  if (statement?.kind !== "Assign" || statement.value.kind !== "Call") return undefined;
  const text = statement.value.args[0];
  return text === undefined ? undefined : frame.file.model.stringValue(text);
}
