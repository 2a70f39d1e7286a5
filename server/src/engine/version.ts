/** Analyses one version of a file: units that did not change answer from their memo, broken ones from the past. */

import type { Reads } from "../semantic/reads.ts";
import type { Node } from "../syntax/ast.ts";
import type { SyntaxTree, TextEdit, Unit } from "../syntax/tree.ts";
import {
  clearOfErrors,
  detach,
  hiddenByErrors,
  isBroken,
  type LastGood,
  shiftFindings,
  shiftLastGood,
  unitIdentities,
} from "./carry.ts";
import type { Plan } from "./plan.ts";
import { type RawFinding, spanOfPlace } from "./raw.ts";
import type { Live, Monitor, Runner, RunResult } from "./run.ts";

/** What earlier versions of the file said. */
export interface History {
  readonly lastGood: readonly LastGood[];
  /** What `Module` handlers said when the file last parsed; null before it ever did. */
  readonly moduleFindings: readonly RawFinding[] | null;
  /** Identities of units that were broken when the file was opened and still are; null before any analysis. */
  readonly neverGood: ReadonlySet<string> | null;
}

export const NO_HISTORY: History = { lastGood: [], moduleFindings: null, neverGood: null };

export interface Job {
  readonly plan: Plan;
  /** Text of everything about the file, besides its tree, that rules may ask for. */
  readonly context: string;
  readonly live: Live;
  readonly runner: Runner;
  /** The key of this file's results in a unit's memo. */
  readonly memoKey: object;
  readonly monitor: Monitor;
  /** Is filled with what the findings rest on in other files. */
  readonly projectRead: Map<string, string>;
}

/** Moves what the past said along with edits. */
export function shiftHistory(history: History, edits: readonly TextEdit[]): History {
  if (edits.length === 0) return history;
  return {
    lastGood: shiftLastGood(history.lastGood, edits),
    moduleFindings: history.moduleFindings && shiftFindings(history.moduleFindings, edits),
    neverGood: history.neverGood,
  };
}

export interface Outcome {
  /** In document order. */
  readonly findings: readonly RawFinding[];
  readonly history: History;
}

/** Runs what has to run and gathers what the version as a whole says. */
export function analyzeVersion(job: Job, past: History): Outcome {
  const { tree } = job.live.current;
  return isBroken(tree) ? analyzeBroken(job, tree, past) : analyzeGood(job, tree);
}

function analyzeGood(job: Job, tree: SyntaxTree): Outcome {
  const lastGood: LastGood[] = [];
  const findings: RawFinding[] = [];
  let identities: ReadonlyMap<Unit, string> | null = null;
  const identityOf = (unit: Unit): string => {
    identities ??= unitIdentities(tree.units);
    return identities.get(unit) ?? "";
  };
  for (const unit of tree.units) {
    const own = unitFindings(job, unit);
    if (own.length === 0) continue;
    findings.push(...own);
    lastGood.push(remember(unit, identityOf, own));
  }
  const ofModule = moduleFindings(job);
  findings.push(...ofModule);
  return {
    findings: findings.sort(byPlace),
    history: { lastGood, moduleFindings: detach(ofModule), neverGood: new Set() },
  };
}

function analyzeBroken(job: Job, tree: SyntaxTree, past: History): Outcome {
  const identities = unitIdentities(tree.units);
  const identityOf = (unit: Unit): string => identities.get(unit) ?? "";
  const lastGood: LastGood[] = [...hiddenByErrors(past.lastGood, tree)];
  const findings: RawFinding[] = lastGood.flatMap((entry) => entry.findings);
  const neverGood = new Set<string>();
  for (const unit of tree.units) {
    const identity = identityOf(unit);
    if (unit.broken) {
      // A unit that parsed once is judged by what it said then, not by what recovery makes of it now.
      if (past.neverGood !== null && !past.neverGood.has(identity)) continue;
      neverGood.add(identity);
      findings.push(...unitFindings(job, unit).filter((finding) => clearOfErrors(finding, tree.errors)));
      continue;
    }
    const own = unitFindings(job, unit);
    findings.push(...own);
    if (own.length > 0) lastGood.push(remember(unit, identityOf, own));
  }
  const ofModule = past.moduleFindings ?? moduleFindings(job).filter((it) => clearOfErrors(it, tree.errors));
  findings.push(...ofModule);
  return {
    findings: findings.sort(byPlace),
    history: { lastGood, moduleFindings: past.moduleFindings, neverGood },
  };
}

function remember(unit: Unit, identityOf: (unit: Unit) => string, findings: readonly RawFinding[]): LastGood {
  return {
    identity: () => identityOf(unit),
    named: unit.kind !== "statement",
    span: { start: unit.start, end: unit.start + unit.text.length },
    text: unit.text,
    findings: detach(findings),
  };
}

/** Results of one unit, and everything that they rest on besides its text. */
interface UnitMemo extends RunResult {
  readonly plan: Plan;
  readonly context: string;
  readonly outer: string;
}

function unitFindings(job: Job, unit: Unit): readonly RawFinding[] {
  const { model } = job.live.current;
  const outer = model.outerFingerprint(unit);
  const memo = unit.memo.get(job.memoKey) as UnitMemo | undefined;
  if (memo !== undefined && isValid(memo, job, outer)) {
    remind(job, memo.projectRead);
    return memo.findings;
  }
  const begun = job.monitor.now();
  const result = job.runner.unit(job.plan, unit);
  job.monitor.onTime(unit, job.monitor.now() - begun);
  const fresh: UnitMemo = { ...result, plan: job.plan, context: job.context, outer };
  unit.memo.set(job.memoKey, fresh);
  remind(job, fresh.projectRead);
  return fresh.findings;
}

/** Notes what the version as a whole rests on in the project. */
function remind({ projectRead }: Job, reads: Reads): void {
  for (const [key, fingerprint] of reads) projectRead.set(key, fingerprint);
}

function isValid(memo: UnitMemo, job: Job, outer: string): boolean {
  if (memo.plan !== job.plan || memo.context !== job.context || memo.outer !== outer) return false;
  for (const [fact, fingerprint] of memo.factsRead) {
    if (job.live.current.facts.fingerprint(fact) !== fingerprint) return false;
  }
  for (const [unit, fingerprint] of memo.unitsRead) {
    const { tree, model } = job.live.current;
    if (!isCurrent(unit, tree) || model.outerFingerprint(unit) !== fingerprint) return false;
  }
  return job.live.current.project.stands(memo.projectRead);
}

/** True where a unit that was read is still part of the file. */
function isCurrent(unit: Unit, tree: SyntaxTree): boolean {
  let at: Node | null = unit.root;
  while (at.parent !== null) at = at.parent;
  return at === tree.module;
}

function moduleFindings(job: Job): readonly RawFinding[] {
  const { findings, projectRead } = job.runner.module(job.plan);
  remind(job, projectRead);
  return findings;
}

function byPlace(a: RawFinding, b: RawFinding): number {
  const left = spanOfPlace(a.place);
  const right = spanOfPlace(b.place);
  return left.start - right.start || left.end - right.end || (a.rule.id < b.rule.id ? -1 : 1);
}
