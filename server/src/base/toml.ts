/** Reads TOML, and finds the line that a key stands on: the parser keeps values only. */

import { parse, TomlDate, TomlError } from "smol-toml";

/** Something wrong with a project file; the rest of the file still counts where it can be read. */
export interface ConfigProblem {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** One sentence that says what is wrong and what is expected. */
  readonly message: string;
}

export type Table = Readonly<Record<string, unknown>>;

/** A configuration file that was read. */
export interface ConfigFile {
  /** Absolute path with `/`. */
  readonly path: string;
  /** Everything in it; empty where it could not be read. */
  readonly data: Table;
  /** The line of a key given by its path (`["tool", "ruff", "select"]`), or of the nearest table above it; from 1. */
  lineOf(keys: readonly string[]): number;
  readonly problems: readonly ConfigProblem[];
}

/** Parses a TOML file. What is wrong with it becomes a problem, never an exception. */
export function readToml(path: string, text: string): ConfigFile {
  const lineOf = lazyLines(() => tomlLines(text));
  try {
    return { path, data: parse(text) as Table, lineOf, problems: [] };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const message = `This file is not valid TOML, so nothing in it counts: ${reason.replace(/^Invalid TOML document: /, "")}.`;
    return { path, data: {}, lineOf, problems: [{ path, line, message }] };
  }
}

/** Answers `lineOf` from a table of lines by joined key path, made when first asked for. */
export function lazyLines(make: () => ReadonlyMap<string, number>): ConfigFile["lineOf"] {
  let lines: ReadonlyMap<string, number> | null = null;
  return (keys) => {
    lines ??= make();
    for (let length = keys.length; length > 0; length--) {
      const line = lines.get(keyPath(keys.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

/** A key path as one string. */
export function keyPath(keys: readonly string[]): string {
  return keys.join("\u0000");
}

const HEADER = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/;
const KEY = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/;
const KEY_PART = /"([^"]*)"|'([^']*)'|([\w-]+)/g;

/** The line of each table header and key, keys of inline tables left out. */
function tomlLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let table: readonly string[] = [];
  let inside: string | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    if (inside !== null) {
      if (line.includes(inside)) inside = null;
      continue;
    }
    const header = HEADER.exec(line);
    const key = header === null ? KEY.exec(line) : null;
    if (header !== null) table = keyParts(header[1] as string);
    if (header !== null || key !== null) {
      const path = key === null ? table : [...table, ...keyParts(key[1] as string)];
      if (!lines.has(keyPath(path))) lines.set(keyPath(path), index + 1);
    }
    const quote = /"""|'''/.exec(line)?.[0];
    if (quote !== undefined && line.split(quote).length % 2 === 0) inside = quote;
  }
  return lines;
}

function keyParts(text: string): readonly string[] {
  return [...text.matchAll(KEY_PART)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** The table at a key path, or undefined where there is none. */
export function tableAt(data: Table, ...keys: readonly string[]): Table | undefined {
  let at: unknown = data;
  for (const key of keys) at = isTable(at) ? at[key] : undefined;
  return isTable(at) ? at : undefined;
}

/** True for a table, false for arrays and dates. */
export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
}

/** The strings of an array; whatever else it holds is left out. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
}
