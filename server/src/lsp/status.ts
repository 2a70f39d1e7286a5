/** What the client's status item shows: the state, the time of the last analysis, a problem to mend. */

import type { Connection } from "vscode-languageserver";
import { STATUS_NOTIFICATION, type StatusParams } from "../protocol/messages.ts";
import { coalesce } from "./coalesce.ts";

export interface Status {
  /** Shows a state. */
  setState(state: StatusParams["state"]): void;
  /** The last analysis: which file, how long it took, and what keeps it from being right (or null). */
  analysed(uri: string, milliseconds: number, problem: string | null): void;
  /** Nothing can be analysed, and why. */
  failed(problem: string): void;
}

/** Rapid typing needs no message a keystroke. */
const QUIET_MS = 40;

/** @param wanted false for clients that did not introduce themselves: they would only log the notifications. */
export function createStatus(connection: Connection, wanted: boolean): Status {
  let params: StatusParams = { state: "warming-up" };
  const send = coalesce(QUIET_MS, () => {
    void connection.sendNotification(STATUS_NOTIFICATION, params).catch(() => undefined);
  });
  const show = (next: StatusParams) => {
    params = next;
    if (wanted) send();
  };
  return {
    setState: (state) => show({ ...params, state }),
    failed: (problem) => show({ state: "ready", problem }),
    analysed(uri, milliseconds, problem) {
      const timed = { state: params.state, uri, lastAnalysisMs: milliseconds };
      show(problem === null ? timed : { ...timed, problem });
    },
  };
}
