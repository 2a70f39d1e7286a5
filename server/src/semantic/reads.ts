/** What answers rest on outside of their own file, recorded while they are worked out. */

/** What was read, by a key that names it, with the fingerprint that it had then. */
export type Reads = ReadonlyMap<string, string>;

export const NO_READS: Reads = new Map();

/** Marks a stretch of work whose reads are gathered. */
export type ReadScope = Map<string, string> | null;

/** Gathers reads. Scopes nest: what is read in an inner one counts for those around it too. */
export interface ReadTracker {
  add(key: string, fingerprint: string): void;
  /** Counts for the current scope what an answer from memory rested on. */
  addAll(reads: Reads): void;
  /** Begins a scope; the result is to be handed to `close`. */
  open(): ReadScope;
  /** Ends the scope that was opened last. */
  close(outer: ReadScope): Reads;
  /** Runs work whose reads count for nobody else. */
  apart<Value>(work: () => Value): { readonly value: Value; readonly reads: Reads };
}

export function createReadTracker(): ReadTracker {
  let depth = 0;
  let current: ReadScope = null;
  const addAll = (reads: Reads): void => {
    if (depth === 0 || reads.size === 0) return;
    current ??= new Map();
    for (const [key, fingerprint] of reads) current.set(key, fingerprint);
  };
  return {
    add(key, fingerprint) {
      if (depth === 0) return;
      current ??= new Map();
      current.set(key, fingerprint);
    },
    addAll,
    open() {
      const outer = current;
      current = null;
      depth++;
      return outer;
    },
    close(outer) {
      const reads = current ?? NO_READS;
      current = outer;
      depth--;
      addAll(reads);
      return reads;
    },
    apart(work) {
      const outer = current;
      const outerDepth = depth;
      current = null;
      depth = 1;
      try {
        const value = work();
        return { value, reads: current ?? NO_READS };
      } finally {
        current = outer;
        depth = outerDepth;
      }
    },
  };
}
