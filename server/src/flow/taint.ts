/** Taint: who controls a value, what it may still do harm to, and the way that it took. */

import type { RiskSet, SourceKind } from "../models/taint/types.ts";
import type { Node } from "../syntax/ast.ts";
import type { FlowFile } from "./program.ts";

/** One place on a value's way, newest first. */
export interface Step {
  readonly node: Node;
  readonly file: FlowFile;
  readonly text: string;
  readonly previous: Step | null;
  readonly length: number;
}

export interface Taint {
  readonly kind: SourceKind;
  /** How a message calls the source. */
  readonly label: string;
  /** Where the value entered; with `kind` the identity of the taint. */
  readonly site: Node;
  /** Risks that the value can no longer carry. */
  readonly cleared: RiskSet;
  /** True where the value passed a function that is not known here and may well have checked it. */
  readonly unproven: boolean;
  readonly steps: Step;
}

export type TaintSet = readonly Taint[];

export const UNTAINTED: TaintSet = [];

/** More sources than this in one value teach nobody anything. */
const MAX_TAINTS = 6;
/** Longer ways keep their source and their newest steps. */
const MAX_STEPS = 24;

/** True where two taints entered at the same place. */
export function sameSource(a: Taint, b: Taint): boolean {
  return a.site === b.site && a.kind === b.kind;
}

/** Union; a risk is cleared only where both agree. Order is kept, the first way wins. */
export function joinTaint(a: TaintSet, b: TaintSet): TaintSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let result: Taint[] | null = null;
  for (const taint of b) {
    const list: TaintSet = result ?? a;
    const index = list.findIndex((other) => sameSource(other, taint));
    if (index < 0) {
      if (list.length < MAX_TAINTS) result = [...list, taint];
      continue;
    }
    const known = list[index] as Taint;
    const cleared = known.cleared & taint.cleared;
    const unproven = known.unproven && taint.unproven;
    if (cleared === known.cleared && unproven === known.unproven) continue;
    result = [...list];
    result[index] = { ...known, cleared, unproven, steps: taint.steps };
  }
  return result ?? a;
}

/** True where the sets have the same sources with the same risks cleared; the ways do not count. */
export function equalTaint(a: TaintSet, b: TaintSet): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((taint) =>
    b.some(
      (other) =>
        sameSource(taint, other) && taint.cleared === other.cleared && taint.unproven === other.unproven,
    ),
  );
}

/** The same values with some risks cleared. */
export function clearRisks(set: TaintSet, cleared: RiskSet): TaintSet {
  if (set.every((taint) => (taint.cleared & cleared) === cleared)) return set;
  return set.map((taint) => ({ ...taint, cleared: taint.cleared | cleared }));
}

/** The same values after a function that may have checked them. */
export function weaken(set: TaintSet): TaintSet {
  return set.every((taint) => taint.unproven) ? set : set.map((taint) => ({ ...taint, unproven: true }));
}

/** Records that the value passed a place. A step that repeats the newest one is not added. */
export function addStep(set: TaintSet, node: Node, file: FlowFile, text: string): TaintSet {
  if (set.length === 0) return set;
  return set.map((taint) => {
    if (taint.steps.node === node || taint.steps.length >= MAX_STEPS) return taint;
    const steps = { node, file, text, previous: taint.steps, length: taint.steps.length + 1 };
    return { ...taint, steps };
  });
}

/** The way from source to the newest place. */
export function stepsOf(taint: Taint): readonly Step[] {
  const steps: Step[] = [];
  for (let at: Step | null = taint.steps; at !== null; at = at.previous) steps.push(at);
  return steps.reverse();
}
