/** The smallest edit of a Ruff configuration that enables some codes, checked before it is offered. */

import type { Replacement } from "../../base/text.ts";
import { isTable, readToml, stringsOf, type Table, tableAt } from "../../base/toml.ts";
import { baseName } from "./ruff.ts";

/**
 * Adds codes to the list that the file has already, else to a new `extend-select`.
 *
 * @param path of a `pyproject.toml`, `ruff.toml` or `.ruff.toml`
 * @returns null where the file is written in a way that no small edit fits, or does not parse
 */
export function enableCodes(path: string, text: string, codes: readonly string[]): Replacement | null {
  const prefix = baseName(path) === "pyproject.toml" ? ["tool", "ruff"] : [];
  const lint = [...prefix, "lint"];
  const candidates = [
    () => extendArray(text, lint, "extend-select", codes),
    () => extendArray(text, lint, "select", codes),
    () => extendArray(text, prefix, "lint.extend-select", codes),
    () => extendArray(text, prefix, "lint.select", codes),
    () => extendArray(text, prefix, "extend-select", codes),
    () => extendArray(text, prefix, "select", codes),
    () => insertKey(text, lint, codes),
    () => appendTable(text, lint, codes),
  ];
  for (const candidate of candidates) {
    const edit = candidate();
    if (edit !== null && takesEffect(path, text, edit, prefix, codes)) return edit;
  }
  return null;
}

/** The stretch of a table's own lines; for the root table the head of the file. */
function bodyOf(
  text: string,
  table: readonly string[],
): { readonly start: number; readonly end: number } | null {
  const header = new RegExp(
    `^[ \\t]*\\[[ \\t]*${table.join("[ \\t]*\\.[ \\t]*")}[ \\t]*\\][ \\t]*(?:#.*)?$`,
    "m",
  );
  const found = table.length === 0 ? { index: 0, 0: "" } : header.exec(text);
  if (found === null) return null;
  const start = found.index + found[0].length;
  const next = /^[ \t]*\[/m.exec(text.slice(start));
  return { start, end: next === null ? text.length : start + next.index };
}

function extendArray(
  text: string,
  table: readonly string[],
  key: string,
  codes: readonly string[],
): Replacement | null {
  const body = bodyOf(text, table);
  if (body === null) return null;
  const found = new RegExp(`^([ \\t]*)${key.replace(".", "\\s*\\.\\s*")}[ \\t]*=[ \\t]*\\[`, "m").exec(
    text.slice(body.start, body.end),
  );
  if (found === null) return null;
  const open = body.start + found.index + found[0].length;
  const close = closingBracket(text, open);
  if (close === null) return null;
  return close.lastItemEnd === null
    ? { start: open, end: close.at, text: quoted(codes) }
    : { start: close.lastItemEnd, end: close.lastItemEnd, text: after(text, open, close, codes) };
}

interface Closing {
  readonly at: number;
  /** Behind the last string of the array; null where it is empty. */
  readonly lastItemEnd: number | null;
}

/** Finds the end of an array of strings, past strings and comments. */
function closingBracket(text: string, open: number): Closing | null {
  const token = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|\]|\[/g;
  token.lastIndex = open;
  let lastItemEnd: number | null = null;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === "]") return { at: match.index, lastItemEnd };
    if (found === "[") return null;
    if (!found.startsWith("#")) lastItemEnd = match.index + found.length;
  }
  return null;
}

/** In the way that the array is written: on one line, or a line for each. */
function after(text: string, open: number, { at }: Closing, codes: readonly string[]): string {
  const inside = text.slice(open, at);
  const indent = /\n([ \t]*)\S/.exec(inside)?.[1];
  if (indent === undefined) return `, ${quoted(codes)}`;
  return codes.map((code) => `,${newline(text)}${indent}"${code}"`).join("");
}

function insertKey(text: string, table: readonly string[], codes: readonly string[]): Replacement | null {
  const body = bodyOf(text, table);
  if (body === null || table.length === 0) return null;
  const at = text[body.start - 1] === "\r" ? body.start - 1 : body.start;
  return { start: at, end: at, text: `${newline(text)}extend-select = [${quoted(codes)}]` };
}

function appendTable(text: string, table: readonly string[], codes: readonly string[]): Replacement {
  const end = newline(text);
  const gap = text === "" ? "" : text.endsWith("\n") ? end : end + end;
  const written = `[${table.join(".")}]${end}extend-select = [${quoted(codes)}]${end}`;
  return { start: text.length, end: text.length, text: `${gap}${written}` };
}

const quoted = (codes: readonly string[]): string => codes.map((code) => `"${code}"`).join(", ");

function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The codes are selected where Ruff looks, and nothing else says anything new. */
function takesEffect(
  path: string,
  text: string,
  edit: Replacement,
  prefix: readonly string[],
  codes: readonly string[],
): boolean {
  const before = readToml(path, text);
  const after = readToml(path, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  if (before.problems.length > 0 || after.problems.length > 0) return false;
  const selected = selectedIn(tableAt(after.data, ...prefix) ?? {});
  return codes.every((code) => selected.includes(code)) && sameOtherwise(before.data, after.data, prefix);
}

/** Below `lint` a key wins over the same at top level, as Ruff reads them. */
function selectedIn(options: Table): readonly string[] {
  const lint = isTable(options.lint) ? options.lint : {};
  return ["select", "extend-select"].flatMap((key) => stringsOf(lint[key] ?? options[key]) ?? []);
}

function sameOtherwise(before: Table, after: Table, prefix: readonly string[]): boolean {
  const others = (data: Table): string => JSON.stringify(withoutSelections(data, prefix));
  return others(before) === others(after);
}

/** The data with both lists of codes emptied, and tables that held nothing else left out. */
function withoutSelections(data: Table, prefix: readonly string[]): Table {
  const paths = [...prefix.map((_, length) => prefix.slice(0, length + 1)), [...prefix, "lint"]].map((path) =>
    path.join("."),
  );
  const copy = (table: Table, path: string): Table =>
    Object.fromEntries(
      Object.entries(table).flatMap(([key, value]) => {
        const below = path === "" ? key : `${path}.${key}`;
        const isSelection = (key === "select" || key === "extend-select") && isRuffTable(path, prefix);
        if (isSelection) return [];
        if (!isTable(value) || !paths.includes(below)) return [[key, value]];
        const inner = copy(value, below);
        return Object.keys(inner).length === 0 ? [] : [[key, inner]];
      }),
    );
  return copy(data, "");
}

function isRuffTable(path: string, prefix: readonly string[]): boolean {
  return path === prefix.join(".") || path === [...prefix, "lint"].join(".");
}
