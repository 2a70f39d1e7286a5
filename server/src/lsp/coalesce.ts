/** Work that many events ask for and that is done once for all of them. */

/** Returns a function that runs `work` once, `delayMs` after the first call since the last run. */
export function coalesce(delayMs: number, work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      work();
    }, delayMs);
  };
}
