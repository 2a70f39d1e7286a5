/** Expands a snippet as an editor does when somebody presses Tab through it and changes nothing. */

import type { SnippetModel } from "../../server/src/models/snippets.ts";

/** The code that a snippet inserts, imports on top, each placeholder at its default. */
export function expandSnippet({ imports, body }: Pick<SnippetModel, "imports" | "body">): string {
  const code = expandBody(body);
  return imports.length === 0 ? `${code}\n` : `${imports.join("\n")}\n\n\n${code}\n`;
}

/** @throws Error where a placeholder is not closed, or refers to a number that has no default */
export function expandBody(body: string): string {
  const defaults = new Map<string, string>();
  const expand = (text: string): string => {
    let result = "";
    for (let at = 0; at < text.length; ) {
      const escaped = /^\\([\\$}`])/.exec(text.slice(at));
      const plain = /^\$(\w+)/.exec(text.slice(at));
      if (escaped !== null) {
        result += escaped[1];
        at += 2;
      } else if (plain !== null) {
        result += defaults.get(plain[1] ?? "") ?? "";
        at += plain[0].length;
      } else if (text.startsWith("${", at)) {
        const end = closingBrace(text, at + 2);
        result += placeholder(text.slice(at + 2, end));
        at = end + 1;
      } else {
        result += text[at];
        at++;
      }
    }
    return result;
  };
  const placeholder = (inner: string): string => {
    const [, name = "", kind, rest = ""] = /^(\w+)(?:([:|])(.*))?$/s.exec(inner) ?? [];
    if (name === "") throw new Error(`not a placeholder: \${${inner}}`);
    const known = defaults.get(name);
    if (known !== undefined) return known;
    if (kind === undefined) throw new Error(`\${${name}} has no default yet`);
    const value = kind === "|" ? (rest.split(",")[0] ?? "") : expand(rest);
    defaults.set(name, value);
    return value;
  };
  return expand(body);
}

function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith("${", at)) depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  throw new Error(`not closed: ${text.slice(start, start + 40)}`);
}
