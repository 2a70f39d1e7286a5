/** Tells our own diagnostics from those of other tools. */

import type { Diagnostic } from "vscode";

/** What the server writes into `Diagnostic.source`. */
export const SOURCE = "Stack Coach";

export function isAdvice(diagnostic: Diagnostic): boolean {
  return diagnostic.source === SOURCE;
}

/** The rule's id, or undefined where the diagnostic is not ours. */
export function ruleOf(diagnostic: Diagnostic): string | undefined {
  if (!isAdvice(diagnostic)) return undefined;
  const { code } = diagnostic;
  return String(typeof code === "object" ? code.value : code);
}
