/** Sources: where untrusted data enters the interpretation. */

import { RARE_RISKS, riskSet, type SourceKind, type SourceModel } from "../models/taint/types.ts";
import type { Node } from "../syntax/ast.ts";
import type { FlowFile, Frame, Run } from "./program.ts";
import type { Taint, TaintSet } from "./taint.ts";
import { unknown, type Value } from "./value.ts";

/** What is ours to keep; what comes from outside is known outside. */
const OURS: ReadonlySet<SourceKind> = new Set(["secret", "exception"]);
const LEAKS = riskSet("disclosure", "exposure");

/** A fresh taint that enters at a node. */
export function enter(source: SourceModel, node: Node, file: FlowFile): TaintSet {
  const steps = { node, file, text: `${source.label} enters here`, previous: null, length: 1 };
  const taint: Taint = {
    kind: source.kind,
    label: source.label,
    site: node,
    cleared: (source.without ?? 0) | (RARE_RISKS & ~(source.also ?? 0)) | (OURS.has(source.kind) ? 0 : LEAKS),
    unproven: false,
    steps,
  };
  return [taint];
}

/** The value of a node that is a source by one of its names, or null. */
export function sourceValue(run: Run, frame: Frame, node: Node, names: readonly string[]): Value | null {
  for (const name of names) {
    const source = run.knowledge.sources.get(name);
    if (source !== undefined) return unknown(enter(source, node, frame.file), source.type ?? null);
  }
  return null;
}
