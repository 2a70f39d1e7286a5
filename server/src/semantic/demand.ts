/** Computes and remembers answers that rest on each other, safe against cycles and against any depth. */

/** Answers nested deeper than this are put off until the stack is shallow again. */
const MAX_DEPTH = 120;

interface Frame {
  /** True once the answer was found to rest on itself: then it is unknown. */
  cyclic: boolean;
}

/** One answer that is being computed, or waits for others. */
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
  define<Key extends object, Value>(compute: (key: Key) => Value, unknown: Value): (key: Key) => Value;
}

export function createDemands(): Demands {
  const frames: Frame[] = [];
  /** The first job that was too deep, while the stack unwinds to the bottom. */
  let postponed: Job | null = null;

  const markCyclic = () => {
    const top = frames.at(-1);
    if (top !== undefined) top.cyclic = true;
  };

  /** Does jobs from an empty stack, the last first, and before each those that it turns out to need. */
  const settle = (waiting: Job[]): void => {
    for (const job of waiting) job.setActive(true);
    try {
      for (let job = waiting.at(-1); job !== undefined; job = waiting.at(-1)) {
        job.attempt();
        if (postponed === null) {
          job.setActive(false);
          waiting.pop();
        } else {
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
    define<Key extends object, Value>(compute: (key: Key) => Value, unknown: Value) {
      const answers = new Map<Key, Value>();
      const cyclic = new Set<Key>();
      const active = new Set<Key>();

      /** Computes one answer; leaves it open where something below it was postponed. */
      const attempt = (key: Key): Value => {
        const wasActive = active.has(key);
        active.add(key);
        const frame = { cyclic: false };
        frames.push(frame);
        let value: Value;
        try {
          value = compute(key);
        } finally {
          frames.pop();
          if (!wasActive) active.delete(key);
        }
        if (postponed !== null) return unknown;
        if (frame.cyclic) {
          value = unknown;
          cyclic.add(key);
          markCyclic();
        }
        answers.set(key, value);
        return value;
      };

      const jobOf = (key: Key): Job => ({
        setActive: (on) => (on ? active.add(key) : active.delete(key)),
        attempt: () => attempt(key),
      });

      return (key: Key): Value => {
        const known = answers.get(key);
        if (known !== undefined || answers.has(key)) {
          if (cyclic.has(key)) markCyclic();
          return known as Value;
        }
        if (active.has(key)) {
          markCyclic();
          return unknown;
        }
        if (postponed !== null) return unknown;
        if (frames.length >= MAX_DEPTH) {
          postponed = jobOf(key);
          return unknown;
        }
        if (frames.length > 0) return attempt(key);
        const value = attempt(key);
        if (postponed === null) return value;
        const rest: Job = postponed;
        postponed = null;
        settle([jobOf(key), rest]);
        return answers.has(key) ? (answers.get(key) as Value) : unknown;
      };
    },
  };
}
