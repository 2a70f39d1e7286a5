/** The parser for tests of the syntax layer, with the wasm files of the installed packages. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  createPythonParser,
  type ParserOptions,
  type PythonParser,
} from "../../../server/src/syntax/parser.ts";

const PLACES: ReadonlyMap<string, string> = new Map([
  ["web-tree-sitter.wasm", "web-tree-sitter/web-tree-sitter.wasm"],
  ["tree-sitter-python.wasm", "@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm"],
]);

/** The bytes of a wasm file by its base name. */
export async function loadWasm(name: string): Promise<Uint8Array> {
  const place = PLACES.get(name);
  if (place === undefined) throw new Error(`No package holds ${name}`);
  return readFile(fileURLToPath(new URL(`../../../node_modules/${place}`, import.meta.url)));
}

export function createTestParser(options?: ParserOptions): Promise<PythonParser> {
  return createPythonParser(loadWasm, options);
}
