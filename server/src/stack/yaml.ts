/** Reads YAML into plain data that still knows on which line each value stands. */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** One value with its place; what is asked for and is not there is undefined. */
export interface YamlNode {
  /** From 1. */
  readonly line: number;
  /** The scalar, or undefined for maps and sequences. */
  readonly scalar: string | number | boolean | null | undefined;
  /** The entries of a map, in order; empty for everything else. */
  readonly entries: readonly (readonly [string, YamlNode])[];
  /** The items of a sequence, in order; empty for everything else. */
  readonly items: readonly YamlNode[];
}

export interface YamlFile {
  readonly root: YamlNode | null;
  /** What keeps the file from being read, and its line. */
  readonly problem: { readonly line: number; readonly message: string } | null;
}

/** Aliases are followed this deep: they may lead in circles. */
const MAX_DEPTH = 40;
/** Values of a file that are read: aliases can make one of every kilobyte a thousand. */
const MAX_NODES = 20_000;

export function readYaml(text: string): YamlFile {
  const counter = new LineCounter();
  const lineOf = (node: { readonly range?: readonly number[] | null }) =>
    counter.linePos(node.range?.[0] ?? 0).line;
  try {
    const document = parseDocument(text, { lineCounter: counter, strict: false, logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) {
      const [reason = ""] = error.message.split("\n");
      const line = counter.linePos(error.pos[0]).line;
      return { root: null, problem: { line, message: `This file is not valid YAML: ${reason}` } };
    }
    let left = MAX_NODES;
    const convert = (node: Node | null, line: number, depth: number): YamlNode => {
      const real = isAlias(node) ? (node.resolve(document) ?? null) : node;
      const own = node === null ? line : lineOf(node);
      const nothing = { line: own, scalar: undefined, entries: [], items: [] };
      if (depth > MAX_DEPTH || --left < 0) return nothing;
      if (isMap(real)) {
        const entries = real.items.map(({ key, value }) => {
          const at = isScalar(key) ? lineOf(key) : own;
          const inner = convert(value as Node | null, at, depth + 1);
          // A value's own line is where its first item stands; people look for the key.
          return [isScalar(key) ? String(key.value) : "", { ...inner, line: at }] as const;
        });
        return { ...nothing, entries };
      }
      if (isSeq(real)) {
        return { ...nothing, items: real.items.map((item) => convert(item as Node | null, own, depth + 1)) };
      }
      return { ...nothing, scalar: isScalar(real) ? (real.value as YamlNode["scalar"]) : null };
    };
    return { root: convert(document.contents as Node | null, 1, 0), problem: null };
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return { root: null, problem: { line: 1, message: `This file cannot be read as YAML: ${reason}` } };
  }
}

/** The value at a path of keys. */
export function yamlAt(node: YamlNode | null | undefined, ...keys: readonly string[]): YamlNode | undefined {
  let at = node ?? undefined;
  for (const key of keys) at = at?.entries.find(([name]) => name === key)?.[1];
  return at;
}

/** A scalar as text; undefined for maps, sequences and what is not there. */
export function yamlText(node: YamlNode | null | undefined): string | undefined {
  return node?.scalar === undefined || node.scalar === null ? undefined : String(node.scalar);
}

/** A list of texts, also where a single text stands for a list of one. */
export function yamlTexts(node: YamlNode | null | undefined): readonly string[] {
  const single = yamlText(node);
  if (single !== undefined) return [single];
  return (node?.items ?? []).flatMap((item) => yamlText(item) ?? []);
}
