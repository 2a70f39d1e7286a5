/** The ledger of suppressions: every comment that silences advice, of whichever tool, with what it still does. */

import type { PlainRange } from "./findings.ts";

/** Client to server: the suppression comments of the workspace; honours cancellation. */
export const SUPPRESSIONS_REQUEST = "stackCoach/suppressions";
export interface SuppressionsResult {
  readonly entries: readonly SuppressionEntry[];
  readonly checked: number;
  readonly cancelled: boolean;
}

export interface SuppressionEntry {
  readonly uri: string;
  readonly range: PlainRange;
  /** The comment as it is written. */
  readonly text: string;
  readonly tool: "coach" | "noqa" | "ruff" | "nosec" | "pylint";
  /** Null for a blanket one. */
  readonly codes: readonly string[] | null;
  readonly reason: string;
  /** `YYYY-MM-DD` after which it has no effect; null where it has no end. */
  readonly until: string | null;
  /** Rules of ours whose findings it silences now. */
  readonly silences: readonly string[];
  /**
   * `used`: it silences findings of ours. `stale`: it is one of ours and silences nothing, or its day is over.
   * `other`: it speaks to another tool, which alone can tell.
   */
  readonly state: "used" | "stale" | "other";
}
