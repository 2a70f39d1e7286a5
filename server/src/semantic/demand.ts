/** Computes and remembers answers that rest on each other, safe against cycles and against any depth. */

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

export function createDemands(): Demands {
  /** For each answer that is being computed: whether it was found to rest on itself. */
  const restsOnItself: boolean[] = [];
  /** The first job that was too deep, while the stack unwinds to the bottom. */
  let postponed: Job | null = null;

  const markCyclic = () => {
    if (restsOnItself.length > 0) restsOnItself[restsOnItself.length - 1] = true;
  };

  /** Does jobs from an empty stack, the last first, and before each those that it turns out to need. */
  const settle = (waiting: Job[]): void => {
    for (const job of waiting) job.setActive(true);
    try {
      for (let job = waiting.at(-1); job !== undefined; job = waiting.at(-1)) {
        job.attempt();
        if (postponed === null) waiting.pop();
        else {
          postponed.setActive(true);
          waiting.push(postponed);
          postponed = null;
        }
      }
    } finally {
      postponed = null;
      for (const job of waiting) job.setActive(false);
    }
  };

  return {
    define<Key extends object, Value extends object | null | undefined>(
      compute: (key: Key) => Value,
      unknown: Value,
    ) {
      const answers = new Map<Key, Value | typeof ACTIVE | typeof NOTHING>();
      /** The answers that were found to rest on themselves. */
      const cyclic = new Set<Key>();

      /** Computes one answer; leaves it open where something below it was postponed. */
      const attempt = (key: Key, isWaiting: boolean): Value => {
        answers.set(key, ACTIVE);
        restsOnItself.push(false);
        let value: Value = unknown;
        let isCyclic: boolean | undefined;
        try {
          value = compute(key);
        } finally {
          isCyclic = restsOnItself.pop();
          if (postponed !== null && !isWaiting) answers.delete(key);
        }
        if (postponed !== null) return unknown;
        if (isCyclic === true) {
          value = unknown;
          cyclic.add(key);
          markCyclic();
        }
        answers.set(key, value === unknown ? NOTHING : value);
        return value;
      };

      const jobOf = (key: Key): Job => ({
        setActive(on) {
          if (on) answers.set(key, ACTIVE);
          else if (answers.get(key) === ACTIVE) answers.delete(key);
        },
        attempt: () => attempt(key, true),
      });

      const answered = (key: Key): Value => {
        const known = answers.get(key);
        return known === undefined || known === NOTHING || known === ACTIVE ? unknown : known;
      };

      return (key: Key): Value => {
        const known = answers.get(key);
        if (known !== undefined) {
          if (known === ACTIVE || (cyclic.size > 0 && cyclic.has(key))) markCyclic();
          return known === ACTIVE || known === NOTHING ? unknown : known;
        }
        if (postponed !== null) return unknown;
        if (restsOnItself.length >= MAX_DEPTH) {
          postponed = jobOf(key);
          return unknown;
        }
        const value = attempt(key, false);
        if (postponed === null || restsOnItself.length > 0) return value;
        const rest: Job = postponed;
        postponed = null;
        settle([jobOf(key), rest]);
        return answered(key);
      };
    },
  };
}
