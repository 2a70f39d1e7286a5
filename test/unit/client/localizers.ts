/** Localizers for tests: one that leaves English as it is, and one that marks every message that went through it. */

import type { Localizer } from "../../../client/src/common/tree/node.ts";

const fill = (message: string, args: readonly (string | number)[]): string =>
  message.replace(/\{(\d+)\}/g, (_, at: string) => String(args[Number(at)]));

export const plain: Localizer = { t: (message, ...args) => fill(message, args) };

/** As a pseudo-locale: what is not between the marks was never offered for translation. */
export const pseudo: Localizer = { t: (message, ...args) => `⟦${fill(message, args)}⟧` };

/** The stretches of a text with letters in them that stand outside of all marks. */
export function unmarked(text: string): readonly string[] {
  let outside = "";
  let depth = 0;
  for (const char of text) {
    if (char === "⟦") depth += 1;
    if (depth === 0) outside += char;
    if (char === "⟧") {
      depth -= 1;
      outside += "\n";
    }
  }
  return outside
    .split(/[\n|[\]]+/)
    .map((each) => each.trim())
    .filter((each) => /\p{L}/u.test(each));
}
