/** `match` statements: which cases can be taken, and what their patterns bind. */

import type { Match, Pattern } from "../syntax/ast.ts";
import { exactItems, iterate, readItem } from "./containers.ts";
import type { Frame, Run } from "./program.ts";
import { refinementKey } from "./refine.ts";
import { copyState, joinStates, type State, setVariable } from "./state.ts";
import { ofConst, onlyConsts, pyEqual, type Scalar, truthOf, unknown, type Value } from "./value.ts";

/** Interprets the cases in order, each with what the ones before it did not take. */
export function matchCases(run: Run, frame: Frame, state: State, node: Match): State | null {
  const subject = run.interpreter.evaluate(run, frame, state, node.subject);
  let rest: State | null = state.alive ? state : null;
  let result: State | null = null;
  for (const { pattern, guard, body } of node.cases) {
    if (rest === null) break;
    const answer = matches(run, frame, rest, pattern, subject);
    if (answer === false) continue;
    const taken = copyState(rest);
    bind(run, frame, taken, pattern, subject);
    narrow(run, frame, taken, node, pattern);
    const guarded = guard === null ? true : truthOf(run.interpreter.evaluate(run, frame, taken, guard));
    if (guarded === false) continue;
    if (guard !== null) run.interpreter.refine(run, frame, taken, guard, true);
    const end = taken.alive ? run.interpreter.runBody(run, frame, taken, body) : null;
    if (end !== null) result = result === null ? end : joinStates(result, end);
    if (answer === true && guarded === true) rest = null;
  }
  if (rest === null) return result;
  return result === null ? rest : joinStates(result, rest);
}

/** Whether a pattern matches: surely, surely not, or perhaps (null). */
function matches(run: Run, frame: Frame, state: State, pattern: Pattern, subject: Value): boolean | null {
  switch (pattern.kind) {
    case "MatchAs":
      return pattern.pattern === null ? true : matches(run, frame, state, pattern.pattern, subject);
    case "MatchOr": {
      const answers = pattern.patterns.map((p) => matches(run, frame, state, p, subject));
      if (answers.includes(true)) return true;
      return answers.includes(null) ? null : false;
    }
    case "MatchValue":
      return equals(
        subject,
        onlyConsts(run.interpreter.evaluate(run, frame, copyState(state), pattern.value)),
      );
    case "MatchSingleton":
      return equals(subject, [
        pattern.value === null ? { type: "None", value: null } : { type: "bool", value: pattern.value },
      ]);
    case "MatchSequence":
    case "MatchMapping":
      return onlyConsts(subject) === null ? null : false;
    default:
      return null;
  }
}

function equals(subject: Value, consts: readonly Scalar[] | null): boolean | null {
  const possible = onlyConsts(subject);
  if (possible === null || consts === null) return null;
  const answers = possible.flatMap((a) => consts.map((b) => pyEqual(a, b)));
  if (answers.every(Boolean)) return true;
  return answers.some(Boolean) ? null : false;
}

/** In a case of constants the subject is one of them. */
function narrow(run: Run, frame: Frame, state: State, node: Match, pattern: Pattern): void {
  const key = refinementKey(frame, node.subject);
  if (key === null) return;
  const values = pattern.kind === "MatchOr" ? pattern.patterns : [pattern];
  const consts: Scalar[] = [];
  for (const value of values) {
    if (value.kind !== "MatchValue") return;
    const known = onlyConsts(run.interpreter.evaluate(run, frame, state, value.value));
    if (known === null) return;
    consts.push(...known);
  }
  const [first, ...others] = consts;
  if (first === undefined) return;
  const narrowed = others.length === 0 ? ofConst(first) : { ...ofConst(first), consts, prefix: "" };
  setVariable(state, frame, key, narrowed);
}

function bind(run: Run, frame: Frame, state: State, pattern: Pattern, subject: Value): void {
  switch (pattern.kind) {
    case "MatchAs":
      if (pattern.pattern !== null) bind(run, frame, state, pattern.pattern, subject);
      if (pattern.name !== null) setVariable(state, frame, pattern.name, subject);
      return;
    case "MatchStar":
      if (pattern.name !== null)
        setVariable(state, frame, pattern.name, unknown(iterate(state, subject).taint));
      return;
    case "MatchOr":
      for (const part of pattern.patterns) bind(run, frame, state, part, subject);
      return;
    case "MatchSequence": {
      const items = exactItems(state, subject);
      for (const [i, part] of pattern.patterns.entries()) {
        bind(
          run,
          frame,
          state,
          part,
          items?.length === pattern.patterns.length ? (items[i] as Value) : iterate(state, subject),
        );
      }
      return;
    }
    case "MatchMapping":
      for (const [i, part] of pattern.patterns.entries()) {
        const key = pattern.keys[i];
        if (key !== undefined)
          bind(
            run,
            frame,
            state,
            part,
            readItem(state, subject, run.interpreter.evaluate(run, frame, state, key)),
          );
      }
      if (pattern.rest !== null) setVariable(state, frame, pattern.rest, subject);
      return;
    case "MatchClass":
      for (const part of [...pattern.patterns, ...pattern.kwd_patterns])
        bind(run, frame, state, part, unknown(subject.taint));
      return;
    default:
      return;
  }
}
