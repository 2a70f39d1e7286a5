/** Recognises source files that a program wrote: nobody edits them, so nobody needs advice on them. */

/** What generators write near the top: both halves must stand close together, "do not edit" alone is a person's. */
const MARKS = [
  /@generated\b/,
  /\bgenerated\b[\s\S]{0,200}\bdo not (?:edit|modify)\b/i,
  /\bdo not (?:edit|modify)\b[\s\S]{0,200}\bgenerated\b/i,
];
const MAX_LINES = 40;
const QUOTES = /^[rRuU]?("""|''')/;

/** True where the comments at the top of a Python file, or its docstring, say that it was generated. */
export function isGenerated(text: string): boolean {
  const top = topOf(text);
  return MARKS.some((mark) => mark.test(top));
}

/** The leading comments and the docstring behind them. */
function topOf(text: string): string {
  const lines = text.slice(0, 8192).split(/\r\n|\r|\n/, MAX_LINES);
  const first = lines.findIndex((line) => !/^\s*(?:#.*)?$/.test(line));
  if (first < 0) return lines.join("\n");
  const quotes = QUOTES.exec(lines[first] ?? "")?.[1];
  if (quotes === undefined) return lines.slice(0, first).join("\n");
  const [comments, rest] = [lines.slice(0, first).join("\n"), lines.slice(first).join("\n")];
  const end = rest.indexOf(quotes, rest.indexOf(quotes) + 3);
  return `${comments}\n${end < 0 ? rest : rest.slice(0, end)}`;
}
