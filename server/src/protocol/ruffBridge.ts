/** The bridge to Ruff: which of its codes could take over advice of ours in a project, and the edit that lets them. */

import type { ChecklistEdit } from "./checklist.ts";

/** Client to server: what Ruff covers, and could cover, where a file stands. */
export const RUFF_BRIDGE_REQUEST = "stackCoach/ruffBridge";
export interface RuffBridgeParams {
  /** A file; left out: the first folder of the workspace. */
  readonly uri?: string;
  /** The codes that `edit` enables; left out: all that are offered. */
  readonly codes?: readonly string[];
}
export interface RuffBridgeResult {
  /** URI of the configuration that governs the file; null where Ruff has none there. */
  readonly config: string | null;
  /** Codes that Ruff reports already: our advice steps aside. */
  readonly covered: readonly RuffOverlap[];
  /** Codes that could be enabled. */
  readonly offered: readonly RuffOverlap[];
  /** Codes that the project turned off by name, which is a decision. */
  readonly declined: readonly RuffOverlap[];
  readonly edit: ChecklistEdit | null;
}
export interface RuffOverlap {
  readonly code: string;
  /** Rules of ours that step aside, wholly or with some of their messages, where the code is enabled. */
  readonly rules: readonly { readonly id: string; readonly title: string }[];
}
