/** The one way every handler runs: a fault is logged and becomes a value, a cancelled request ends as cancelled. */

import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Host } from "../base/host.ts";

/** Thrown where work stops because its request was cancelled. */
export const CANCELLED: unique symbol = Symbol("cancelled");

/** Ends the work of a request that nobody waits for any more. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw CANCELLED;
}

/** Runs a request; `fallback` answers where the work fails. */
export async function runSafe<Result, Details = void>(
  log: Host["log"],
  what: string,
  token: CancellationToken,
  fallback: Result,
  work: () => Promise<Result> | Result,
): Promise<Result | ResponseError<Details>> {
  try {
    throwIfCancelled(token);
    const result = await work();
    throwIfCancelled(token);
    return result;
  } catch (fault) {
    if (fault === CANCELLED || token.isCancellationRequested) {
      return new ResponseError<Details>(LSPErrorCodes.RequestCancelled, `${what} was cancelled.`);
    }
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
