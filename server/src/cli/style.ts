/** Colours for terminals. Whoever prints decides whether there is one; without, text stays plain. */

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

export type Style = (kind: keyof typeof CODES, text: string) => string;

export function createStyle(coloured: boolean): Style {
  if (!coloured) return (_kind, text) => text;
  return (kind, text) => `\u001b[${CODES[kind][0]}m${text}\u001b[${CODES[kind][1]}m`;
}
