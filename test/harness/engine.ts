/** The engine as tests use it: the installed grammar, the rules asked for, and every fault of a rule an error. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createEngine, type Engine } from "../../server/src/engine/analyze.ts";
import { createConfigResolver } from "../../server/src/engine/config/resolve.ts";
import type { FileConfig } from "../../server/src/engine/config/types.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { createPythonParser, type PythonParser } from "../../server/src/syntax/parser.ts";

const PLACES: Readonly<Record<string, string>> = {
  "web-tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-python.wasm": "@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm",
};

/** The parser, with the wasm files of the installed packages. */
export function createTestParser(): Promise<PythonParser> {
  return createPythonParser((name) =>
    readFile(fileURLToPath(new URL(`../../node_modules/${PLACES[name]}`, import.meta.url))),
  );
}

/** An engine, and what it logged: empty unless a rule failed. */
export interface TestEngine {
  readonly engine: Engine;
  readonly faults: string[];
}

/** Creates an engine over the given rules. */
export function createTestEngine(
  parser: PythonParser,
  rules: readonly AnyRule[],
  today?: string,
): TestEngine {
  const faults: string[] = [];
  const engine = createEngine({
    parser,
    rules,
    log: (level, message) => {
      if (level === "error") faults.push(message);
    },
    now: () => performance.now(),
    ...(today === undefined ? {} : { today: () => today }),
  });
  return { engine, faults };
}

/**
 * The configuration of a file in a project of the given files, read as the product reads it. Advice of all
 * levels shows unless a file says otherwise.
 */
export function configOf(files: Readonly<Record<string, string>>, path: string): Promise<FileConfig> {
  const resolver = createConfigResolver({
    readFile: async (file) => {
      const text = files[file.replace(/^\/project\//, "")];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    rules: RULES,
  });
  const editor = [{ label: "test", values: { level: "senior" } }];
  return resolver.resolve({ path: `/project/${path}`, root: "/project", editor });
}
