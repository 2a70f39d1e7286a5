/** The one way every handler runs: a fault is logged and becomes a value, a cancelled request ends as cancelled. */

import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Host } from "../base/host.ts";

/**
 * Runs a request.
 *
 * @param token a request that was cancelled ends as such, whatever came of the work; to tell of cancellation in
 *   the result, pass `CancellationToken.None` and hand the real token to the work
 * @param fallback answers where the work fails
 */
export async function runSafe<Result, Details = void>(
  log: Host["log"],
  what: string,
  token: CancellationToken,
  fallback: Result,
  work: () => Promise<Result> | Result,
): Promise<Result | ResponseError<Details>> {
  const cancelled = () =>
    new ResponseError<Details>(LSPErrorCodes.RequestCancelled, `${what} was cancelled.`);
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await work();
    return token.isCancellationRequested ? cancelled() : result;
  } catch (fault) {
    if (token.isCancellationRequested) return cancelled();
    log("error", `${what} failed: ${describe(fault)}`);
    return fallback;
  }
}

/** Runs what nobody waits for: a notification, a timer. */
export async function runQuietly(
  log: Host["log"],
  what: string,
  work: () => Promise<void> | void,
): Promise<void> {
  try {
    await work();
  } catch (fault) {
    log("error", `${what} failed: ${describe(fault)}`);
  }
}

/** A fault as text for the log, with its stack where it has one. */
export function describe(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
