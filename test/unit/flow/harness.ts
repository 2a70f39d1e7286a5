/** Runs the flow analysis over a text: one line a hit, `line risk source-label`. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { NO_OTHER_FILES } from "../../../server/src/engine/flows.ts";
import { analyzeFunction, analyzeModule, type FlowResult } from "../../../server/src/flow/analyze.ts";
import { compileKnowledge, type Knowledge } from "../../../server/src/flow/knowledge.ts";
import { handlerOf } from "../../../server/src/frameworks/handlers.ts";
import { TAINT_MODELS } from "../../../server/src/models/taint/index.ts";
import { buildModel } from "../../../server/src/semantic/build.ts";
import { createPythonParser } from "../../../server/src/syntax/parser.ts";
import { spanOf } from "../../../server/src/syntax/tree.ts";

const require = createRequire(import.meta.url);
const parser = await createPythonParser(async (name) =>
  readFileSync(
    require.resolve(
      name.startsWith("web") ? `web-tree-sitter/${name}` : `@vscode/tree-sitter-wasm/wasm/${name}`,
    ),
  ),
);
export const knowledge = compileKnowledge(TAINT_MODELS);

/** The hits of a module, each root on its own. */
export function flowsOf(source: string): {
  readonly lines: readonly string[];
  readonly results: readonly FlowResult[];
} {
  const parsed = parser.parse(source);
  const model = buildModel(parsed.tree, { moduleName: "app", isPackage: false });
  const file = { path: "/app.py", model };
  const results = [analyzeModule(NO_OTHER_FILES, knowledge, file)];
  for (const { root } of parsed.tree.units) {
    if (root.kind !== "FunctionDef" && root.kind !== "AsyncFunctionDef") continue;
    results.push(analyzeFunction(NO_OTHER_FILES, knowledge, file, root, handlerOf(model, root, knowledge)));
  }
  const lines = results.flatMap(({ hits }) =>
    hits.map((hit) => `${lineOf(source, spanOf(hit.node).start)} ${hit.risk} ${hit.taint.label}`),
  );
  parsed.dispose();
  return { lines: [...new Set(lines)].sort(), results };
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

/**
 * The numbers (first arguments) of the sinks that taint reaches in one function of a module; null where the
 * analysis ran out of its budget, and says so.
 */
export function hitsOf(source: string, name: string, using: Knowledge): readonly number[] | null {
  const parsed = parser.parse(source);
  const model = buildModel(parsed.tree, { moduleName: "programs", isPackage: false });
  const numbers: number[] = [];
  let complete = true;
  for (const { root } of parsed.tree.units) {
    if (root.kind !== "FunctionDef" || root.name !== name) continue;
    const { hits, degraded } = analyzeFunction(
      NO_OTHER_FILES,
      using,
      { path: "/programs.py", model },
      root,
      null,
    );
    complete &&= !degraded;
    for (const { node } of hits) {
      const number = node.kind === "Call" ? node.args[0] : undefined;
      if (number?.kind === "Constant") numbers.push(Number(number.value));
    }
  }
  parsed.dispose();
  return complete ? numbers : null;
}
