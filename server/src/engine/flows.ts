/** Data flows of one version of a file, computed when a rule first asks and shared by all that do. */

import { analyzeFunction, analyzeModule, type FlowResult } from "../flow/analyze.ts";
import type { FlowFile, Program } from "../flow/program.ts";
import { handlerOf } from "../frameworks/handlers.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Reads } from "../semantic/reads.ts";
import type { FunctionNode, Module, Node } from "../syntax/ast.ts";
import type { Unit } from "../syntax/tree.ts";
import type { Project } from "./project/project.ts";
import { KNOWLEDGE, unitsWithSources } from "./sources.ts";

/** A workspace of one file. */
export const NO_OTHER_FILES: Program = {
  definition: () => null,
  global: () => null,
  meetsSources: () => true,
};

const NOTHING: FlowResult = { hits: [], notes: [], dependencies: new Set(), degraded: false };

export interface FlowTable {
  readonly file: FlowFile;
  /** What flows where when a function is called, or when the module is loaded; `dependencies` are of this file. */
  of(root: FunctionNode | Module): FlowResult;
}

interface Known {
  readonly result: FlowResult;
  readonly reads: Reads;
}

/** Creates the table for one version of a module. */
export function createFlowTable(model: SemanticModel, path: string, project: Project): FlowTable {
  const { program, reads } = project;
  const file = program.fileOf(model, path);
  const results = new Map<FunctionNode | Module, Known>();
  let worthwhile: { readonly units: ReadonlySet<Unit>; readonly reads: Reads } | null = null;
  const findWorthwhile = () => {
    const outer = reads.open();
    const names = project.sourcesFor(path);
    const units = unitsWithSources(model, { names, reads, stands: project.stands });
    return { units, reads: reads.close(outer) };
  };
  const withSources = () => {
    worthwhile ??= findWorthwhile();
    return worthwhile.units;
  };
  const around: Program = {
    ...program,
    meetsSources(there, node) {
      if (there !== file) return program.meetsSources(there, node);
      return node.unit === null || withSources().has(node.unit);
    },
  };
  const follow = (root: FunctionNode | Module): Known => {
    const outer = reads.open();
    const { dependencies, ...rest } = analyze(around, file, root);
    const own = new Set<Unit>();
    for (const unit of dependencies) {
      const home = project.files.fixed ? model.module : moduleOf(unit.root);
      if (home === model.module) own.add(unit);
      else project.readUnit(home, unit);
    }
    return { result: { ...rest, dependencies: own }, reads: reads.close(outer) };
  };
  return {
    file,
    of(root) {
      worthwhile ??= findWorthwhile();
      const isWorthwhile =
        root.kind === "Module" ? worthwhile.units.size > 0 : worthwhile.units.has(root.unit as Unit);
      reads.addAll(worthwhile.reads);
      if (!isWorthwhile) return NOTHING;
      const known = results.get(root) ?? follow(root);
      results.set(root, known);
      reads.addAll(known.reads);
      return known.result;
    },
  };
}

/** The module whose tree a node is part of; the node itself where it was cut off. */
function moduleOf(node: Node): Node {
  let at = node;
  while (at.parent !== null) at = at.parent;
  return at;
}

function analyze(program: Program, file: FlowFile, root: FunctionNode | Module): FlowResult {
  try {
    if (root.kind === "Module") return analyzeModule(program, KNOWLEDGE, file);
    return analyzeFunction(program, KNOWLEDGE, file, root, handlerOf(file.model, root, KNOWLEDGE));
  } catch (error) {
    // Nesting too deep for the stack: that root is given up, the others go on.
    if (error instanceof RangeError) return { ...NOTHING, degraded: true };
    throw error;
  }
}
