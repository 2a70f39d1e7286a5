/** Reads the team file: JSON as VS Code writes its own settings, with comments and trailing commas. */

import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { type ConfigFile, keyPath, lazyLines, type Table } from "../../base/toml.ts";

/** Parses a JSON file with comments. What is wrong with it becomes a problem, never an exception. */
export function readJson(path: string, text: string): ConfigFile {
  const lineCounter = new LineCounter();
  // YAML's flow style holds JSON and forgives a trailing comma; it also knows where each key stands.
  const document = parseDocument(blankComments(text), { lineCounter, strict: false, logLevel: "silent" });
  const root = document.contents;
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const [error] = document.errors;
  if (error !== undefined || !(isMap(root) && root.flow === true)) {
    const line = lineAt(error?.pos[0] ?? 0) || 1;
    const message = "This file is not valid JSON, so nothing in it counts: expected one object of settings.";
    const empty = root === null && text.trim() === "";
    return { path, data: {}, lineOf: () => 1, problems: empty ? [] : [{ path, line, message }] };
  }
  const lines = lazyLines(() => {
    const found = new Map<string, number>();
    collectLines(root, [], lineAt, found);
    return found;
  });
  return { path, data: document.toJS() as Table, lineOf: lines, problems: [] };
}

function collectLines(
  map: YAMLMap,
  above: readonly string[],
  lineAt: (offset: number) => number,
  lines: Map<string, number>,
): void {
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const path = [...above, String(key.value)];
    lines.set(keyPath(path), lineAt(key.range?.[0] ?? 0));
    if (isMap(value)) collectLines(value, path, lineAt, lines);
  }
}

/** Replaces comments with as many spaces, strings left alone. */
function blankComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, " "),
  );
}
