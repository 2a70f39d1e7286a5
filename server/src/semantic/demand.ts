/** Computes and remembers answers that rest on each other, safe against cycles and against any depth. */

import { NO_READS, type Reads, type ReadTracker } from "./reads.ts";

/** Answers nested deeper than this are put off until the stack is shallow again. */
const MAX_DEPTH = 120;

/** Stands for an answer that is being computed, or waits for others. */
const ACTIVE = Symbol("active");
/** Stands for the answer `unknown`. */
const NOTHING = Symbol("nothing");

/** An answer to be computed from an empty stack. */
interface Job {
  setActive(active: boolean): void;
  attempt(): void;
}

/** Answers of several kinds that may rest on each other. */
export interface Demands {
  /**
   * Wraps `compute`; what the result was asked before, it answers from memory. An answer that rests on itself
   * is `unknown`, and so is every answer that rests on such a one: it does not matter which is asked first.
   */
  define<Key extends object, Value extends object | null | undefined>(
    compute: (key: Key) => Value,
    unknown: Value,
  ): (key: Key) => Value;
}

/** @param reads gathers what answers rest on in other files; what is answered from memory counts again */
export function createDemands(reads: ReadTracker | null = null): Demands {
  const desk: Desk = { restsOnItself: [], postponed: null, reads };
  return { define: (compute, unknown) => createAnswers(desk, compute, unknown) };
}

/** What all answers share while they are computed. */
interface Desk {
  /** For each answer that is being computed: whether it was found to rest on itself. */
  readonly restsOnItself: boolean[];
  /** The first job that was too deep, while the stack unwinds to the bottom. */
  postponed: Job | null;
  readonly reads: ReadTracker | null;
}

function markCyclic({ restsOnItself }: Desk): void {
  if (restsOnItself.length > 0) restsOnItself[restsOnItself.length - 1] = true;
}

/** Does jobs from an empty stack, the last first, and before each those that it turns out to need. */
function settle(desk: Desk, waiting: Job[]): void {
  for (const job of waiting) job.setActive(true);
  try {
    for (let job = waiting.at(-1); job !== undefined; job = waiting.at(-1)) {
      job.attempt();
      if (desk.postponed === null) waiting.pop();
      else {
        desk.postponed.setActive(true);
        waiting.push(desk.postponed);
        desk.postponed = null;
      }
    }
  } finally {
    desk.postponed = null;
    for (const job of waiting) job.setActive(false);
  }
}

/** The answers of one kind. */
interface Answers<Key, Value> {
  readonly desk: Desk;
  readonly compute: (key: Key) => Value;
  readonly unknown: Value;
  readonly known: Map<Key, Value | typeof ACTIVE | typeof NOTHING>;
  /** The answers that were found to rest on themselves. */
  readonly cyclic: Set<Key>;
  /** What answers rest on in other files; most rest on nothing there. */
  readonly reads: Map<Key, Reads>;
}

function createAnswers<Key extends object, Value extends object | null | undefined>(
  desk: Desk,
  compute: (key: Key) => Value,
  unknown: Value,
): (key: Key) => Value {
  const answers: Answers<Key, Value> = {
    desk,
    compute,
    unknown,
    known: new Map(),
    cyclic: new Set(),
    reads: new Map(),
  };
  const { known, cyclic } = answers;
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) {
      if (answers.reads.size > 0) desk.reads?.addAll(answers.reads.get(key) ?? NO_READS);
      if (found === ACTIVE || (cyclic.size > 0 && cyclic.has(key))) markCyclic(desk);
      return found === ACTIVE || found === NOTHING ? unknown : found;
    }
    if (desk.postponed !== null) return unknown;
    if (desk.restsOnItself.length >= MAX_DEPTH) {
      desk.postponed = jobOf(answers, key);
      return unknown;
    }
    const value = attempt(answers, key, false);
    if (desk.postponed === null || desk.restsOnItself.length > 0) return value;
    const rest: Job = desk.postponed;
    desk.postponed = null;
    settle(desk, [jobOf(answers, key), rest]);
    const settled = known.get(key);
    return settled === undefined || settled === NOTHING || settled === ACTIVE ? unknown : settled;
  };
}

/** Computes one answer; leaves it open where something below it was postponed. */
function attempt<Key, Value>(answers: Answers<Key, Value>, key: Key, isWaiting: boolean): Value {
  const { desk, known, unknown } = answers;
  known.set(key, ACTIVE);
  desk.restsOnItself.push(false);
  let value: Value = unknown;
  let isCyclic: boolean | undefined;
  const outer = desk.reads?.open() ?? null;
  try {
    value = answers.compute(key);
  } finally {
    const read = desk.reads?.close(outer) ?? NO_READS;
    if (read.size > 0) answers.reads.set(key, read);
    isCyclic = desk.restsOnItself.pop();
    if (desk.postponed !== null && !isWaiting) known.delete(key);
  }
  if (desk.postponed !== null) return unknown;
  if (isCyclic === true) {
    value = unknown;
    answers.cyclic.add(key);
    markCyclic(desk);
  }
  known.set(key, value === unknown ? NOTHING : value);
  return value;
}

function jobOf<Key, Value>(answers: Answers<Key, Value>, key: Key): Job {
  const { known } = answers;
  return {
    setActive(on) {
      if (on) known.set(key, ACTIVE);
      else if (known.get(key) === ACTIVE) known.delete(key);
    },
    attempt: () => void attempt(answers, key, true),
  };
}
