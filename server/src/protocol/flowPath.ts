/** The way of untrusted data: from where it enters to where it does harm, step by step. */

/** Client to server: the flow whose end is at a position, or on its line. */
export const FLOW_PATH_REQUEST = "stackCoach/flowPath";
export interface FlowPathParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}
export interface FlowStep {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** What happens there ("stored in `name`"). */
  readonly text: string;
}
export interface FlowPath {
  readonly ruleId: string;
  readonly message: string;
  /** The source first; the last one is the sink. */
  readonly steps: readonly FlowStep[];
  /** The user's own text with a hostile value in it, as Markdown; null where there is none to show. Nothing was run. */
  readonly breakage: string | null;
}

/** Commands that our client provides; they act on the advice at the cursor. */
export const SHOW_PATH_COMMAND = "stackCoach.showPath";
export const SEE_IT_BREAK_COMMAND = "stackCoach.seeItBreak";
