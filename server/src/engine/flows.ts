/** Data flows of one version of a file, computed when a rule first asks and shared by all that do. */

import { analyzeFunction, analyzeModule, type FlowResult } from "../flow/analyze.ts";
import { compileKnowledge, type Knowledge } from "../flow/knowledge.ts";
import type { FlowFile, Program } from "../flow/program.ts";
import { handlerOf } from "../frameworks/handlers.ts";
import { TAINT_MODELS } from "../models/taint/index.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { FunctionNode, Module } from "../syntax/ast.ts";
import type { Unit } from "../syntax/tree.ts";

const KNOWLEDGE: Knowledge = compileKnowledge(TAINT_MODELS);

/** A workspace of one file. */
export const NO_OTHER_FILES: Program = { definition: () => null, global: () => null };

const NOTHING: FlowResult = { hits: [], dependencies: new Set(), degraded: false };

export interface FlowTable {
  readonly file: FlowFile;
  /** What flows where when a function is called, or when the module is loaded. */
  of(root: FunctionNode | Module): FlowResult;
}

/** Creates the table for one version of a module. */
export function createFlowTable(model: SemanticModel, path: string, program: Program): FlowTable {
  const file: FlowFile = { path, model };
  const results = new Map<FunctionNode | Module, FlowResult>();
  let worthwhile: boolean | null = null;
  return {
    file,
    of(root) {
      worthwhile ??= mayHoldSources(model);
      if (!worthwhile) return NOTHING;
      let result = results.get(root);
      if (result === undefined) {
        result = analyze(program, file, root);
        results.set(root, result);
      }
      return result;
    },
  };
}

function analyze(program: Program, file: FlowFile, root: FunctionNode | Module): FlowResult {
  try {
    if (root.kind === "Module") return analyzeModule(program, KNOWLEDGE, file);
    return analyzeFunction(program, KNOWLEDGE, file, root, handlerOf(file.model, root, KNOWLEDGE.handlers));
  } catch (error) {
    // Nesting too deep for the stack: that root is given up, the others go on.
    if (error instanceof RangeError) return { ...NOTHING, degraded: true };
    throw error;
  }
}

/** The key of a unit's answer to "does the text name a source?" in its memo. */
const NAMES_SOURCE = {};

/**
 * Whether untrusted data can enter in a module at all: most modules import nothing that brings any, and need no
 * analysis.
 */
function mayHoldSources(model: SemanticModel): boolean {
  const words = new Set<string>();
  for (const name of [...KNOWLEDGE.sources.keys(), ...KNOWLEDGE.handlers]) {
    const library = name.slice(0, name.indexOf("."));
    if (library !== "builtins" && !model.importsPackage(library)) continue;
    words.add(name.slice(name.lastIndexOf(".") + 1));
  }
  const pattern = `\\b(?:${[...words].sort().join("|")})\\b`;
  return model.tree.units.some((unit) => unit.kind !== "class" && namesSource(unit, pattern));
}

function namesSource(unit: Unit, pattern: string): boolean {
  const known = unit.memo.get(NAMES_SOURCE) as
    | { readonly pattern: string; readonly answer: boolean }
    | undefined;
  if (known?.pattern === pattern) return known.answer;
  const answer = new RegExp(pattern).test(unit.text);
  unit.memo.set(NAMES_SOURCE, { pattern, answer });
  return answer;
}
