/** Runs something once after a burst of reasons to run it. */

export interface Soon {
  /** Runs the action a little later; further calls until then change nothing. */
  run(): void;
  dispose(): void;
}

/** @param ms how long reasons are gathered */
export function soon(ms: number, action: () => void): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    run() {
      timer ??= setTimeout(() => {
        timer = undefined;
        action();
      }, ms);
    },
    dispose: () => clearTimeout(timer),
  };
}
