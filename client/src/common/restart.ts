/** What happens when the server dies: it is started again, a bounded number of times, and the log says so. */

import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from "vscode-languageclient";

/** A server that dies more often than this within the window is broken, not unlucky. */
const MAX_RESTARTS = 4;
const WINDOW_MS = 3 * 60_000;

/** Never shows a message of its own: the status item says that the server stopped, the log why. */
export function createRestartPolicy(log: (message: string) => void, now: () => number): ErrorHandler {
  let crashes: number[] = [];
  return {
    error(error, message, count) {
      log(`Connection error ${count ?? ""}${message ? " while a message was sent" : ""}: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed(): CloseHandlerResult {
      crashes = [...crashes.filter((time) => now() - time < WINDOW_MS), now()];
      const again = crashes.length <= MAX_RESTARTS;
      const message = again
        ? `The server stopped unexpectedly; starting it again (${crashes.length} of ${MAX_RESTARTS}).`
        : `The server stopped ${crashes.length} times within ${WINDOW_MS / 60_000} minutes and is left stopped; "Stack Coach: Restart Server" starts it.`;
      log(message);
      return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, message, handled: true };
    },
  };
}
